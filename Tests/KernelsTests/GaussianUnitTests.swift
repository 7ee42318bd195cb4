import Kernels
import TestSupport
import Testing

private struct Known: Decodable {
    var arguments: [Float]
    var values: [Double]
    var derivatives: [Double]
}

@Suite struct GaussianUnitTests {
    @Test func `values and derivatives are within 1e-6 of SciPy`() throws {
        let known = try fixture("gelu", as: Known.self, in: .module)
        let padding = [Float](repeating: 0, count: laneCount(rows: known.arguments.count))
        let arguments = known.arguments + padding.dropFirst(known.arguments.count)
        let block = Block(offset: 3, units: arguments.count / 8, lanes: 8)
        let derivative = Block(offset: block.end + 3, units: block.units, lanes: 8)
        let margin: [Float] = [7, 7, 7]
        var workspace = margin + arguments + margin + padding + margin
        gaussianUnit(workspace: &workspace, block, derivative: derivative)
        for (place, value) in known.values.enumerated() {
            let argument = arguments[place]
            #expect(abs(Double(workspace[3 + place]) - value) <= 1e-6, "at \(argument)")
            let slope = Double(workspace[derivative.offset + place])
            #expect(abs(slope - known.derivatives[place]) <= 1e-6, "derivative at \(argument)")
        }
        var alone = margin + arguments + margin
        gaussianUnit(workspace: &alone, block)
        for (place, value) in known.values.enumerated() {
            #expect(abs(Double(alone[3 + place]) - value) <= 1e-6, "at \(arguments[place])")
        }
        #expect(alone.prefix(3) == margin[...] && alone.suffix(3) == margin[...])
        for place in [0, block.end, derivative.end] {
            #expect(Array(workspace[place ..< place + 3]) == margin)
        }
    }

    @Test func `far out it is the identity or 0`() {
        var workspace: [Float] = [15, 30, 1e6, 1e30, -15, -30, -1e6, -1e30]
        let block = Block(offset: 0, units: 1, lanes: 8)
        let large = Array(workspace.prefix(4))
        let derivative = Block(offset: 8, units: 1, lanes: 8)
        var alone = workspace
        gaussianUnit(workspace: &alone, block)
        #expect(Array(alone.prefix(4)) == large && alone[4 ..< 8].allSatisfy { $0 == 0 })
        workspace += workspace
        gaussianUnit(workspace: &workspace, block, derivative: derivative)
        #expect(Array(workspace.prefix(4)) == large)
        #expect(workspace[4 ..< 8].allSatisfy { abs($0) < 1e-6 })
        for (place, expected) in ([1, 1, 1, 1, 0, 0, 0, 0] as [Float]).enumerated() {
            #expect(abs(workspace[8 + place] - expected) < 1e-6)
        }
    }

    @Test func `a derivative of another shape stops`() async {
        await #expect(processExitsWith: .failure) {
            var workspace = [Float](repeating: 0, count: 32)
            gaussianUnit(
                workspace: &workspace,
                Block(offset: 0, units: 1, lanes: 16),
                derivative: Block(offset: 16, units: 1, lanes: 8)
            )
        }
    }
}

@Suite struct NormalLanesTests {
    @Test func `is within 3e-7 of the double, and rises but for rounding`() {
        var worst = 0.0
        var worstBell = 0.0
        var last: Float = 0
        for step in -120_000 ... 120_000 {
            let x = Float(step) / 10_000
            let (cumulative, bell) = Elementary.normal(Lanes(repeating: x))
            let double = Double(x)
            worst = max(worst, abs(Double(cumulative[2]) - Elementary.normalCumulative(double)))
            worstBell = max(worstBell, abs(Double(bell[6]) - Elementary.exp(-double * double / 2)))
            if cumulative[2] < last - 1.2e-7 { Issue.record("falls at \(x)") }
            last = cumulative[2]
        }
        #expect(worst <= 3e-7)
        #expect(worstBell <= 3e-7)
    }

    @Test func `extremes are probabilities`() {
        let x = Lanes(-3e38, -30, -15, -0.0, 0, 15, 30, 3e38)
        let (cumulative, bell) = Elementary.normal(x)
        for lane in 0 ..< 8 {
            #expect((0 ... 1).contains(cumulative[lane]))
            #expect((0 ... 1).contains(bell[lane]))
        }
        #expect(abs(cumulative[3] - 0.5) <= 3e-7 && cumulative[3] == cumulative[4])
        #expect(cumulative[0] < 1e-30 && cumulative[7] == 1)
        #expect(bell[3] == 1)
    }
}
