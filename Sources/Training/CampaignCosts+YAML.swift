import Evaluation
import Schema

/// The section `costs` of `retain.yaml`.
extension CampaignCosts {
    /// Reads the section; what it leaves out keeps its default.
    ///
    /// - Parameter yaml: The section.
    /// - Throws: `YAMLProblem` with line, key, value and rule.
    init(yaml: inout StrictMapping) throws(YAMLProblem) {
        let usual = CampaignCosts().campaignTerms
        let value = try yaml.amount("customer_value", in: Self.amounts, usual.customerValue)
        // What an offer leaves out is what stands above the offers.
        let common = try CampaignOffer(yaml: &yaml, otherwise: usual.offers[0])
        let offers = try yaml.mapping("offers") { list throws(YAMLProblem) in
            var offers: [CampaignOffer] = []
            for name in list.keys {
                let offer = try list.mapping(name) { fields throws(YAMLProblem) in
                    try CampaignOffer(yaml: &fields, otherwise: common)
                }
                guard var offer else { continue }
                offer.name = name
                offers.append(offer)
            }
            return offers
        }
        guard offers?.isEmpty != true else {
            throw yaml.problem("offers", "names no offer; name one, or leave the key out")
        }
        self.init(CampaignTerms(customerValue: value, offers: offers ?? [common]))
        for offer in campaignTerms.offers {
            let alone = CampaignTerms(customerValue: value, offers: [offer])
            do { try alone.costs.validate() } catch {
                throw yaml.problem(
                    offers == nil ? "customer_value" : "offers",
                    offers == nil
                        ? error.description : "\"\(offer.name)\": \(error.description)"
                )
            }
        }
    }

    /// Sums of money in bounds.
    fileprivate static let amounts = 0 ... 1e12

    /// The section as text, which `init(yaml:)` reads as the same costs.
    var yaml: String {
        let terms = campaignTerms
        var text = """
            # What a campaign costs and brings, in any one currency. They decide from which probability on
            # contacting a customer pays; put in your own numbers. Each may be a column of the data:
            # {column: NAME, typical: 200}, with what a usual customer has. Several offers stand under
            # offers: {NAME: {offer_cost: …}}; what one leaves out is what stands above them.
            costs:
              customer_value: \(terms.customerValue.yaml)  # what keeping a customer is worth

            """
        guard self.terms != nil, terms.offers.count > 1 || terms.offers[0].name != "offer" else {
            return text + terms.offers[0].yaml(indent: "  ", isWhole: false)
        }
        text += "  offers:\n"
        for offer in terms.offers {
            text +=
                "    \(YAMLText.key(offer.name))\n" + offer.yaml(indent: "      ", isWhole: true)
        }
        return text
    }
}

extension CampaignOffer {
    /// Reads the costs of an offer; what they leave out is another's.
    fileprivate init(
        yaml: inout StrictMapping,
        otherwise other: CampaignOffer
    ) throws(YAMLProblem) {
        let amounts = CampaignCosts.amounts
        self.init(
            name: other.name,
            offerCost: try yaml.amount("offer_cost", in: amounts, other.offerCost),
            contactCost: try yaml.amount("contact_cost", in: amounts, other.contactCost),
            acceptanceRate: try yaml.amount("acceptance_rate", in: 0 ... 1, other.acceptanceRate),
            stayerAcceptanceRate: try yaml.amount(
                "stayer_acceptance_rate",
                in: 0 ... 1,
                other.stayerAcceptanceRate
            ),
            paid: try yaml.choice("paid", Payment.self) ?? other.paid
        )
    }

    /// The lines of an offer; unless `isWhole`, without what is usual.
    fileprivate func yaml(indent: String, isWhole: Bool) -> String {
        var lines = [
            "offer_cost: \(offerCost.yaml)  # what the offer costs where it is taken",
            "contact_cost: \(contactCost.yaml)  # what reaching one customer costs",
            "acceptance_rate: \(acceptanceRate.yaml)  # share of contacted leavers who accept and stay",
        ]
        if isWhole || stayerAcceptanceRate != CampaignAmount(1) {
            lines.append(
                "stayer_acceptance_rate: \(stayerAcceptanceRate.yaml)  # share of contacted stayers who take it"
            )
        }
        if isWhole || paid != .onAcceptance {
            lines.append(
                "paid: \(paid.rawValue)  # or \(paid == .always ? "on_acceptance" : "always")"
            )
        }
        return lines.map { "\(indent)\($0)\n" }.joined()
    }
}

extension CampaignAmount {
    fileprivate var yaml: String {
        column.map { "{column: \(YAMLText.scalar($0)), typical: \(typical)}" } ?? "\(typical)"
    }
}

extension StrictMapping {
    /// A number within bounds, or the column that holds each customer's own.
    fileprivate mutating func amount(
        _ key: String,
        in bounds: ClosedRange<Double>,
        _ other: CampaignAmount
    ) throws(YAMLProblem) -> CampaignAmount {
        guard isMapping(key) else {
            return try number(key, in: bounds).map { CampaignAmount($0) } ?? other
        }
        let amount = try mapping(key) { fields throws(YAMLProblem) in
            let column = try fields.required("column", try fields.text("column"))
            // Nothing usual stands in: the threshold would rest on a number that nobody gave.
            let typical = try fields.required("typical", try fields.number("typical", in: bounds))
            return CampaignAmount(column: column, typical: typical)
        }
        return amount ?? other
    }
}
