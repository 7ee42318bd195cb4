/// What a retention campaign costs and brings, in any one currency.
///
/// Whoever is contacted costs the contact. A leaver accepts the offer with the acceptance rate γ and
/// then stays, which brings the customer's value minus the offer; a stayer takes the offer for
/// nothing in return. Per contacted customer that is, on average,
///
///     leaver   γ (customerValue − offerCost) − contactCost
///     stayer   − (offerCost + contactCost)
///
/// as in Verbraken, Verbeke and Baesens, "A novel profit maximizing metric for measuring
/// classification performance of customer churn prediction models", IEEE TKDE 25 (2013), eq. 5.
public struct CampaignCosts: Codable, Sendable, Equatable {
    /// What keeping a customer is worth (customer lifetime value).
    public var customerValue: Double
    /// What the offer costs where it is taken.
    public var offerCost: Double
    /// What reaching one customer costs.
    public var contactCost: Double
    /// Share of contacted leavers who accept and stay, γ.
    public var acceptanceRate: Double

    /// Creates costs; `validate()` tells whether they make sense.
    public init(
        customerValue: Double = 200,
        offerCost: Double = 10,
        contactCost: Double = 1,
        acceptanceRate: Double = 0.3
    ) {
        self.customerValue = customerValue
        self.offerCost = offerCost
        self.contactCost = contactCost
        self.acceptanceRate = acceptanceRate
    }
}
