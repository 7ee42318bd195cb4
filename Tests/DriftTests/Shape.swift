import Kernels

/// Kinds of columns.
enum Shape: CaseIterable, Sendable {
    case uniform, zeroInflated, whole, twoLevels, skewed, veryLongTail, constant, signedZeros, tiny

    /// Numbers of that kind.
    func sample(_ count: Int, seed: UInt64) -> [Double] {
        var generator = SeededGenerator(seed: seed)
        return (0 ..< count).map { _ in
            let u = generator.uniform()
            let v = generator.uniform()
            return switch self {
            case .uniform: 200_000 * u
            case .zeroInflated: v < 0.36 ? 0 : 120_000 + 30_000 * u
            case .whole: Double(Int(11 * u))
            case .twoLevels: u < 0.3 ? 1 : 0
            case .skewed: Elementary.exp(8 * (u + v - 1))
            case .veryLongTail: Elementary.exp(1_000 * (u - 0.5)) * (v < 0.5 ? -1 : 1)
            case .constant: 7
            case .signedZeros: u < 0.3 ? -0.0 : u < 0.7 ? 0 : v - 0.5
            case .tiny: u * 0x1p-1060
            }
        }
    }
}
