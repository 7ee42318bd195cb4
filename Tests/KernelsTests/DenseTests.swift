import Kernels
import Testing

@Suite("The fast dense layer gives the bits of the naive one")
struct DenseTests {
    static let shapes = [(1, 1), (16, 10), (10, 1), (3, 7), (7, 3), (13, 64), (64, 64), (2, 5)]
    static let lanes = [0, 8, 16, 24, 32, 40, 64, 104, 128]

    @Test(arguments: shapes, lanes)
    func agrees(width: (Int, Int), lanes: Int) {
        var generator = SeededGenerator(seed: UInt64(width.0 * 1_000 + width.1))
        func numbers(_ count: Int) -> [Float] {
            (0 ..< count).map { _ in Float(generator.uniform() * 2 - 1) }
        }
        let (inputs, outputs) = width
        let shape = DenseShape(inputs: inputs, outputs: outputs, weights: 3)
        let parameters = numbers(shape.end + 2)
        let x = numbers(inputs * lanes)
        let d = numbers(outputs * lanes)
        // Values around the blocks must stay as they were.
        let margin: [Float] = [7, 7, 7]
        let input = Block(offset: 3, units: inputs, lanes: lanes)
        let output = Block(offset: input.end + 3, units: outputs, lanes: lanes)
        let gradient = Block(offset: output.end + 3, units: outputs, lanes: lanes)
        let result = Block(offset: gradient.end + 3, units: inputs, lanes: lanes)
        var workspace =
            margin + x + margin + numbers(output.units * lanes) + margin + d + margin
            + numbers(result.units * lanes) + margin

        for rectified in [true, false] {
            denseForward(
                shape,
                parameters: parameters,
                workspace: &workspace,
                input: input,
                output: output,
                rectified: rectified
            )
            let expected = DenseReference.forward(
                shape,
                parameters: parameters,
                input: x,
                lanes: lanes,
                rectified: rectified
            )
            #expect(Array(workspace[output.offset ..< output.end]) == expected)
        }
        denseBackward(
            shape,
            parameters: parameters,
            workspace: &workspace,
            gradient: gradient,
            activation: input,
            scale: 1.25,
            result: result
        )
        #expect(
            Array(workspace[result.offset ..< result.end])
                == DenseReference.backward(
                    shape,
                    parameters: parameters,
                    gradient: d,
                    activation: x,
                    lanes: lanes,
                    scale: 1.25
                )
        )
        var gradients = [Float](repeating: 5, count: shape.end + 2)
        denseGradients(
            shape,
            workspace: workspace,
            input: input,
            gradient: gradient,
            gradients: &gradients
        )
        #expect(
            Array(gradients[shape.weights ..< shape.end])
                == DenseReference.gradients(shape, input: x, gradient: d, lanes: lanes)
        )
        #expect(gradients[0 ..< 3] == [5, 5, 5] && gradients.suffix(2) == [5, 5])
        for place in [0, input.end, output.end, gradient.end, result.end] {
            #expect(Array(workspace[place ..< place + 3]) == margin)
        }
    }

    @Test func aBlockOutsideTheWorkspaceStops() async {
        await #expect(processExitsWith: .failure) {
            var workspace = [Float](repeating: 0, count: 16)
            denseForward(
                DenseShape(inputs: 1, outputs: 1, weights: 0),
                parameters: [1, 1],
                workspace: &workspace,
                input: Block(offset: 0, units: 1, lanes: 8),
                output: Block(offset: 9, units: 1, lanes: 8),
                rectified: false
            )
        }
    }
}
