/// A customer whom a campaign chose, as the record keeps it.
public struct CampaignMember: Equatable, Sendable {
    /// What was decided for a customer whom the campaign chose.
    public enum Arm: String, Codable, Sendable {
        /// To be contacted.
        case contact
        /// Left alone at random, so that the campaign's effect can be seen.
        case heldOut = "hold-out"
    }

    /// The customer's identifier.
    public var customer: String
    /// Whether to contact the customer.
    public var arm: Arm
    /// The block, from 0, among whose members one or more were held out by lot.
    public var block: Int
    /// Place by expected profit among all that were chosen, from 1.
    public var rank: Int
    /// The offer's name.
    public var offer: String
    /// The calibrated probability that the customer leaves, as it was when the list was made.
    public var probability: Double
    /// What keeping the customer is worth.
    public var value: Double
    /// What contacting the customer earns on average.
    public var expectedProfit: Double
    /// What contacting the customer costs on average.
    public var expectedCost: Double

    /// Creates a member.
    public init(
        customer: String,
        arm: Arm,
        block: Int,
        rank: Int,
        offer: String,
        probability: Double,
        value: Double,
        expectedProfit: Double,
        expectedCost: Double
    ) {
        self.customer = customer
        self.arm = arm
        self.block = block
        self.rank = rank
        self.offer = offer
        self.probability = probability
        self.value = value
        self.expectedProfit = expectedProfit
        self.expectedCost = expectedCost
    }
}
