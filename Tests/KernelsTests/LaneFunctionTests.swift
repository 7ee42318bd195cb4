import Kernels
import Testing

@Suite struct LaneFunctionTests {
    @Test
    func `float32 exp is within 2 units in the last place of the double`() {
        var worst = 0.0
        for step in 0 ... 200_000 {
            let x = Float(step) / 200_000 * 174 - 87
            let value = Elementary.exp(Lanes(repeating: x))[3]
            let exact = Elementary.exp(Double(x))
            worst = max(worst, abs(Double(value) - exact) / Double(Float(exact).ulp))
        }
        #expect(worst <= 2)
        #expect(Elementary.exp(Lanes(repeating: 0))[0] == 1)
        #expect(
            Elementary.exp(Lanes(repeating: 1e30))[0] == Elementary.exp(Lanes(repeating: 87))[0]
        )
    }

    @Test
    func `float32 log is within 2 units in the last place of the double`() {
        var worst = 0.0
        var generator = SeededGenerator(seed: 1)
        for step in 0 ... 200_000 {
            let x =
                step.isMultiple(of: 2)
                ? Float(1 + generator.uniform())
                : Float(bitPattern: UInt32(0x0080_0000 + generator.below(0x7e80_0000)))
            let value = Elementary.log(Lanes(repeating: x))[5]
            let exact = Elementary.log(Double(x))
            worst = max(worst, abs(Double(value) - exact) / Double(Float(exact).ulp))
        }
        #expect(worst <= 2)
        #expect(Elementary.log(Lanes(repeating: 1))[0] == 0)
    }

    @Test func `sigmoid is a probability`() {
        let z = Lanes(-1e9, -100, -1, 0, 1, 20, 100, 1e9)
        let p = Elementary.sigmoid(z)
        for lane in 0 ..< 8 { #expect(p[lane] >= 0 && p[lane] <= 1) }
        #expect(p[3] == 0.5)
        #expect(abs(p[4] - 0.7310586) < 1e-7)
        #expect(abs(p[2] + p[4] - 1) < 1e-7)
    }

    @Test func `the loss of known logits`() {
        // Σ of log(1 + e^-z) for the positive and log(1 + e^z) for the negative rows, by hand.
        var workspace: [Float] = [0, 2, -3, 50, 0, 0, 0, 0]
        workspace += [1, 0, 1, 1, 0, 0, 0, 0]
        workspace += [1, 1, 2, 1, 0, 0, 0, 0]
        let blocks = (0 ..< 3).map { Block(offset: $0 * 8, units: 1, lanes: 8) }
        let result = logisticLoss(
            workspace: &workspace,
            logits: blocks[0],
            labels: blocks[1],
            weights: blocks[2],
            scale: 0.5
        )
        let expected: Float = 0.693147181 + 2.126928011 + 2 * 3.048587352
        #expect(abs(result.loss - expected) < 1e-5)
        #expect(result.correct == 1)
        #expect(abs(workspace[0] - -0.25) < 1e-7)
        #expect(abs(workspace[1] - 0.880797078 / 2) < 1e-6)
        #expect(abs(workspace[2] - (0.0474258732 - 1)) < 1e-6)
        #expect(workspace[4 ..< 8].allSatisfy { $0 == 0 })
    }
}
