/// What one column adds to a customer's probability.
public struct Reason: Equatable, Sendable {
    /// The column's name.
    public var column: String
    /// The customer's value as a file has it; empty for none.
    public var value: String
    /// The column's Shapley value as probability: above 0 it raises the customer's score over the average.
    public var points: Double
    /// Of the points; nil where they are exact.
    public var standardError: Double?
    /// The column's place among the features of the schema.
    let place: Int
    /// The value as the model reads it.
    let coded: Double
}
