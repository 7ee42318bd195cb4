/// What became of a customer.
public struct Outcome: Equatable, Sendable {
    /// Whose truth it is.
    public enum Subject: Equatable, Sendable {
        /// The customer of this prediction.
        case prediction(id: String)
        /// The customer with this identifier, as last predicted at or before a time in milliseconds since 1970.
        case customer(String, before: Int64)
    }

    /// Whose truth it is.
    public var subject: Subject
    /// Whether the customer left.
    public var left: Bool
    /// Whether the customer was offered something to stay; nil where that is not known.
    public var treated: Bool?
    /// What the customer was offered.
    public var treatment: String?

    /// Creates an outcome.
    public init(subject: Subject, left: Bool, treated: Bool? = nil, treatment: String? = nil) {
        self.subject = subject
        self.left = left
        self.treated = treated
        self.treatment = treatment
    }
}
