/// By what a campaign chooses whom to contact with which offer.
public struct CampaignTerms: Codable, Equatable, Sendable {
    /// What keeping a customer is worth, V.
    public var customerValue: CampaignAmount
    /// Of which each customer gets one at most; at least one, with different names.
    public var offers: [CampaignOffer]

    /// Creates terms.
    ///
    /// - Precondition: There is an offer.
    public init(customerValue: CampaignAmount, offers: [CampaignOffer]) {
        precondition(!offers.isEmpty, "terms need an offer")
        self.customerValue = customerValue
        self.offers = offers
    }

    /// The columns that hold customers' own amounts, each once, in the order of the terms.
    public var columns: [String] {
        let amounts =
            [customerValue]
            + offers.flatMap {
                [$0.offerCost, $0.contactCost, $0.acceptanceRate, $0.stayerAcceptanceRate]
            }
        return amounts.compactMap(\.column).reduce(into: []) { columns, name in
            if !columns.contains(name) { columns.append(name) }
        }
    }

    /// The costs of the offer that pays from the lowest probability on, for a usual customer.
    ///
    /// By them the model's threshold is reckoned; where no offer pays, those of the first.
    public var costs: CampaignCosts {
        let each = offers.map { offer in
            CampaignCosts(
                customerValue: customerValue.typical,
                offerCost: offer.offerCost.typical,
                contactCost: offer.contactCost.typical,
                acceptanceRate: offer.acceptanceRate.typical,
                stayerAcceptanceRate: offer.stayerAcceptanceRate.typical,
                paid: offer.paid
            )
        }
        let paying = each.filter { (try? $0.validate()) != nil }
        return paying.min { $0.breakEvenProbability < $1.breakEvenProbability } ?? each[0]
    }
}
