/// What became of a campaign's member, as far as it is known.
public struct MemberTruth: Equatable, Sendable {
    /// How far the truth of a customer is known.
    public enum State: String, Sendable {
        /// The horizon is not over: whatever is known so far does not count yet.
        case open
        /// The horizon is over, and whether the customer left within it is known.
        case matured
        /// The horizon is over, and nobody said what became of the customer.
        case censored
    }

    /// The customer's identifier.
    public var customer: String
    /// How far the truth is known.
    public var state: State
    /// Whether the customer left within the horizon; nil unless matured.
    public var left: Bool?
    /// Whether the customer was contacted, whatever the campaign decided; nil where nobody said.
    public var contacted: Bool?
    /// Whether the offer was taken; nil where nobody said.
    public var offerTaken: Bool?
    /// What contact and offer cost, as booked; nil where nobody said.
    public var cost: Double?

    /// Creates a truth.
    public init(
        customer: String,
        state: State,
        left: Bool? = nil,
        contacted: Bool? = nil,
        offerTaken: Bool? = nil,
        cost: Double? = nil
    ) {
        self.customer = customer
        self.state = state
        self.left = left
        self.contacted = contacted
        self.offerTaken = offerTaken
        self.cost = cost
    }
}
