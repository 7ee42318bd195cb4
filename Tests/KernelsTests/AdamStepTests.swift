import Kernels
import Testing

@Suite struct AdamStepTests {
    /// ε beside the root as it is, and beside the root scaled up; without and with clipping.
    static let steps = [
        AdamStep(
            rate: 0.003,
            rootScale: 1,
            gradientScale: 1,
            beta1: 0.9,
            beta2: 0.999,
            epsilon: 1e-7
        ),
        AdamStep(
            rate: 0.02,
            rootScale: 31.6,
            gradientScale: 0.25,
            beta1: 0.8,
            beta2: 0.99,
            epsilon: 1e-2
        ),
    ]

    @Test(arguments: steps, [0, 8, 24, 1_000])
    func `gives the bits of the plain loop, near to the double`(step: AdamStep, count: Int) {
        var p = numbers(count, seed: 1)
        let g = numbers(count, seed: 2)
        var m = numbers(count, seed: 3)
        var v = numbers(count, seed: 4).map(abs)
        let (oldP, oldM, oldV) = (p, m, v)
        adamStep(step, parameters: &p, gradients: g, firstMoments: &m, secondMoments: &v)
        for place in 0 ..< count {
            let gradient = g[place] * step.gradientScale
            let first = oldM[place] + (gradient - oldM[place]) * (1 - step.beta1)
            let second = oldV[place] + (gradient * gradient - oldV[place]) * (1 - step.beta2)
            let root = second.squareRoot() * step.rootScale + step.epsilon
            #expect(m[place] == first && v[place] == second)
            #expect(p[place] == oldP[place] - step.rate * first / root)

            let (b1, b2) = (Double(step.beta1), Double(step.beta2))
            let exact = Double(g[place]) * Double(step.gradientScale)
            let m = b1 * Double(oldM[place]) + (1 - b1) * exact
            let v = b2 * Double(oldV[place]) + (1 - b2) * exact * exact
            let change =
                Double(step.rate) * m
                / (Double(step.rootScale) * v.squareRoot() + Double(step.epsilon))
            let error = abs(Double(p[place]) - (Double(oldP[place]) - change))
            #expect(error <= 1e-6 * max(1, abs(change)))
        }
    }

    @Test func `a count that fills no register stops`() async {
        await #expect(processExitsWith: .failure) {
            var (p, m, v) = ([Float(1), 2, 3], [Float(0), 0, 0], [Float(0), 0, 0])
            adamStep(
                Self.steps[0],
                parameters: &p,
                gradients: [1, 2, 3],
                firstMoments: &m,
                secondMoments: &v
            )
        }
    }

    @Test(arguments: [0, 8, 296, 10_000]) func `the squared norm has one order`(count: Int) {
        let g = numbers(count, seed: 5).map { $0 * 1e20 }
        var sums = [Double](repeating: 0, count: 8)
        for (place, value) in g.enumerated() { sums[place % 8] += Double(value) * Double(value) }
        let four = (0 ..< 4).map { sums[$0] + sums[$0 + 4] }
        #expect(squaredNorm(g) == (four[0] + four[2]) + (four[1] + four[3]))
        #expect(squaredNorm(g).isFinite)
    }
}
