/// What the record made of an outcome.
public struct OutcomeReceipt: Equatable, Sendable {
    /// An outcome that was said before and differs.
    public struct Former: Equatable, Sendable {
        /// Whether the customer had left by that.
        public let left: Bool?
        /// When that was known, in milliseconds since 1970.
        public let known: Int64
        /// Who said so; nil where nobody is named.
        public let source: String?
    }

    /// The prediction that it belongs to; nil where the record has none.
    public var prediction: String?
    /// The campaigns of which the customer is a member, the oldest first.
    public var campaigns: [String] = []
    /// Those of them that held the customer out, where the outcome says that the customer was contacted while they ran.
    public var heldOut: [String] = []
    /// What it contradicts, and took the place of.
    public var former: Former?
    /// Whether the very same had been said before; it is kept once.
    public var isRepeated = false
    /// Whether the record knows nobody whose it is and keeps it for a while, as the prediction may be on its way.
    public var waits = false

    /// Whether it is of somebody whom the record knows.
    public var isMatched: Bool { prediction != nil || !campaigns.isEmpty }

    /// A receipt that says nothing yet.
    public init() {}
}
