import Kernels
import Testing

@Suite struct DropoutTests {
    static let block = Block(offset: 8, units: 100, lanes: 80)
    static let other = Block(offset: block.end + 8, units: 100, lanes: 80)

    /// A workspace of ones after dropout, both blocks masked.
    private func dropped(_ rate: Float, seed: UInt64, derivative: Block? = other) -> [Float] {
        var generator = SeededGenerator(seed: seed)
        var lanes = LaneGenerator(from: &generator)
        var workspace = [Float](repeating: 1, count: Self.other.end + 8)
        dropout(
            rate: rate,
            workspace: &workspace,
            block: Self.block,
            derivative: derivative,
            using: &lanes
        )
        return workspace
    }

    @Test(arguments: [Float(0.1), 0.5, 0.9])
    func `drops its share and keeps the mean`(rate: Float) {
        let workspace = dropped(rate, seed: 4)
        let values = workspace[Self.block.offset ..< Self.block.end]
        let zeros = Float(values.count { $0 == 0 }) / Float(values.count)
        #expect(abs(zeros - rate) < 0.02)
        #expect(abs(values.reduce(0, +) / Float(values.count) - 1) < 0.11)
        #expect(values.allSatisfy { $0 == 0 || $0 == 1 / (1 - rate) })
        for place in [0, Self.block.end, Self.other.end] {
            #expect(workspace[place ..< place + 8].allSatisfy { $0 == 1 })
        }
    }

    @Test func `a derivative is masked and scaled alike`() {
        let workspace = dropped(0.3, seed: 5)
        let masked = workspace[Self.block.offset ..< Self.block.end]
        #expect(masked.contains(0))
        #expect(Array(masked) == Array(workspace[Self.other.offset ..< Self.other.end]))
        let alone = dropped(0.3, seed: 5, derivative: nil)
        #expect(alone[..<Self.block.end] == workspace[..<Self.block.end])
        #expect(alone[Self.block.end...].allSatisfy { $0 == 1 })
    }

    @Test func `a rate of 0 changes nothing`() {
        #expect(dropped(0, seed: 6).allSatisfy { $0 == 1 })
    }

    @Test func `units and lanes are dropped independently`() {
        let workspace = dropped(0.5, seed: 7)
        for unit in 0 ..< 99 {
            let pairs = (0 ..< 80).map { lane in
                [unit, unit + 1].map { workspace[Self.block.place(unit: $0, lane: lane)] }
            }
            let same = pairs.count { $0[0] == $0[1] }
            // Six standard deviations of the binomial distribution.
            #expect(abs(same - 40) <= 27, "units \(unit) and \(unit + 1)")
        }
    }

    @Test func `the generator moves on, the seed decides`() {
        var seeds = SeededGenerator(seed: 8)
        var lanes = LaneGenerator(from: &seeds)
        let masks = (0 ..< 2).map { _ in
            var workspace = [Float](repeating: 1, count: Self.block.end)
            dropout(rate: 0.5, workspace: &workspace, block: Self.block, using: &lanes)
            return workspace
        }
        #expect(masks[0] != masks[1])
        #expect(dropped(0.5, seed: 8) == dropped(0.5, seed: 8))
        #expect(dropped(0.5, seed: 8) != dropped(0.5, seed: 9))
    }

    @Test(arguments: [Float(-0.1), 1]) func `a rate outside 0 ..< 1 stops`(rate: Float) async {
        await #expect(processExitsWith: .failure) { [rate] in
            var seeds = SeededGenerator(seed: 8)
            var lanes = LaneGenerator(from: &seeds)
            var workspace = [Float](repeating: 1, count: 8)
            let block = Block(offset: 0, units: 1, lanes: 8)
            dropout(rate: rate, workspace: &workspace, block: block, using: &lanes)
        }
    }
}
