import NeuralNetwork
import Testing

/// Against the paper in double precision; ε is so large that its place shows.
@Suite struct AdamTests {
    @Test(arguments: [Float(1), 0.125])
    func `ε beside the corrected root, as PyTorch`(scale: Float) {
        check(.corrected(0.01), scale: scale) { rate, m, v, b1, b2 in
            rate * (m / (1 - b1)) / ((v / (1 - b2)).squareRoot() + 0.01)
        }
    }

    @Test(arguments: [Float(1), 0.125])
    func `ε beside the root as it is, as Keras`(scale: Float) {
        check(.uncorrected(0.01), scale: scale) { rate, m, v, b1, b2 in
            rate * (1 - b2).squareRoot() / (1 - b1) * m / (v.squareRoot() + 0.01)
        }
    }

    private func check(
        _ epsilon: Adam.Epsilon,
        scale: Float,
        change: (_ rate: Double, _ m: Double, _ v: Double, _ b1: Double, _ b2: Double) -> Double
    ) {
        var adam = Adam(count: 8, epsilon: epsilon)
        var parameters: [Float] = [1, -1, 0.5, 0, 2, -2, 3, 0.1]
        var expected = parameters.map(Double.init)
        var m = [Double](repeating: 0, count: 8)
        var v = m
        for step in 1 ... 20 {
            let gradients = (0 ..< 8).map { Float($0 * step % 7 - 3) / Float($0 + 1) }
            let rate = 0.1 / Double(step)
            adam.step(&parameters, gradients: gradients, rate: rate, gradientScale: scale)
            let b1 = (0 ..< step).reduce(1.0) { product, _ in product * 0.9 }
            let b2 = (0 ..< step).reduce(1.0) { product, _ in product * 0.999 }
            for place in 0 ..< 8 {
                let gradient = Double(gradients[place] * scale)
                m[place] += 0.1 * (gradient - m[place])
                v[place] += 0.001 * (gradient * gradient - v[place])
                expected[place] -= change(rate, m[place], v[place], b1, b2)
                #expect(abs(Double(parameters[place]) - expected[place]) <= 1e-5)
            }
        }
    }
}
