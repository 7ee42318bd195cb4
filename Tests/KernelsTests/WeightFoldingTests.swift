import Kernels
import Testing

/// Against the formula in plain double-precision loops, on widths that fill registers and that do not.
@Suite struct WeightFoldingTests {
    static let inputs = [1, 3, 8, 13, 64]
    static let outputs = [1, 7, 8, 9, 16, 31, 64]

    @Test(arguments: inputs, outputs)
    func `folded weights are r W s`(inputs: Int, outputs: Int) {
        let layer = Self.layer(inputs, outputs)
        let p = numbers(layer.outputScale + outputs + 1, seed: 1)
        var folded = [Float](repeating: 7, count: inputs * outputs + 5)
        foldWeights(layer, parameters: p, into: &folded, at: 3)
        for i in 0 ..< inputs {
            for j in 0 ..< outputs {
                let weight = Double(p[layer.weights + i * outputs + j])
                let scales = Double(p[layer.inputScale + i]) * Double(p[layer.outputScale + j])
                let value = Double(folded[3 + i * outputs + j])
                #expect(abs(value - weight * scales) <= 2e-7 * abs(weight * scales))
            }
        }
        #expect(folded.prefix(3) == [7, 7, 7] && folded.suffix(2) == [7, 7])
    }

    @Test(arguments: inputs, outputs)
    func `gradients unfold by the chain rule`(inputs: Int, outputs: Int) {
        let layer = Self.layer(inputs, outputs)
        let p = numbers(layer.outputScale + outputs + 1, seed: 2)
        let d = numbers(inputs * outputs + 5, seed: 3)
        let before = numbers(p.count, seed: 4)
        var gradients = before
        unfoldGradients(layer, parameters: p, folded: d, at: 3, gradients: &gradients)

        var expected = before.map(Double.init)
        for i in 0 ..< inputs { expected[layer.inputScale + i] = 0 }
        for j in 0 ..< outputs { expected[layer.outputScale + j] = 0 }
        for i in 0 ..< inputs {
            let r = Double(p[layer.inputScale + i])
            for j in 0 ..< outputs {
                let s = Double(p[layer.outputScale + j])
                let weight = Double(p[layer.weights + i * outputs + j])
                let derivative = Double(d[3 + i * outputs + j])
                // Over the members dW adds up; r and s are a member's own.
                expected[layer.weights + i * outputs + j] += derivative * r * s
                expected[layer.inputScale + i] += derivative * weight * s
                expected[layer.outputScale + j] += derivative * weight * r
            }
        }
        for (value, expected) in zip(gradients, expected) {
            #expect(abs(Double(value) - expected) <= 1e-5)
        }
        let ends = [layer.weights, layer.inputScale, layer.outputScale].map { $0 - 1 }
        for place in ends + [gradients.count - 1] { #expect(gradients[place] == before[place]) }
    }

    @Test func `a layer beyond the parameters stops`() async {
        await #expect(processExitsWith: .failure) {
            var folded = [Float](repeating: 0, count: 4)
            let layer = SharedLayer(
                inputs: 2,
                outputs: 2,
                weights: 0,
                inputScale: 4,
                outputScale: 6
            )
            foldWeights(layer, parameters: [1, 1, 1, 1, 1, 1, 1], into: &folded, at: 0)
        }
    }

    /// W, r and s with a number between each.
    private static func layer(_ inputs: Int, _ outputs: Int) -> SharedLayer {
        let scale = 1 + inputs * outputs + 1
        return SharedLayer(
            inputs: inputs,
            outputs: outputs,
            weights: 1,
            inputScale: scale,
            outputScale: scale + inputs + 1
        )
    }
}
