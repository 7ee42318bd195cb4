import Kernels
import Testing

@Suite struct DenseTests {
    static let shapes = [
        (1, 1), (16, 10), (10, 1), (3, 7), (7, 3), (13, 64), (64, 64), (2, 5), (1, 9), (33, 31),
    ]
    static let lanes = [0, 8, 16, 24, 32, 40, 64, 104, 128]

    @Test(arguments: shapes, lanes)
    func `goes forward as the reference does`(width: (Int, Int), lanes: Int) {
        var layer = SmallLayer(width, lanes: lanes)
        for rectified in [true, false] {
            denseForward(
                layer.shape,
                parameters: layer.parameters,
                workspace: &layer.workspace,
                input: layer.input,
                output: layer.output,
                rectified: rectified
            )
            let expected = DenseReference.forward(
                layer.shape,
                parameters: layer.parameters,
                input: layer.x,
                lanes: lanes,
                rectified: rectified
            )
            #expect(layer.output.plain(layer.workspace) == expected)
        }
        #expect(layer.keeps(except: layer.output))
    }

    @Test(arguments: shapes, lanes)
    func `backward through a rectifier`(width: (Int, Int), lanes: Int) {
        var layer = SmallLayer(width, lanes: lanes)
        layer.backward(.rectified(layer.input, scale: 1.25))
        let expected = layer.referenceBackward(activation: layer.x, scale: 1.25)
        #expect(layer.result.plain(layer.workspace) == expected)
        #expect(layer.keeps(except: layer.result))
    }

    @Test(arguments: shapes, lanes)
    func `backward through a derivative`(width: (Int, Int), lanes: Int) {
        var layer = SmallLayer(width, lanes: lanes)
        // Any block of the input's shape serves as the derivatives.
        layer.backward(.derivative(layer.input))
        let everywhere = layer.x.map { _ in Float(1) }
        let unscaled = layer.referenceBackward(activation: everywhere, scale: 1)
        #expect(layer.result.plain(layer.workspace) == zip(unscaled, layer.x).map { $0 * $1 })
        #expect(layer.keeps(except: layer.result))
    }

    @Test(arguments: shapes, lanes)
    func `goes backward as the reference does`(width: (Int, Int), lanes: Int) {
        let layer = SmallLayer(width, lanes: lanes)
        var gradients = [Float](repeating: 5, count: layer.parameters.count)
        denseGradients(
            layer.shape,
            workspace: layer.workspace,
            input: layer.input,
            gradient: layer.gradient,
            gradients: &gradients
        )
        let expected = DenseReference.gradients(
            layer.shape,
            input: layer.x,
            gradient: layer.d,
            lanes: lanes
        )
        #expect(gradients == [5, 5, 5] + expected + [5, 5])
    }

    @Test(arguments: [1, 7, 16, 65])
    func `a row alone has the bits that it has among others`(inputs: Int) {
        for outputs in Array(1 ... 40) + [63, 64, 65, 96, 100] {
            for lanes in [8, 40] {
                var layer = SmallLayer((inputs, outputs), lanes: lanes)
                let row = layer.lane(lanes - 3)
                for rectified in [true, false] {
                    denseForward(
                        layer.shape,
                        parameters: layer.parameters,
                        workspace: &layer.workspace,
                        input: layer.input,
                        output: layer.output,
                        rectified: rectified
                    )
                    var workspace = [7] + row + [7] + row.map { _ in Float.nan } + [7]
                    workspace += [Float](repeating: .nan, count: outputs) + [7]
                    let output = workspace.count - 1 - outputs
                    denseForwardRow(
                        layer.shape,
                        parameters: layer.parameters,
                        workspace: &workspace,
                        input: 1,
                        output: output,
                        rectified: rectified
                    )
                    let among = (0 ..< outputs).map {
                        layer.workspace[layer.output.place(unit: $0, lane: lanes - 3)]
                    }
                    let alone = workspace[output ..< output + outputs]
                    #expect(alone.map(\.bitPattern) == among.map(\.bitPattern))
                    #expect(Array(workspace[0 ..< inputs + 2]) == [7] + row + [7])
                    #expect(workspace[output - 1] == 7 && workspace.last == 7)
                }
            }
        }
    }

    @Test func `a block outside the workspace stops`() async {
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

    @Test func `a row outside the workspace stops`() async {
        await #expect(processExitsWith: .failure) {
            var workspace = [Float](repeating: 0, count: 16)
            denseForwardRow(
                DenseShape(inputs: 1, outputs: 2, weights: 0),
                parameters: [1, 1, 1, 1],
                workspace: &workspace,
                input: 0,
                output: 15,
                rectified: false
            )
        }
    }
}
