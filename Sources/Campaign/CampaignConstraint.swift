/// How many customers a campaign may contact, or what that may cost.
public struct CampaignConstraint: Codable, Equatable, Sendable {
    /// The most customers; nil for any number.
    public var contacts: Int?
    /// The most that contacts and offers may cost; nil for any amount.
    public var budget: Double?
    /// Whether the budget suffices even where everyone takes the offer; else it does on average, and is overrun about half
    /// the time.
    public var certain: Bool

    /// Creates a constraint.
    public init(contacts: Int? = nil, budget: Double? = nil, certain: Bool = false) {
        self.contacts = contacts
        self.budget = budget
        self.certain = certain
    }

    /// Whether an amount is within the budget, but for what rounding may add.
    func allows(_ cost: Double) -> Bool {
        guard let budget else { return true }
        return cost <= budget * (1 + 1e-12)
    }
}
