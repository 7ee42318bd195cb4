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
