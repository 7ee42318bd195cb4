import Tabular

extension SchemaInference {
    /// Finds out which date column tells the day that all others are counted back from, and which may lie ahead of it.
    static func relateDates(_ columns: inout [ColumnInference]) -> DateReference? {
        let places = columns.indices.filter { columns[$0].dates != nil }
        func last(_ place: Int) -> Day { columns[place].dates?.range.upperBound ?? Day(number: 0) }
        for place in places where columns[place].column.role == .feature {
            let others = places.filter { $0 != place }.map(last)
            guard let other = others.max(), last(place) > other else { continue }
            let words = DateInference.words(of: columns[place].column.name)
            if words.contains(where: { word in ahead.contains { word.hasPrefix($0) } }) {
                if case .date(let form, _) = columns[place].column.type {
                    columns[place].column.type = .date(form, mayBeAhead: true)
                }
            } else if last(place).number - other.number > 31 {
                let distance = countText(last(place).number - other.number)
                columns[place].reason +=
                    (columns[place].reason.isEmpty ? "" : "; ")
                    + "its newest date, \(last(place)), lies \(distance) days after any other column's; "
                    + "write future: allowed if it may lie ahead"
            }
        }
        let reference = places.first { place in
            columns[place].column.role == .constant && isDrawn(columns[place].column.name)
        }
        return reference.map { DateReference(column: columns[$0].column.name) }
    }

    /// Whether a name says that the column tells on which day its row was drawn: `snapshot_date`, `as_of`.
    static func isDrawn(_ name: String) -> Bool {
        let words = DateInference.words(of: name)
        return words.contains(where: drawn.contains) || words.starts(with: ["as", "of"])
    }

    private static let drawn: Set<String> = [
        "snapshot", "reference", "cutoff", "observation", "extract", "extraction", "asof",
    ]

    /// Beginnings of words in the names of dates that may lie ahead.
    private static let ahead = [
        "end", "expir", "renew", "due", "until", "valid", "next", "matur", "venc", "fim", "termin",
    ]
}

extension InferredSchema {
    /// Takes a column for the day on which each row was drawn where its name says so and no other date of the row is later.
    ///
    /// - Complexity: O(rows · dates) where there is such a column.
    mutating func takeReference(header: [String], batches: [RecordBatch], decimalComma: Bool) {
        let dates = schema.features.filter { $0.type.kind == .date }
        guard schema.dates == nil, dates.count > 1,
            let candidate = dates.first(where: { SchemaInference.isDrawn($0.name) }),
            let decoder = try? SchemaDecoder(
                schema,
                header: header,
                needsTarget: false,
                decimalComma: decimalComma,
                asOf: AsOf(Day(number: 0), .given)
            )
        else { return }
        let table = Table(joining: batches.map { decoder.decode($0).table })
        guard case .number(let drawn) = table[candidate.name] else { return }
        for column in dates where column.name != candidate.name {
            guard case .date(_, mayBeAhead: false) = column.type,
                case .number(let ages) = table[column.name]
            else { continue }
            // An empty day tells nothing, either; ages are before 1970 here, so that the later is the less.
            let late = ages.indices.count { drawn[$0].isNaN || ages[$0] < drawn[$0] }
            guard late * 100 <= ages.count else { return }
        }
        guard let place = schema.columns.firstIndex(where: { $0.name == candidate.name }) else {
            return
        }
        schema.columns[place].role = .ignored
        schema.dates = DateReference(column: candidate.name)
        evidence[place].reason = "tells the day from which each row's dates are counted back"
    }
}
