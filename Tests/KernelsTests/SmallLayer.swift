import Kernels

/// A dense layer with made-up parameters and blocks, each between margins that must stay as they are.
struct SmallLayer {
    let shape: DenseShape
    let parameters: [Float]
    /// Plain copies of the input and of the gradient, shapes [inputs, lanes] and [outputs, lanes].
    let x: [Float]
    let d: [Float]
    let input: Block
    let output: Block
    let gradient: Block
    let result: Block
    var workspace: [Float]
    private let beginning: [Float]

    init(_ width: (inputs: Int, outputs: Int), lanes: Int) {
        let seed = UInt64(width.inputs * 1_000 + width.outputs)
        shape = DenseShape(inputs: width.inputs, outputs: width.outputs, weights: 3)
        parameters = numbers(shape.end + 2, seed: seed)
        x = numbers(width.inputs * lanes, seed: seed + 1)
        d = numbers(width.outputs * lanes, seed: seed + 2)
        input = Block(offset: 3, units: width.inputs, lanes: lanes)
        output = Block(offset: input.end + 3, units: width.outputs, lanes: lanes)
        gradient = Block(offset: output.end + 3, units: width.outputs, lanes: lanes)
        result = Block(offset: gradient.end + 3, units: width.inputs, lanes: lanes)
        workspace = numbers(result.end + 3, seed: seed + 3)
        workspace.replaceSubrange(input.offset ..< input.end, with: input.tiled(x))
        workspace.replaceSubrange(gradient.offset ..< gradient.end, with: gradient.tiled(d))
        beginning = workspace
    }

    mutating func backward(_ passage: Passage) {
        denseBackward(
            shape,
            parameters: parameters,
            workspace: &workspace,
            gradient: gradient,
            passage: passage,
            result: result
        )
    }

    func referenceBackward(activation: [Float], scale: Float) -> [Float] {
        DenseReference.backward(
            shape,
            parameters: parameters,
            gradient: d,
            activation: activation,
            lanes: input.lanes,
            scale: scale
        )
    }

    /// One row of the input.
    func lane(_ lane: Int) -> [Float] {
        (0 ..< input.units).map { x[$0 * input.lanes + lane] }
    }

    /// Whether the workspace is as it was, but for one block.
    func keeps(except block: Block) -> Bool {
        workspace[..<block.offset] == beginning[..<block.offset]
            && workspace[block.end...] == beginning[block.end...]
    }
}
