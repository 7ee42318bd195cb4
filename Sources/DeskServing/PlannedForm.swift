import Campaign
import Desk
import Evaluation
import Schema
import Texts

/// The form of a new campaign, read: what it asks for, and what in it can't be.
struct PlannedForm: Sendable {
    /// As it was typed.
    let form: CampaignForm
    /// What dates of a file are counted back from; nil for today.
    let asOf: Day?
    /// What limits the choice.
    let constraint: CampaignConstraint
    /// By what is chosen.
    let terms: CampaignTerms
    /// The share to leave alone; nil for as many as the assumed effect needs.
    let holdOut: Double?
    /// Within how many days leaving counts.
    let horizonDays: Int
    /// What can't be, by the field's name, in the language of the page.
    let faults: [String: String]

    /// What a fresh form holds.
    static func fresh(
        _ costs: CampaignCosts,
        horizonDays: Int,
        _ language: Language
    ) -> CampaignForm {
        let terms = costs.campaignTerms
        let offer = terms.offers[0]
        func text(_ value: Double) -> String { plain(value, language) }
        return CampaignForm(
            contacts: "100",
            contactCost: text(offer.contactCost.typical),
            offerCost: text(offer.offerCost.typical),
            success: text(100 * offer.acceptanceRate.typical),
            value: text(terms.customerValue.typical),
            holdOut: "",
            horizonDays: "\(horizonDays)"
        )
    }

    /// Reads a form.
    init(_ fields: DeskForm, costs: CampaignCosts, horizonDays usual: Int, _ language: Language) {
        var form = CampaignForm(
            name: fields["name"],
            source: CampaignForm.Source(rawValue: fields["source"]) ?? .scored,
            upload: fields["upload"],
            asOf: fields["as-of"],
            contacts: fields["contacts"],
            budget: fields["budget"],
            contactCost: fields["contact-cost"],
            offerCost: fields["offer-cost"],
            success: fields["success"],
            value: fields["value"],
            valueColumn: fields["value-column"],
            holdOut: fields["hold-out"],
            horizonDays: fields["horizon"]
        )
        form.name = String(form.name.prefix(100))
        var reader = FieldReader(language: language)
        reader.check(name: form.name)
        asOf = reader.day("as-of", form.asOf)
        let contacts = reader.number("contacts", form.contacts, 1 ... 1e9, isWhole: true)
        let budget = reader.number("budget", form.budget, 0.01 ... 1e15)
        if contacts == nil, budget == nil, reader.faults.isEmpty {
            reader.faults["contacts"] = language(
                "Say how many can be called, or what may be spent.",
                "Diga quantos podem ser contatados, ou quanto se pode gastar."
            )
        }
        constraint = CampaignConstraint(contacts: contacts.map { Int($0) }, budget: budget)
        // The desk's form speaks of one offer; where retain.yaml has several, those that were not changed stay.
        var terms = costs.campaignTerms
        if let value = reader.number("value", form.value, 0.01 ... 1e12) {
            terms.customerValue = CampaignAmount(value)
        }
        if !form.valueColumn.isEmpty {
            terms.customerValue = CampaignAmount(
                column: form.valueColumn,
                typical: terms.customerValue.typical
            )
        }
        if terms.offers.count == 1 {
            if let cost = reader.number("contact-cost", form.contactCost, 0 ... 1e9) {
                terms.offers[0].contactCost = CampaignAmount(cost)
            }
            if let cost = reader.number("offer-cost", form.offerCost, 0 ... 1e9) {
                terms.offers[0].offerCost = CampaignAmount(cost)
            }
            if let success = reader.number("success", form.success, 0.01 ... 100) {
                terms.offers[0].acceptanceRate = CampaignAmount(success / 100)
            }
        }
        self.terms = terms
        holdOut = reader.number("hold-out", form.holdOut, 0 ... 50).map { $0 / 100 }
        horizonDays =
            reader.number("horizon", form.horizonDays, 1 ... 3_650, isWhole: true).map { Int($0) }
            ?? usual
        faults = reader.faults
        self.form = form
    }

    /// A number as it is typed in a language.
    private static func plain(_ value: Double, _ language: Language) -> String {
        let text = value == value.rounded() ? "\(Int(value))" : "\(value)"
        return language == .portuguese ? text.replacing(".", with: ",") : text
    }
}

/// Reads numbers as people type them, and notes what is none.
private struct FieldReader {
    let language: Language
    var faults: [String: String] = [:]

    /// A number from here to there; nil for an empty field and for one that is noted.
    mutating func number(
        _ name: String,
        _ typed: String,
        _ range: ClosedRange<Double>,
        isWhole: Bool = false
    ) -> Double? {
        var text = typed.filter { !$0.isWhitespace && $0 != "%" }
        guard !text.isEmpty else { return nil }
        // 1.234,5 and 1,234.5: the mark that comes last, or alone and not before three digits, is the decimal one.
        let marks = text.filter { $0 == "," || $0 == "." }
        if let last = marks.last {
            let behind = text.reversed().prefix { $0 != last }.count
            let isGrouping = Set(marks).count == 1 && (marks.count > 1 || behind == 3)
            text = text.filter { $0 != (last == "," ? "." : ",") }
            text = isGrouping ? text.filter { $0 != last } : text.replacing(",", with: ".")
        }
        let value = Double(text)
        if let value, range.contains(value), !isWhole || value == value.rounded() { return value }
        let (low, high) = (
            language.number(
                range.lowerBound,
                decimals: range.lowerBound < 1 && range.lowerBound > 0 ? 2 : 0
            ),
            language.number(range.upperBound)
        )
        faults[name] =
            isWhole
            ? language(
                "A whole number from \(low) to \(high), please.",
                "Um número inteiro de \(low) a \(high), por favor."
            )
            : language(
                "A number from \(low) to \(high), please.",
                "Um número de \(low) a \(high), por favor."
            )
        return nil
    }

    /// A day; nil for an empty field and for one that is noted.
    mutating func day(_ name: String, _ typed: String) -> Day? {
        guard !typed.isEmpty else { return nil }
        if let day = Day(typed) { return day }
        faults[name] = language(
            "A day like 2026-11-30, please.",
            "Um dia como 2026-11-30, por favor."
        )
        return nil
    }

    mutating func check(name: String) {
        guard CampaignEntry.isName(name) else {
            faults["name"] = language(
                "Letters a to z, digits, - and _, since files are named after it.",
                "Letras de a a z, dígitos, - e _, pois arquivos recebem esse nome."
            )
            return
        }
    }
}
