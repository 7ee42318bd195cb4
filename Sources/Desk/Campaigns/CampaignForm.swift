import Markup

/// What a new campaign is asked for, as the form sends it, so that it comes back as it was typed.
public struct CampaignForm: Sendable {
    /// Names the campaign; the field `name`.
    public var name: String = ""
    /// Among whom is chosen; the field `source`: `scored` or `file`.
    public var source: Source = .scored
    /// Names a file that has been uploaded already; the field `upload`, empty for none.
    public var upload: String = ""
    /// The day that a file's customers are as of, `2026-11-30`; the field `as-of`, empty for today.
    public var asOf: String = ""
    /// How many can be called at most; the field `contacts`.
    public var contacts: String = ""
    /// What may be spent at most; the field `budget`, empty for any.
    public var budget: String = ""
    /// What a contact costs; the field `contact-cost`.
    public var contactCost: String = ""
    /// What the offer costs where it is taken; the field `offer-cost`.
    public var offerCost: String = ""
    /// Of those called who would leave, how many stay; a percentage, the field `success`.
    public var success: String = ""
    /// What keeping a customer is worth; the field `value`, or the column of it in `value-column`.
    public var value: String = ""
    /// The column with each customer's value; empty where all are worth the same.
    public var valueColumn: String = ""
    /// How many of the chosen are left alone; a percentage, the field `hold-out`.
    public var holdOut: String = "15"
    /// Within how many days leaving counts; the field `horizon`.
    public var horizonDays: String = "90"

    /// Among whom is chosen.
    public enum Source: String, CaseIterable, Sendable {
        /// Those whose latest scores are on record.
        case scored
        /// Those of a file.
        case file
    }

    /// Creates a form.
    public init(
        name: String = "",
        source: Source = .scored,
        upload: String = "",
        asOf: String = "",
        contacts: String = "",
        budget: String = "",
        contactCost: String = "",
        offerCost: String = "",
        success: String = "",
        value: String = "",
        valueColumn: String = "",
        holdOut: String = "15",
        horizonDays: String = "90"
    ) {
        self.name = name
        self.source = source
        self.upload = upload
        self.asOf = asOf
        self.contacts = contacts
        self.budget = budget
        self.contactCost = contactCost
        self.offerCost = offerCost
        self.success = success
        self.value = value
        self.valueColumn = valueColumn
        self.holdOut = holdOut
        self.horizonDays = horizonDays
    }

    /// The fields and what stands in them.
    var fields: [(name: String, value: String)] {
        [
            ("name", name), ("source", source.rawValue), ("upload", upload), ("as-of", asOf),
            ("contacts", contacts), ("budget", budget), ("contact-cost", contactCost),
            ("offer-cost", offerCost), ("success", success), ("value", value),
            ("value-column", valueColumn), ("hold-out", holdOut), ("horizon", horizonDays),
        ]
    }

    /// The fields as a form that only passes them on sends them; without those that it has itself.
    func hidden(but own: Set<String> = []) -> HTML {
        "\(fields.filter { !own.contains($0.name) }.map { name, value -> HTML in "<input type=\"hidden\" name=\"\(name)\" value=\"\(exact: value)\">" })"
    }
}
