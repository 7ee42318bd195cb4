/// Inverted dropout: each value of the block becomes 0 with probability `rate`, the others are
/// divided by 1 - rate.
///
/// Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting", JMLR 15, 2014.
/// The rate is exact to 2⁻³¹.
///
/// - Parameters:
///   - rate: In 0 ..< 1.
///   - workspace: Holds the blocks.
///   - block: The values.
///   - derivative: A block of the same shape that is masked and scaled alike; nil for none.
///   - generator: Draws the mask.
/// - Complexity: O(values).
public func dropout(
    rate: Float,
    workspace: inout [Float],
    block: Block,
    derivative: Block? = nil,
    using generator: inout LaneGenerator
) {
    precondition(rate >= 0 && rate < 1, "dropout: the rate must be in 0 ..< 1, got \(rate)")
    let other = derivative ?? block
    precondition(
        [block, other].allSatisfy { $0.offset >= 0 && $0.end <= workspace.count }
            && other.units == block.units && other.lanes == block.lanes,
        "block out of workspace or of another shape"
    )
    // Signed, since AVX2 has no unsigned comparison.
    let limit = SIMD8<Int32>(repeating: Int32(Double(rate) * 0x1p31))
    let scale = 1 / (1 - rate)
    var draws = generator
    unsafe workspace.withUnsafeMutableBufferPointer { workspace in
        guard let w = workspace.baseAddress else { return }
        var place = block.offset
        let distance = other.offset - block.offset
        while place < block.end {
            let bits = draws.next() &>> 1
            let isDropped = unsafe unsafeBitCast(bits, to: SIMD8<Int32>.self) .< limit
            let value = unsafe w.lanes(place) * scale
            unsafe w.store(value.replacing(with: 0, where: isDropped), place)
            if distance != 0 {
                let value = unsafe w.lanes(place + distance) * scale
                unsafe w.store(value.replacing(with: 0, where: isDropped), place + distance)
            }
            place += 8
        }
    }
    generator = draws
}
