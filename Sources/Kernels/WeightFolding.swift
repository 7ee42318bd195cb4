/// Where a dense layer with shared weights and one member's scales of inputs and outputs lie.
///
/// Member m of a TabM layer computes s ∘ (Wᵀ (r ∘ x)) + b with W of all members and r, s, b of its own
/// (Gorishniy, Kotelnikov and Babenko, "TabM", ICLR 2025). That is a dense layer with the weights
/// r[i] W[i, j] s[j]: it is trained and served as one, folded before and unfolded after.
public struct SharedLayer: Equatable, Sendable {
    /// Width of the input.
    public let inputs: Int
    /// Width of the output.
    public let outputs: Int
    /// Offset of W, shape [inputs, outputs].
    public let weights: Int
    /// Offset of r, shape [inputs].
    public let inputScale: Int
    /// Offset of s, shape [outputs].
    public let outputScale: Int

    /// Creates a layer.
    public init(inputs: Int, outputs: Int, weights: Int, inputScale: Int, outputScale: Int) {
        self.inputs = inputs
        self.outputs = outputs
        self.weights = weights
        self.inputScale = inputScale
        self.outputScale = outputScale
    }

    fileprivate func fits(_ count: Int) -> Bool {
        min(weights, inputScale, outputScale) >= 0 && weights + inputs * outputs <= count
            && inputScale + inputs <= count && outputScale + outputs <= count
    }
}

/// Writes the weights r[i] W[i, j] s[j] of one member.
///
/// - Parameters:
///   - layer: Where W, r and s lie in `parameters`.
///   - parameters: The arena of all parameters.
///   - folded: Receives the weights, shape [inputs, outputs].
///   - offset: Where in `folded`.
/// - Complexity: O(inputs · outputs).
public func foldWeights(
    _ layer: SharedLayer,
    parameters: [Float],
    into folded: inout [Float],
    at offset: Int
) {
    precondition(layer.fits(parameters.count), "parameters too short")
    precondition(offset >= 0 && offset + layer.inputs * layer.outputs <= folded.count, "too short")
    unsafe parameters.withUnsafeBufferPointer { p in
        unsafe folded.withUnsafeMutableBufferPointer { folded in
            for i in 0 ..< layer.inputs {
                let r = unsafe p[layer.inputScale + i]
                let row = layer.weights + i * layer.outputs
                let target = offset + i * layer.outputs
                for j in 0 ..< layer.outputs {
                    unsafe folded[target + j] = r * p[row + j] * p[layer.outputScale + j]
                }
            }
        }
    }
}

/// From the loss's derivative by one member's folded weights to those by W, r and s (chain rule).
///
/// - Parameters:
///   - layer: Where W, r and s lie in `parameters` and in `gradients`.
///   - parameters: The arena of all parameters.
///   - folded: Holds the derivative by the folded weights, shape [inputs, outputs].
///   - offset: Where in `folded`.
///   - gradients: dW is added to what is there, over the members; dr and ds are written.
/// - Complexity: O(inputs · outputs).
public func unfoldGradients(
    _ layer: SharedLayer,
    parameters: [Float],
    folded: [Float],
    at offset: Int,
    gradients: inout [Float]
) {
    precondition(layer.fits(parameters.count) && layer.fits(gradients.count), "too short")
    precondition(offset >= 0 && offset + layer.inputs * layer.outputs <= folded.count, "too short")
    let outputs = layer.outputs
    unsafe parameters.withUnsafeBufferPointer { p in
        unsafe folded.withUnsafeBufferPointer { folded in
            unsafe gradients.withUnsafeMutableBufferPointer { g in
                guard let p = p.baseAddress, let d = folded.baseAddress, let g = g.baseAddress
                else { return }
                for j in 0 ..< outputs { unsafe g[layer.outputScale + j] = 0 }
                let s = unsafe p + layer.outputScale
                let ds = unsafe g + layer.outputScale
                for i in 0 ..< layer.inputs {
                    let r = unsafe p[layer.inputScale + i]
                    let w = unsafe p + layer.weights + i * outputs
                    let dw = unsafe g + layer.weights + i * outputs
                    let d = unsafe d + offset + i * outputs
                    var sum = Lanes.zero
                    var j = 0
                    while j + 8 <= outputs {
                        let part = unsafe d.lanes(j) * s.lanes(j)
                        let weighted = unsafe d.lanes(j) * w.lanes(j)
                        unsafe dw.store(dw.lanes(j).addingProduct(part, Lanes(repeating: r)), j)
                        unsafe ds.store(ds.lanes(j).addingProduct(weighted, Lanes(repeating: r)), j)
                        unsafe sum.addProduct(part, w.lanes(j))
                        j += 8
                    }
                    var dr = sum.orderedSum
                    while j < outputs {
                        let part = unsafe d[j] * s[j]
                        unsafe dw[j].addProduct(part, r)
                        unsafe ds[j].addProduct(d[j] * w[j], r)
                        unsafe dr.addProduct(part, w[j])
                        j += 1
                    }
                    unsafe g[layer.inputScale + i] = dr
                }
            }
        }
    }
}
