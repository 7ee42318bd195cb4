import Schema

/// Finds the day from which a customer's dates are counted back: the field `as_of`, else the schema's reference column,
/// else the day of the request.
struct RequestDates: Sendable {
    /// Which features are dates, by their places.
    let isDate: [Bool]
    /// Features that are derived from a date, with the date's place.
    let derived: [(feature: Int, date: Int)]
    /// Reads the reference column; nil where the schema has none.
    private let column: FieldRule?
    private let today: @Sendable () -> Day

    /// Nil where no feature is a date.
    init?(_ schema: Schema, today: @escaping @Sendable () -> Day) {
        guard schema.hasDates else { return nil }
        let features = schema.features
        derived = features.indices.compactMap { feature in
            features.firstIndex { $0.name == features[feature].type.source }.map { (feature, $0) }
        }
        isDate = schema.features.map { $0.type.kind == .date }
        column = schema.columns.first { $0.name == schema.dates?.column }.map {
            var rule = FieldRule($0, nullValues: schema.nullValues)
            rule.reference = Day(number: 0)
            return rule
        }
        self.today = today
    }

    /// What a customer says of the day.
    struct Given {
        var asOf: FieldValue?
        /// What the request says for all of its customers.
        var requestAsOf: FieldValue?
        var reference: FieldValue?
        /// Whether the one or the other can't be a field, like a list.
        var isBroken = false
    }

    /// The day, or what is wrong with it.
    func day(_ given: Given) -> (day: Day, problem: (field: String, rule: String)?) {
        guard !given.isBroken else {
            return (today(), (FieldNames.asOf, "is neither a number nor a text; write one of them"))
        }
        var asOf = given.asOf ?? given.requestAsOf
        if case .null = asOf { asOf = given.requestAsOf }
        switch asOf {
        case .text(let text):
            let text = String(decoding: text, as: UTF8.self)
            guard let day = Day(text) else {
                return (
                    today(),
                    (FieldNames.asOf, "\"\(shortened(text))\" is no date; write it as 2023-10-31")
                )
            }
            return (day, nil)
        case .number, .truth:
            return (today(), (FieldNames.asOf, "is no date; write it as \"2023-10-31\""))
        case .null, nil: return reference(given.reference)
        }
    }

    private func reference(
        _ value: FieldValue?
    ) -> (day: Day, problem: (field: String, rule: String)?) {
        guard let column, let value else { return (today(), nil) }
        switch column.read(value) {
        case .value(let days), .bounded(let days, _): return (Day(number: Int(-days)), nil)
        case .violation(let rule):
            if case .null = value { return (today(), nil) }
            return (today(), (column.column.name, rule))
        case .null, .unlisted: return (today(), nil)
        }
    }
}
