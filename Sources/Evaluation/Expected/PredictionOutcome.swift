/// A prediction whose truth has come to be known.
public struct PredictionOutcome: Sendable, Equatable {
    /// When it was predicted, in milliseconds since 1970 (UTC).
    public var time: Int64
    /// The calibrated probability of leaving that was given.
    public var probability: Double
    /// Whether the customer left.
    public var left: Bool

    /// Creates an outcome.
    public init(time: Int64, probability: Double, left: Bool) {
        self.time = time
        self.probability = probability
        self.left = left
    }
}
