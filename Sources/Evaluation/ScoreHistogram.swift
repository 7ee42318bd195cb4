/// How the probabilities of leavers and stayers are spread over 20 bins of equal width on 0...1.
///
/// Bin *i* holds i/20 ≤ p < (i + 1)/20; the last holds 1 too.
public struct ScoreHistogram: Codable, Sendable, Equatable {
    /// Positive rows per bin.
    public var positives: [Int]
    /// Negative rows per bin.
    public var negatives: [Int]

    /// Creates a histogram from counts.
    public init(positives: [Int], negatives: [Int]) {
        self.positives = positives
        self.negatives = negatives
    }
}

extension RankedScores {
    /// The probabilities by class.
    package func histogram() -> ScoreHistogram {
        let bins = 20
        var result = ScoreHistogram(
            positives: Array(repeating: 0, count: bins),
            negatives: Array(repeating: 0, count: bins)
        )
        for place in scores.indices {
            let bin = min(bins - 1, Int(scores[place] * Double(bins)))
            result.positives[bin] += positives(at: place)
            result.negatives[bin] += negatives(at: place)
        }
        return result
    }
}
