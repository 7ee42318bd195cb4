public import Evaluation

/// The customers among whom a campaign chooses: who they are, how likely each is to leave, and each one's amounts.
public struct CampaignCustomers: Sendable {
    /// What one offer costs and brings with each customer.
    public struct Offer: Sendable {
        /// Names it on the list.
        public var name: String
        /// What the offer costs where it is paid, d.
        public var offerCost: CustomerAmounts
        /// What reaching the customer costs, f.
        public var contactCost: CustomerAmounts
        /// The chance that the customer accepts and stays, who would leave, γ.
        public var acceptanceRate: CustomerAmounts
        /// The chance that the customer takes it, who would stay, σ.
        public var stayerAcceptanceRate: CustomerAmounts
        /// When it is paid.
        public var paid: CampaignOffer.Payment
    }

    /// What contacting a customer with an offer earns and costs.
    package struct Money {
        /// On average.
        package var profit: Double
        /// On average.
        package var expectedCost: Double
        /// Where the offer is taken.
        package var certainCost: Double
    }

    /// Who they are, no two the same.
    public var identifiers: IdentifierList
    /// How likely each is to leave, shape [customers].
    public var probabilities: [Float]
    /// What keeping each is worth, V.
    public var values: CustomerAmounts
    /// Of which each customer gets one at most.
    public var offers: [Offer]

    /// Applies terms.
    ///
    /// - Parameters:
    ///   - terms: What the campaign chooses by.
    ///   - identifiers: Who the customers are, no two the same.
    ///   - probabilities: How likely each is to leave. Shape [customers].
    ///   - amounts: The numbers of each column that the terms name; all there, finite and in bounds. Shape [customers].
    public init(
        _ terms: CampaignTerms,
        identifiers: IdentifierList,
        probabilities: [Float],
        amounts: [String: [Double]] = [:]
    ) {
        precondition(identifiers.count == probabilities.count, "customers differ in number")
        func each(_ amount: CampaignAmount) -> CustomerAmounts {
            guard let column = amount.column, let own = amounts[column] else {
                return .same(amount.typical)
            }
            precondition(own.count == probabilities.count, "\(column) differs in number")
            return .each(own)
        }
        self.identifiers = identifiers
        self.probabilities = probabilities
        values = each(terms.customerValue)
        offers = terms.offers.map {
            Offer(
                name: $0.name,
                offerCost: each($0.offerCost),
                contactCost: each($0.contactCost),
                acceptanceRate: each($0.acceptanceRate),
                stayerAcceptanceRate: each($0.stayerAcceptanceRate),
                paid: $0.paid
            )
        }
    }

    /// How many there are.
    public var count: Int { probabilities.count }

    /// What contacting a customer with an offer earns and costs; nil where keeping the customer is worth no more than the
    /// offer costs.
    package func money(_ customer: Int, _ offer: Offer) -> Money? {
        let value = values[customer]
        let offerCost = offer.offerCost[customer]
        guard value > offerCost else { return nil }
        let contactCost = offer.contactCost[customer]
        let probability = Double(probabilities[customer])
        let saved = probability * offer.acceptanceRate[customer]
        let certain = contactCost + offerCost
        let expected =
            switch offer.paid {
            case .always: certain
            case .onAcceptance:
                contactCost + offerCost
                    * (saved + (1 - probability) * offer.stayerAcceptanceRate[customer])
            }
        return Money(profit: saved * value - expected, expectedCost: expected, certainCost: certain)
    }
}
