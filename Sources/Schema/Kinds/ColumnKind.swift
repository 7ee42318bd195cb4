import Tabular

/// What a kind of column says of itself.
///
/// All that Retain knows of numbers, booleans, levels, dates and texts stands behind these requirements, in one file for each
/// kind. Other targets ask `ColumnType`, which passes the question on, and mostly no more than how values are coded.
protocol ColumnKind: Sendable {
    /// The same as a value of `ColumnType`.
    var type: ColumnType { get }
    /// How values are coded; nil where the kind can't be a feature.
    var coding: Coding? { get }

    // In retain.yaml.

    /// What is said of the kind in the comment above the columns.
    static var help: String { get }
    /// Reads the settings beside `type`.
    init(yaml: inout StrictMapping) throws(YAMLProblem)
    /// The settings beside `type`, and a comment on each, which may be empty.
    var yaml: [(setting: String, comment: String)] { get }

    // In a model folder.

    /// Reads what `encode(to:)` writes.
    init(from fields: KeyedDecodingContainer<ColumnType.Key>) throws
    /// Writes the settings beside `kind`.
    func encode(to fields: inout KeyedEncodingContainer<ColumnType.Key>) throws

    // In files and requests.

    /// What a text means that is neither empty nor a listed level.
    func read(_ text: String, by rule: FieldRule) -> FieldRule.Reading
    /// What a number of a request means, which is no listed level's name; the text is how it was written.
    func read(number: Double, _ text: String, by rule: FieldRule) -> FieldRule.Reading
    /// One column of a batch of records, coded; rows that break the rule are appended to `violations`.
    func decode(
        _ batch: RecordBatch,
        column: Int,
        by rule: FieldRule,
        violations: inout [SchemaViolation]
    ) -> Column
    /// The numbers that are coded as themselves, where nearly every value of a request ends; nil where none is.
    var plainNumbers: ClosedRange<Double>? { get }
    /// What a request holds for it.
    func requestField(_ unseen: UnseenPolicy) -> RequestField
    /// A coded value in the middle of what is allowed.
    var example: Double { get }

    // For people.

    /// A coded value, which is not null, as a file has it.
    func text(of value: Double) -> String

    /// The same kind without what rows are refused for.
    var acceptingAll: ColumnType { get }
}

extension ColumnKind {
    var acceptingAll: ColumnType { type }
    var plainNumbers: ClosedRange<Double>? { nil }
    func read(number: Double, _ text: String, by rule: FieldRule) -> FieldRule.Reading {
        rule.read(text)
    }
}

/// What kinds with levels have in common.
extension ColumnKind {
    func decode(
        _ batch: RecordBatch,
        column: Int,
        by rule: FieldRule,
        violations: inout [SchemaViolation]
    ) -> Column {
        .level(
            codes: rule.codes(batch, column: column, violations: &violations),
            levels: rule.levels
        )
    }

    func text(of value: Double) -> String { type.listed[Int(value)] }
}
