/// The forward pass of a dense layer for one row, outputs in lanes: the bits of `denseForward`, since each
/// output is the same chain of fused multiply-adds, without seven idle lanes.
///
/// - Parameters:
///   - shape: W of shape [inputs, outputs] and b of shape [outputs] in `parameters`.
///   - parameters: The arena of all parameters.
///   - workspace: Holds the input, and receives the output.
///   - input: Offset of the input, shape [inputs].
///   - output: Offset of the output, shape [outputs], not overlapping the input.
///   - rectified: Whether max(0, x) is applied.
/// - Complexity: O(inputs · outputs).
public func denseForwardRow(
    _ shape: DenseShape,
    parameters: [Float],
    workspace: inout [Float],
    input: Int,
    output: Int,
    rectified: Bool
) {
    precondition(shape.fits(parameters.count), "parameters too short")
    precondition(
        input >= 0 && input + shape.inputs <= workspace.count && output >= 0
            && output + shape.outputs <= workspace.count
            && (input + shape.inputs <= output || output + shape.outputs <= input),
        "rows overlap or are out of workspace"
    )
    let outputs = shape.outputs
    unsafe parameters.withUnsafeBufferPointer { parameters in
        unsafe workspace.withUnsafeMutableBufferPointer { workspace in
            guard let p = parameters.baseAddress, let w = workspace.baseAddress else { return }
            let x = unsafe w + input
            var j = 0
            while j + 32 <= outputs {
                var s0 = unsafe p.lanes(shape.bias + j)
                var s1 = unsafe p.lanes(shape.bias + j + 8)
                var s2 = unsafe p.lanes(shape.bias + j + 16)
                var s3 = unsafe p.lanes(shape.bias + j + 24)
                var row = unsafe p + shape.weights + j
                for i in 0 ..< shape.inputs {
                    let value = unsafe Lanes(repeating: x[i])
                    unsafe s0.addProduct(row.lanes(0), value)
                    unsafe s1.addProduct(row.lanes(8), value)
                    unsafe s2.addProduct(row.lanes(16), value)
                    unsafe s3.addProduct(row.lanes(24), value)
                    unsafe row += outputs
                }
                unsafe w.store(s0.rectified(rectified), output + j)
                unsafe w.store(s1.rectified(rectified), output + j + 8)
                unsafe w.store(s2.rectified(rectified), output + j + 16)
                unsafe w.store(s3.rectified(rectified), output + j + 24)
                j += 32
            }
            while j < outputs, outputs >= 8 {
                // The last lanes may be those of outputs that are computed already, to the same bits.
                j = min(j, outputs - 8)
                var sum = unsafe p.lanes(shape.bias + j)
                var row = unsafe p + shape.weights + j
                for i in 0 ..< shape.inputs {
                    unsafe sum.addProduct(row.lanes(0), Lanes(repeating: x[i]))
                    unsafe row += outputs
                }
                unsafe w.store(sum.rectified(rectified), output + j)
                j += 8
            }
            while j < outputs {
                var sum = unsafe p[shape.bias + j]
                for i in 0 ..< shape.inputs {
                    unsafe sum.addProduct(p[shape.weights + i * outputs + j], x[i])
                }
                unsafe w[output + j] = rectified && sum < 0 ? 0 : sum
                j += 1
            }
        }
    }
}

extension Lanes {
    @inline(__always)
    fileprivate func rectified(_ isOn: Bool) -> Lanes {
        isOn ? replacing(with: 0, where: self .< 0) : self
    }
}
