import Output

/// What a request holds for a column, in the terms of JSON Schema.
public struct RequestField: Equatable, Sendable {
    /// `number` or `string`; nil where the allowed values say it.
    public var type: String?
    /// The least number; nil without bound.
    public var minimum: Double?
    /// The greatest number; nil without bound.
    public var maximum: Double?
    /// All values that are allowed; empty where `type` says it.
    public var allowed: [Literal] = []
    /// Some of the values that are allowed.
    public var examples: [Literal] = []
    /// What a caller should know besides.
    public var note: String?
    /// The value of an invented customer.
    public var example: Literal

    /// A value of JSON.
    public enum Literal: Equatable, Sendable {
        /// Finite.
        case number(Double)
        case text(String)
        case truth(Bool)

        /// A level as callers write it: a number where it is one.
        init(level: String) {
            if let value = Double(level), numberText(value) == level {
                self = .number(value)
            } else {
                self = .text(level)
            }
        }
    }
}
