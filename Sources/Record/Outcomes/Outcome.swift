/// What somebody says of a customer: whether the customer left, and what was done to prevent it.
public struct Outcome: Equatable, Sendable {
    /// Whose truth it is.
    public enum Subject: Equatable, Sendable {
        /// The customer of this prediction.
        case prediction(id: String)
        /// The customer with this identifier.
        case customer(String)
    }

    /// Whose truth it is.
    public var subject: Subject
    /// When this was known, in milliseconds since 1970; nil means when it is recorded.
    public var date: Int64?
    /// Whether the customer had left by then; nil where that is not said.
    public var left: Bool?
    /// When the customer left, in milliseconds since 1970; nil where that is not known.
    public var occurred: Int64?
    /// Whether the customer was offered something to stay; nil where that is not known.
    public var contacted: Bool?
    /// Whether the customer took the offer; nil where that is not known.
    public var offerTaken: Bool?
    /// What the customer was offered.
    public var treatment: String?
    /// What contact and offer cost, as booked.
    public var cost: Double?
    /// Who says so: a person, a system, a file.
    public var source: String?

    /// Creates an outcome.
    public init(
        subject: Subject,
        date: Int64? = nil,
        left: Bool?,
        occurred: Int64? = nil,
        contacted: Bool? = nil,
        offerTaken: Bool? = nil,
        treatment: String? = nil,
        cost: Double? = nil,
        source: String? = nil
    ) {
        self.subject = subject
        self.date = date
        self.left = left
        self.occurred = occurred
        self.contacted = contacted
        self.offerTaken = offerTaken
        self.treatment = treatment
        self.cost = cost
        self.source = source
    }
}
