/// Measures how many multiply-adds one core can do, as the limit that kernels are held against.
///
/// Twelve independent chains keep both multiply-add units of a core busy through the instruction's
/// latency, and with their two operands stay in AVX2's 16 registers: no memory is touched.
public enum PeakProbe {
    /// Floating-point operations of one round: 12 fused multiply-adds of 8 lanes, 2 operations each.
    public static let operationsPerRound = 12 * Lanes.scalarCount * 2

    /// Runs the loop; the caller takes the time.
    ///
    /// - Parameters:
    ///   - rounds: How often; 10 million take about 20 ms.
    ///   - factor: A number that the compiler can't know, such as one from the command line; under 1.
    /// - Returns: A number that depends on every operation, so that none can be left out.
    /// - Complexity: O(`rounds`).
    @inline(never)
    public static func run(rounds: Int, factor: Float) -> Float {
        let (scale, step) = (Lanes(repeating: factor), Lanes(repeating: 1 - factor))
        var (a, b, c, d) = (start(1), start(2), start(3), start(4))
        var (e, f, g, h) = (start(5), start(6), start(7), start(8))
        var (i, j, k, l) = (start(9), start(10), start(11), start(12))
        for _ in 0 ..< rounds {
            a = step.addingProduct(a, scale)
            b = step.addingProduct(b, scale)
            c = step.addingProduct(c, scale)
            d = step.addingProduct(d, scale)
            e = step.addingProduct(e, scale)
            f = step.addingProduct(f, scale)
            g = step.addingProduct(g, scale)
            h = step.addingProduct(h, scale)
            i = step.addingProduct(i, scale)
            j = step.addingProduct(j, scale)
            k = step.addingProduct(k, scale)
            l = step.addingProduct(l, scale)
        }
        return (a + b + c + d + e + f + g + h + i + j + k + l).orderedSum
    }

    private static func start(_ number: Float) -> Lanes { Lanes(repeating: number) }
}
