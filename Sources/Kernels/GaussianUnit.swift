/// Replaces each value a by the Gaussian error linear unit a Φ(a), within 10⁻⁶.
///
/// Hendrycks and Gimpel, "Gaussian error linear units (GELUs)", 2016; the exact form, not the one by tanh. It
/// differs from the form that training takes, which needs e^(-a²/2) too, by rounding only.
///
/// - Complexity: O(values).
public func gaussianUnit(workspace: inout [Float], _ block: Block) {
    precondition(block.offset >= 0 && block.end <= workspace.count, "block out of workspace")
    unsafe workspace.withUnsafeMutableBufferPointer { workspace in
        guard let w = workspace.baseAddress else { return }
        var place = block.offset
        while place < block.end {
            let a = unsafe w.lanes(place)
            let isNegative = a .< 0
            let magnitude = a.replacing(with: -a, where: isNegative)
            let positive = a.replacing(with: 0, where: isNegative)
            let tail = Elementary.normalTail(magnitude)
            unsafe w.store(positive.addingProduct(-magnitude, tail), place)
            place += 8
        }
    }
}

/// The same, and its derivative Φ(a) + a φ(a) for the backward pass.
///
/// - Parameters:
///   - workspace: Holds both blocks.
///   - block: The values a, replaced.
///   - derivative: Of the same shape; receives the derivative.
/// - Complexity: O(values).
public func gaussianUnit(workspace: inout [Float], _ block: Block, derivative: Block) {
    precondition(block.offset >= 0 && block.end <= workspace.count, "block out of workspace")
    precondition(
        derivative.offset >= 0 && derivative.end <= workspace.count
            && derivative.units == block.units && derivative.lanes == block.lanes,
        "derivative out of workspace or of another shape"
    )
    let distance = derivative.offset - block.offset
    unsafe workspace.withUnsafeMutableBufferPointer { workspace in
        guard let w = workspace.baseAddress else { return }
        var place = block.offset
        while place < block.end {
            let a = unsafe w.lanes(place)
            let (cumulative, bell) = Elementary.normal(a)
            unsafe w.store(a * cumulative, place)
            // φ(a) = e^(-a²/2) / √(2π)
            unsafe w.store(cumulative.addingProduct(a, bell * 0.39894228), place + distance)
            place += 8
        }
    }
}
