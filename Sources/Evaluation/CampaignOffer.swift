/// What a campaign may offer to a customer, and what comes of it.
///
/// With probability p of leaving, value V, offer cost d, contact cost f, acceptance γ of leavers and σ of stayers:
///
///     paid on acceptance:   c = f + d (p γ + (1 − p) σ)
///     always paid:          c = f + d
///     expected profit       e = p γ V − c
///
/// A leaver who accepts stays.
public struct CampaignOffer: Codable, Equatable, Sendable {
    /// When the offer costs.
    public enum Payment: String, CaseIterable, Codable, Sendable {
        /// Whoever is contacted gets it.
        case always
        /// Only who takes it gets it.
        case onAcceptance = "on_acceptance"
    }

    /// Names the offer on the list.
    public var name: String
    /// What the offer costs where it is paid, d.
    public var offerCost: CampaignAmount
    /// What reaching one customer costs, f.
    public var contactCost: CampaignAmount
    /// Share of contacted leavers who accept and stay, γ.
    public var acceptanceRate: CampaignAmount
    /// Share of contacted stayers who take it for nothing in return, σ.
    public var stayerAcceptanceRate: CampaignAmount
    /// When it is paid.
    public var paid: Payment

    /// Creates an offer.
    public init(
        name: String,
        offerCost: CampaignAmount,
        contactCost: CampaignAmount,
        acceptanceRate: CampaignAmount,
        stayerAcceptanceRate: CampaignAmount = CampaignAmount(1),
        paid: Payment = .onAcceptance
    ) {
        self.name = name
        self.offerCost = offerCost
        self.contactCost = contactCost
        self.acceptanceRate = acceptanceRate
        self.stayerAcceptanceRate = stayerAcceptanceRate
        self.paid = paid
    }
}
