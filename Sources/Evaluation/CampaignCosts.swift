public import Output

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
    /// Share of contacted stayers who take the offer, σ; nil for all of them, as in the paper.
    public var stayerAcceptanceRate: Double?
    /// Whether the offer costs also where it is not taken; nil for on acceptance only, as in the paper.
    public var paid: CampaignOffer.Payment?
    /// What campaigns choose by, where that is more than one offer at the same costs for every customer.
    public var terms: CampaignTerms?

    /// Creates costs; `validate()` tells whether they make sense.
    public init(
        customerValue: Double = 200,
        offerCost: Double = 10,
        contactCost: Double = 1,
        acceptanceRate: Double = 0.3,
        stayerAcceptanceRate: Double? = nil,
        paid: CampaignOffer.Payment? = nil
    ) {
        self.customerValue = customerValue
        self.offerCost = offerCost
        self.contactCost = contactCost
        self.acceptanceRate = acceptanceRate
        self.stayerAcceptanceRate = stayerAcceptanceRate == 1 ? nil : stayerAcceptanceRate
        self.paid = paid == .onAcceptance ? nil : paid
    }

    /// The costs by which a threshold is reckoned for terms, and the terms.
    public init(_ terms: CampaignTerms) {
        self = terms.costs
        self.terms = terms == campaignTerms ? nil : terms
    }
}

extension CampaignCosts {
    /// What campaigns choose by.
    public var campaignTerms: CampaignTerms {
        terms
            ?? CampaignTerms(
                customerValue: CampaignAmount(customerValue),
                offers: [
                    CampaignOffer(
                        name: "offer",
                        offerCost: CampaignAmount(offerCost),
                        contactCost: CampaignAmount(contactCost),
                        acceptanceRate: CampaignAmount(acceptanceRate),
                        stayerAcceptanceRate: CampaignAmount(stayerAcceptanceRate ?? 1),
                        paid: paid ?? .onAcceptance
                    )
                ]
            )
    }

    /// What a leaver who accepts brings, less what the offer costs only then.
    var gainPerAcceptance: Double { paid == .always ? customerValue : customerValue - offerCost }

    /// What contacting one leaver costs, whatever comes of it.
    var costPerLeaver: Double { paid == .always ? offerCost + contactCost : contactCost }

    /// What contacting one leaver earns on average.
    public var profitPerLeaver: Double { acceptanceRate * gainPerAcceptance - costPerLeaver }

    /// What contacting one stayer loses on average.
    public var lossPerStayer: Double {
        paid == .always
            ? offerCost + contactCost : (stayerAcceptanceRate ?? 1) * offerCost + contactCost
    }

    /// The probability from which contacting pays, if probabilities are calibrated.
    ///
    /// Contacting earns p · `profitPerLeaver` − (1 − p) · `lossPerStayer`, which is at least 0 from
    ///
    ///     p* = lossPerStayer / (profitPerLeaver + lossPerStayer)
    ///
    /// on: 11 / 67 = 0.164 with the default costs (Elkan, "The foundations of cost-sensitive
    /// learning", IJCAI 2001).
    public var breakEvenProbability: Double { lossPerStayer / (profitPerLeaver + lossPerStayer) }

    /// Refuses costs under which no threshold makes sense.
    ///
    /// - Throws: The first problem found.
    public func validate() throws(CampaignCostsError) {
        let named = [
            ("customer value", customerValue), ("offer cost", offerCost),
            ("contact cost", contactCost), ("acceptance rate", acceptanceRate),
        ]
        for (name, value) in named where !(value >= 0) {
            throw CampaignCostsError("the \(name) is \(value); it must be 0 or more")
        }
        for (name, value) in named where value == .infinity {
            throw CampaignCostsError("the \(name) is \(value); it must be finite")
        }
        guard (0 ... 1).contains(stayerAcceptanceRate ?? 1) else {
            throw CampaignCostsError(
                "the acceptance rate of stayers is \(stayerAcceptanceRate ?? 1); it must be from 0 to 1"
            )
        }
        guard acceptanceRate > 0, acceptanceRate <= 1 else {
            throw CampaignCostsError(
                "the acceptance rate is \(acceptanceRate); it must be above 0 and at most 1"
            )
        }
        guard customerValue > offerCost else {
            throw CampaignCostsError(
                "the customer value \(customerValue) is not above the offer cost \(offerCost), so "
                    + "keeping a customer never pays; raise the value or lower the offer"
            )
        }
        guard profitPerLeaver > 0 else {
            throw CampaignCostsError(
                "contacting even a certain leaver loses \(-profitPerLeaver) on average; raise the "
                    + "customer value or the acceptance rate, or lower the offer or contact cost"
            )
        }
    }
}

/// Campaign costs that make no sense together.
public struct CampaignCostsError: RetainError, Equatable {
    /// What was read is to blame.
    public var exitStatus: ExitStatus { .badData }

    /// What is wrong and how to put it right, in one line.
    public let description: String

    init(_ problem: String) { description = "campaign costs: " + problem }
}
