import Tabular

/// Any text; it has no coded form, so that it can't be a feature.
struct TextKind: ColumnKind {
    var type: ColumnType { .text }
    var coding: Coding? { nil }

    static let help = "anything; never a feature"

    var yaml: [(setting: String, comment: String)] { [] }

    func encode(to fields: inout KeyedEncodingContainer<ColumnType.Key>) throws {}

    func read(_ text: String, by rule: FieldRule) -> FieldRule.Reading { .null }

    func decode(
        _ batch: RecordBatch,
        column: Int,
        by rule: FieldRule,
        violations: inout [SchemaViolation]
    ) -> Column {
        .text(batch.texts(column: column))
    }

    func requestField(_ unseen: UnseenPolicy) -> RequestField {
        RequestField(type: "string", example: .text(""))
    }

    var example: Double { .nan }

    func text(of value: Double) -> String { "" }
}

extension TextKind {
    init(yaml: inout StrictMapping) throws(YAMLProblem) {}

    init(from fields: KeyedDecodingContainer<ColumnType.Key>) throws {}
}
