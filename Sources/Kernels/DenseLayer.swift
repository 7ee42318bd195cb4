// The three matrix products of a dense layer. Activations are feature-major with rows in lanes, so
// that any width runs without padding, and the batch, a multiple of 8, fills the registers.

/// The forward pass of a dense layer: output = act(Wᵀ input + b) for every lane.
///
/// - Parameters:
///   - shape: W of shape [inputs, outputs] and b of shape [outputs] in `parameters`.
///   - parameters: The arena of all parameters.
///   - workspace: Holds the input block, and receives the output block.
///   - input: Block of shape [inputs, lanes].
///   - output: Block of shape [outputs, lanes], not overlapping `input`.
///   - rectified: Whether max(0, x) is applied.
/// - Complexity: O(inputs · outputs · lanes).
public func denseForward(
    _ shape: DenseShape,
    parameters: [Float],
    workspace: inout [Float],
    input: Block,
    output: Block,
    rectified: Bool
) {
    precondition(input.units == shape.inputs && output.units == shape.outputs, "widths differ")
    checkBlocks(input, output, workspace.count)
    precondition(shape.fits(parameters.count), "parameters too short")
    unsafe parameters.withUnsafeBufferPointer { parameters in
        unsafe workspace.withUnsafeMutableBufferPointer { workspace in
            guard let p = parameters.baseAddress, let w = workspace.baseAddress else { return }
            unsafe denseProduct(
                coefficients: p + shape.weights,
                outputStride: 1,
                inputStride: shape.outputs,
                start: p + shape.bias,
                from: w + input.offset,
                inputs: shape.inputs,
                to: w + output.offset,
                outputs: shape.outputs,
                lanes: input.lanes
            ) { value, _ in
                rectified ? value.replacing(with: 0, where: value .< 0) : value
            }
        }
    }
}

/// What a layer's input passes of the gradient that comes back to it.
public enum Passage: Equatable, Sendable {
    /// The input is a rectified block, after dropout if any: what is positive passes, times the scale
    /// (1 / (1 - rate) after dropout; a dropped unit is 0 and lets nothing through).
    case rectified(Block, scale: Float)
    /// The block holds each value's derivative.
    case derivative(Block)

    fileprivate var block: Block {
        switch self {
        case .rectified(let block, _), .derivative(let block): block
        }
    }
}

/// The backward pass to a dense layer's input: dInput = (W dOutput) · derivative of the activation.
///
/// - Parameters:
///   - shape: W of shape [inputs, outputs] in `parameters`.
///   - parameters: The arena of all parameters.
///   - workspace: Holds `gradient` and the passage's block, and receives `result`.
///   - gradient: Block of shape [outputs, lanes], the loss's derivative by the layer's output.
///   - passage: The derivative of the activation before the layer, shape [inputs, lanes].
///   - result: Block of shape [inputs, lanes].
/// - Complexity: O(inputs · outputs · lanes).
public func denseBackward(
    _ shape: DenseShape,
    parameters: [Float],
    workspace: inout [Float],
    gradient: Block,
    passage: Passage,
    result: Block
) {
    precondition(gradient.units == shape.outputs && result.units == shape.inputs, "widths differ")
    precondition(passage.block.units == shape.inputs, "widths differ")
    checkBlocks(gradient, result, workspace.count)
    checkBlocks(passage.block, result, workspace.count)
    precondition(shape.fits(parameters.count), "parameters too short")
    unsafe parameters.withUnsafeBufferPointer { parameters in
        unsafe workspace.withUnsafeMutableBufferPointer { workspace in
            guard let p = parameters.baseAddress, let w = workspace.baseAddress else { return }
            func run(_ finish: (Lanes, _ place: Int) -> Lanes) {
                unsafe denseProduct(
                    coefficients: p + shape.weights,
                    outputStride: shape.outputs,
                    inputStride: 1,
                    start: nil,
                    from: w + gradient.offset,
                    inputs: shape.outputs,
                    to: w + result.offset,
                    outputs: shape.inputs,
                    lanes: gradient.lanes,
                    finish: finish
                )
            }
            switch passage {
            case .rectified(let block, let scale):
                let input = unsafe w + block.offset
                run { value, place in
                    let isBlocked = unsafe input.lanes(place) .<= 0
                    return (value * scale).replacing(with: 0, where: isBlocked)
                }
            case .derivative(let block):
                let derivative = unsafe w + block.offset
                run { value, place in unsafe value * derivative.lanes(place) }
            }
        }
    }
}

/// The derivative of the loss by a dense layer's weights and bias, summed over the lanes in one
/// fixed order, written over what `gradients` held there.
///
/// - Parameters:
///   - shape: Where in `gradients` the results go: weights [inputs, outputs], bias [outputs].
///   - workspace: Holds both blocks.
///   - input: Block of shape [inputs, lanes].
///   - gradient: Block of shape [outputs, lanes]; lanes beyond the batch are 0.
///   - gradients: The arena of gradients, laid out as the parameters.
/// - Complexity: O(inputs · outputs · lanes).
public func denseGradients(
    _ shape: DenseShape,
    workspace: [Float],
    input: Block,
    gradient: Block,
    gradients: inout [Float]
) {
    precondition(input.units == shape.inputs && gradient.units == shape.outputs, "widths differ")
    precondition(input.lanes == gradient.lanes, "lanes differ")
    precondition(input.offset >= 0 && input.end <= workspace.count, "block out of workspace")
    precondition(gradient.offset >= 0 && gradient.end <= workspace.count, "block out of workspace")
    precondition(shape.fits(gradients.count), "gradients too short")
    unsafe workspace.withUnsafeBufferPointer { workspace in
        unsafe gradients.withUnsafeMutableBufferPointer { gradients in
            guard let w = workspace.baseAddress, let g = gradients.baseAddress else { return }
            unsafe denseOuterProduct(
                shape,
                input: w + input.offset,
                gradient: w + gradient.offset,
                lanes: input.lanes,
                gradients: g
            )
        }
    }
}

private func checkBlocks(_ input: Block, _ output: Block, _ count: Int) {
    precondition(input.lanes == output.lanes, "lanes differ: \(input.lanes), \(output.lanes)")
    precondition(input.offset >= 0 && input.end <= count, "block out of workspace")
    precondition(output.offset >= 0 && output.end <= count, "block out of workspace")
    precondition(input.end <= output.offset || output.end <= input.offset, "blocks overlap")
}
