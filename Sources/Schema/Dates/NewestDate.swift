public import Tabular

/// The newest date that a schema's features have in a file.
struct NewestDate: Sendable {
    private let features: [(index: Int, rule: FieldRule, form: DateForm, mayBeAhead: Bool)]

    /// Finds the columns; those that are not there are passed over.
    init(_ schema: Schema, header: [String]) {
        features = schema.features.compactMap { column in
            guard case .date(let form, let mayBeAhead) = column.type,
                let index = header.firstIndex(of: column.name)
            else { return nil }
            return (index, FieldRule(column, nullValues: schema.nullValues), form, mayBeAhead)
        }
    }

    /// What was found so far.
    struct Found: Sendable {
        /// The newest among columns whose dates must lie in the past.
        var past: Day?
        /// The newest among the others.
        var ahead: Day?

        /// Dates that may lie ahead say nothing of the day on which the file was drawn, unless there are no others.
        var day: Day? { past ?? ahead }

        mutating func take(_ other: Self) {
            past = [past, other.past].compactMap(\.self).max()
            ahead = [ahead, other.ahead].compactMap(\.self).max()
        }
    }

    /// - Complexity: O(rows · dates).
    func found(in batch: RecordBatch) -> Found {
        var found = Found()
        for (index, rule, form, mayBeAhead) in features {
            var newest: Day?
            for row in 0 ..< batch.rowCount {
                let text = batch.text(row: row, column: index)
                guard !rule.nulls.contains(text), case .day(let day) = form.read(text),
                    newest.map({ day > $0 }) ?? true
                else { continue }
                newest = day
            }
            found.take(Found(past: mayBeAhead ? nil : newest, ahead: mayBeAhead ? newest : nil))
        }
        return found
    }
}

extension Schema {
    /// What the dates of a labelled file are counted back from; nil where no feature is a date.
    ///
    /// What is given, else the reference column, else what `retain.yaml` says, else the newest date of the file.
    ///
    /// - Parameters:
    ///   - batches: All records of the file.
    ///   - header: Its columns.
    ///   - given: What the caller says.
    /// - Returns: The day, and who says so.
    /// - Complexity: O(rows · dates).
    public func asOf(_ batches: [RecordBatch], header: [String], given: Day? = nil) -> AsOf? {
        guard hasDates else { return nil }
        if let known = asOf(known: header, given: given) { return known }
        let newest = NewestDate(self, header: header)
        var found = NewestDate.Found()
        for batch in batches { found.take(newest.found(in: batch)) }
        return AsOf(found.day, .newest)
    }

    /// The same for a file that is read once more where its newest date is needed, so that memory does not grow with it.
    ///
    /// - Throws: `FileError`, `CSVError`.
    public func asOf(
        file path: String,
        header: [String],
        given: Day?,
        threads: Int,
        encoding: TextEncoding? = nil
    ) throws -> AsOf? {
        guard hasDates else { return nil }
        if let known = asOf(known: header, given: given) { return known }
        let newest = NewestDate(self, header: header)
        var found = NewestDate.Found()
        var reader = try CSVReader(path, encoding: encoding)
        try reader.forEachBatch(threads: threads) {
            newest.found(in: $0)
        } consume: {
            found.take($0)
        }
        return AsOf(found.day, .newest)
    }

    /// Whether the day that the dates of a labelled file are counted back from is only known after reading it.
    public func needsNewestDate(header: [String], given: Day?) -> Bool {
        hasDates && asOf(known: header, given: given) == nil
    }
}
