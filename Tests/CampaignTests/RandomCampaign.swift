import Campaign
import Evaluation

/// The generator of Scripts/fixtures/campaigns.py.
struct PlainNumbers {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 33
    }
}

/// The customers and offers of Scripts/fixtures/campaigns.py.
enum RandomCampaign {
    static let rebate = CampaignOffer(
        name: "rebate",
        offerCost: CampaignAmount(10),
        contactCost: CampaignAmount(1),
        acceptanceRate: CampaignAmount(0.3)
    )
    static let upgrade = CampaignOffer(
        name: "upgrade",
        offerCost: CampaignAmount(25),
        contactCost: CampaignAmount(2),
        acceptanceRate: CampaignAmount(0.45),
        stayerAcceptanceRate: CampaignAmount(0.5)
    )
    static let gift = CampaignOffer(
        name: "gift",
        offerCost: CampaignAmount(4),
        contactCost: CampaignAmount(0.5),
        acceptanceRate: CampaignAmount(0.15),
        stayerAcceptanceRate: CampaignAmount(0),
        paid: .always
    )

    /// Customers `1`, `2`, … with values of their own.
    static func customers(
        _ count: Int,
        _ numbers: inout PlainNumbers,
        offers: [CampaignOffer]
    ) -> CampaignCustomers {
        var probabilities: [Float] = []
        var values: [Double] = []
        for _ in 0 ..< count {
            probabilities.append(Float(numbers.next() >> 7) / 0x1p24)
            values.append(20 + Double(numbers.next() % 100_000) / 100)
        }
        return customers(probabilities, values, offers: offers)
    }

    static func customers(
        _ probabilities: [Float],
        _ values: [Double],
        offers: [CampaignOffer],
        identifiers: [String]? = nil
    ) -> CampaignCustomers {
        CampaignCustomers(
            CampaignTerms(
                customerValue: CampaignAmount(column: "value", typical: 200),
                offers: offers
            ),
            identifiers: IdentifierList(identifiers ?? probabilities.indices.map { "\($0 + 1)" }),
            probabilities: probabilities,
            amounts: ["value": values]
        )
    }

    static let key = CampaignKey(Array(0 ..< 32))

    static func planner(
        contacts: Int? = nil,
        budget: Double? = nil,
        certain: Bool = false,
        holdOut: Double? = 0
    ) -> CampaignPlanner {
        CampaignPlanner(
            campaign: "2026-12-retain",
            key: key,
            constraint: CampaignConstraint(
                contacts: contacts,
                budget: budget,
                certain: certain
            ),
            holdOut: holdOut
        )
    }
}
