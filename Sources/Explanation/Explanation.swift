/// Why a model gives a customer this probability.
///
/// The points add up: `base` and all of them together are `probability`.
public struct Explanation: Equatable, Sendable {
    /// The calibrated probability that the customer leaves.
    public var probability: Double
    /// The weighted mean score of the reference customers.
    public var base: Double
    /// The Shapley value of each feature of the schema, in its order, as probability.
    public var points: [Double]
    /// The standard error of each; nil where the values are exact.
    public var standardErrors: [Double]?

    /// Creates an explanation.
    public init(
        probability: Double,
        base: Double,
        points: [Double],
        standardErrors: [Double]? = nil
    ) {
        self.probability = probability
        self.base = base
        self.points = points
        self.standardErrors = standardErrors
    }
}
