/// Who of the chosen is left alone, so that the campaign's effect can be seen.
///
/// The chosen are sorted by score and cut into blocks, one of each of which is held out by lot. So the arms are alike in
/// score, which takes from the difference's variance what adjusting for the score would take, without a model in the
/// analysis.
package struct HoldOut: Equatable, Sendable {
    /// The block of each of the chosen, from 0; shape [chosen].
    package let blocks: [Int]
    /// Whether each is held out, shape [chosen].
    package let isHeldOut: [Bool]

    /// How many of a list are held out at a share: never fewer than the share, never more than half the list.
    package static func count(_ share: Double, of list: Int) -> Int {
        // A share such as 0.07 times 100 is a little above 7.
        min(Int((share * Double(list) - 1e-9).rounded(.up)), list / 2)
    }

    /// Draws.
    ///
    /// Blocks differ by one in size, the larger ones spread over all scores.
    ///
    /// - Parameters:
    ///   - scores: Of the chosen, by rank. Shape [chosen].
    ///   - lots: What the key gives each for the hold-out. Shape [chosen].
    ///   - count: How many are held out, at most half the chosen.
    /// - Complexity: O(*n* log *n*).
    package init(scores: [Float], lots: [UInt64], count: Int) {
        var blocks = [Int](repeating: 0, count: scores.count)
        var isHeldOut = [Bool](repeating: false, count: scores.count)
        // Of equal scores the better rank first, which is no matter of the place in a file.
        let order = scores.indices.sorted { (-scores[$0], $0) < (-scores[$1], $1) }
        for block in 0 ..< count {
            let members = order[block * scores.count / count ..< (block + 1) * scores.count / count]
            for member in members { blocks[member] = block }
            if let drawn = members.min(by: { (lots[$0], $0) < (lots[$1], $1) }) {
                isHeldOut[drawn] = true
            }
        }
        self.blocks = blocks
        self.isHeldOut = isHeldOut
    }
}
