import Tabular

/// What dates are counted back from, as `retain.yaml` and a model say it.
public struct DateReference: Codable, Equatable, Sendable {
    /// A date column that tells each row's day; nil where all rows of a file have the same.
    public var column: String?
    /// The day on which training files were drawn; nil for the newest date in them.
    public var asOf: Day?
    /// The day that the dates of a model's training file were counted back from; nil before training, and where each
    /// row had its own.
    public var trained: Day?

    /// Creates a reference; nothing said means the newest date of the training file.
    public init(column: String? = nil, asOf: Day? = nil, trained: Day? = nil) {
        self.column = column
        self.asOf = asOf
        self.trained = trained
    }
}

/// The day that the dates of some rows are counted back from, and who says so.
public struct AsOf: Equatable, Sendable {
    /// Who says which day it is.
    public enum Source: Equatable, Sendable {
        /// The call or the request.
        case given
        /// A column of the file, for each row.
        case column(String)
        /// `retain.yaml`.
        case setting
        /// The newest date of the file.
        case newest
        /// The day on which one asks.
        case today
    }

    /// The day; nil where each row has its own.
    public let day: Day?
    /// Who says so.
    public let source: Source

    /// Creates a day.
    public init(_ day: Day?, _ source: Source) {
        self.day = day
        self.source = source
    }

    /// A sentence that tells people both.
    public var note: String {
        let from = "Dates are counted back from"
        return switch (source, day) {
        case (.column(let name), _): "\(from) the column \(quoted(name)) of each row."
        case (_, nil): "No date is written as a day, so none is counted back."
        case (.given, let day?): "\(from) \(day)."
        case (.setting, let day?): "\(from) \(day), which is set for the training file."
        case (.newest, let day?): "\(from) \(day), the newest date of the file."
        case (.today, let day?):
            "\(from) \(day), the present day in UTC (--as-of DATE names another)."
        }
    }
}

extension Schema {
    /// The schema of a model whose training file was so counted: what `retain.yaml` says of that file is not said of others.
    public func trained(_ asOf: AsOf?) -> Schema {
        guard hasDates else { return self }
        var schema = withoutDays
        // A record of predictions holds ages, which were counted back from many days.
        if let day = asOf?.day {
            schema.dates = DateReference(column: schema.dates?.column, trained: day)
        }
        return schema
    }

    /// The schema where a person says from which day the dates of the training file are counted back, instead of what
    /// `retain.yaml` says; unchanged where nobody does, and without dates.
    public func counting(from day: Day?) -> Schema {
        guard let day, hasDates else { return self }
        var schema = self
        schema.dates = DateReference(asOf: day)
        return schema
    }

    /// The schema without what is said of one file only.
    public var withoutDays: Schema {
        var schema = self
        schema.dates = dates?.column.map { DateReference(column: $0) }
        return schema
    }

    /// The schema by which the same file is counted the same again.
    public var repeatingTraining: Schema {
        guard let day = dates?.trained else { return self }
        var schema = self
        schema.dates?.asOf = day
        return schema
    }

    /// Whether any feature is a date.
    public var hasDates: Bool { features.contains { $0.type.kind == .date } }

    /// What the dates of customers to be scored are counted back from: what is given, else the reference column, else the
    /// present day; nil where no feature is a date.
    ///
    /// - Parameters:
    ///   - header: The columns that there are.
    ///   - given: What the caller says.
    ///   - today: The present day.
    /// - Returns: The day, and who says so.
    public func asOf(scoring header: [String], given: Day?, today: Day = .today) -> AsOf? {
        guard hasDates else { return nil }
        if let given { return AsOf(given, .given) }
        return columnAsOf(header) ?? AsOf(today, .today)
    }

    /// What the dates of a file whose outcome is known are counted back from, where nobody need look at its rows: what is
    /// given, else the reference column, else what `retain.yaml` says.
    func asOf(known header: [String], given: Day?) -> AsOf? {
        if let given { return AsOf(given, .given) }
        return columnAsOf(header) ?? dates?.asOf.map { AsOf($0, .setting) }
    }

    private func columnAsOf(_ header: [String]) -> AsOf? {
        guard let column = dates?.column, header.contains(column) else { return nil }
        return AsOf(nil, .column(column))
    }
}

extension DateReference {
    /// Reads the section `dates` of `retain.yaml`.
    init(yaml: inout StrictMapping) throws(YAMLProblem) {
        self.init(column: try yaml.text("reference"))
        guard let text = try yaml.text("as_of") else { return }
        guard let day = Day(text) else {
            throw yaml.problem("as_of", "\(quoted(text)) is no date; write it as 2023-10-31")
        }
        guard column == nil else {
            throw yaml.problem(
                "as_of",
                "the column reference tells each row's day; remove one of them"
            )
        }
        asOf = day
    }

    /// The section, with comments; the newest date of a file is none of it.
    var yaml: String {
        let setting =
            column.map { "dates:\n  reference: \(YAMLText.scalar($0))\n" }
            ?? asOf.map { "dates:\n  as_of: \($0)\n" } ?? "# dates:\n#   reference: COLUMN\n"
        return """
            # What dates are counted back from in training: reference names a date column that tells each
            # row's day, as_of the one day on which the file was drawn; without either it is the newest date
            # of the file. At scoring it is the column, else the day of scoring; --as-of DATE names another.
            \(setting)

            """
    }
}

extension FieldRule {
    /// The days in a column that tells each row's reference date; rows that tell none are appended to `violations`.
    func days(
        _ batch: RecordBatch,
        column index: Int,
        violations: inout [SchemaViolation]
    ) -> [Day?] {
        var rule = self
        rule.reference = Day(number: 0)
        return (0 ..< batch.rowCount).map { row in
            switch rule.read(batch, row: row, column: index, violations: &violations) {
            case .value(let days), .bounded(let days, _): return Day(number: Int(-days))
            case .violation: return nil
            case .null, .unlisted:
                violations.append(
                    SchemaViolation(
                        row: row,
                        line: batch.line(row: row),
                        column: column.name,
                        value: "",
                        rule:
                            "is empty, but tells what the row's dates are counted back from; fill it in"
                    )
                )
                return nil
            }
        }
    }
}
