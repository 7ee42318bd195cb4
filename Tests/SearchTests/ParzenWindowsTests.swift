import Kernels
import Search
import Testing

@Suite struct ParzenWindowsTests {
    @Test(
        arguments: [
            [], [0.3], [-2, 3], [3, 3, 3], [-2, 3, 0, 0.1, 0.11],
            Array(0 ..< 60).map { Double($0) / 20 },
        ]
    )
    func `are a density, and their mass is its integral`(observations: [Double]) {
        let windows = ParzenWindows(observations, in: -2 ... 3)
        let steps = 20_000
        let width = 5 / Double(steps)
        var total = 0.0
        var part = 0.0
        var lowest = Double.infinity
        for step in 0 ..< steps {
            let place = -2 + (Double(step) + 0.5) * width
            let density = windows.density(at: place)
            lowest = min(lowest, density)
            total += density * width
            if place > 0, place < 1 { part += density * width }
        }
        #expect(lowest > 0)
        #expect(abs(total - 1) < 1e-6)
        #expect(abs(windows.mass(from: -2, to: 3) - 1) < 1e-12)
        #expect(abs(windows.mass(from: 0, to: 1) - part) < 1e-6)
    }

    @Test func `draws follow the density and stay in the bounds`() {
        let windows = ParzenWindows([0.1, 0.12, 0.9], in: 0 ... 1)
        var generator = SeededGenerator(seed: 1)
        var below = 0
        var outside = 0
        for _ in 0 ..< 20_000 {
            let draw = windows.draw(using: &generator)
            if draw < 0 || draw > 1 { outside += 1 }
            if draw < 0.3 { below += 1 }
        }
        #expect(outside == 0)
        #expect(abs(Double(below) / 20_000 - windows.mass(from: 0, to: 0.3)) < 0.015)
    }

    @Test func `rise where observations are`() {
        let windows = ParzenWindows([0.2, 0.21, 0.22], in: 0 ... 1)
        #expect(windows.density(at: 0.21) > 2 * windows.density(at: 0.8))
    }

    @Test func `old observations count less`() {
        #expect(observationWeights(25) == [Double](repeating: 1, count: 25))
        #expect(observationWeights(26) == [1 / 26.0] + [Double](repeating: 1, count: 25))
        let weights = observationWeights(100)
        #expect(weights.count == 100 && weights[0] == 0.01 && weights[74] == 1)
        #expect(weights == weights.sorted())
    }
}
