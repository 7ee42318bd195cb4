/// Inverted dropout: each value of the block becomes 0 with probability `rate`, the others are
/// divided by 1 - rate.
///
/// Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting", JMLR 15, 2014.
/// One 64-bit number of the generator decides two values; the rate is exact to 2⁻³².
///
/// - Precondition: `rate` is in 0 ..< 1.
/// - Complexity: O(values).
public func dropout(
    rate: Float,
    workspace: inout [Float],
    block: Block,
    using generator: inout SeededGenerator
) {
    precondition(rate >= 0 && rate < 1, "dropout: the rate must be in 0 ..< 1, got \(rate)")
    precondition(block.offset >= 0 && block.end <= workspace.count, "block out of workspace")
    let limit = UInt32(Double(rate) * 0x1p32)
    let scale = 1 / (1 - rate)
    for place in stride(from: block.offset, to: block.end, by: 2) {
        let bits = generator.next()
        workspace[place] =
            UInt32(truncatingIfNeeded: bits) < limit ? 0 : workspace[place] * scale
        workspace[place + 1] =
            UInt32(truncatingIfNeeded: bits >> 32) < limit ? 0 : workspace[place + 1] * scale
    }
}
