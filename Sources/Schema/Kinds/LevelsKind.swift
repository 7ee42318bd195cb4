/// One of a list; coded as its place in it.
struct LevelsKind: ColumnKind {
    let levels: [String]

    var type: ColumnType { .levels(levels) }
    var coding: Coding? { .level(levels) }

    static let help = "one of a list; the first is the base the others are compared with"

    /// On one line where it fits, else one level a line.
    var yaml: [(setting: String, comment: String)] {
        let line = "levels: \(YAMLText.list(levels))"
        guard line.count > 96 else { return [(line, "")] }
        return [("levels:", "")] + levels.map { ("  - \(YAMLText.scalar($0))", "") }
    }

    func encode(to fields: inout KeyedEncodingContainer<ColumnType.Key>) throws {
        try fields.encode(levels, forKey: .levels)
    }

    func read(_ text: String, by rule: FieldRule) -> FieldRule.Reading {
        guard rule.column.unseen == .error else { return .unlisted }
        let near = nearestName(to: text, in: levels)
        let help =
            near.map { "did you mean \(quoted($0))?" } ?? "it is one of \(listed(levels))"
        return .violation(
            "is not a level of this column; \(help) (unseen: other accepts new levels)"
        )
    }

    func requestField(_ unseen: UnseenPolicy) -> RequestField {
        let values = levels.map(RequestField.Literal.text)
        let isOpen = unseen == .other
        return RequestField(
            type: "string",
            allowed: isOpen ? [] : values,
            // A caller wants to see what levels are like, and not thousands of them.
            examples: isOpen ? Array(values.prefix(Self.mostExamples)) : [],
            note: isOpen ? "Another level counts as none of the known ones." : nil,
            example: values.first ?? .text("")
        )
    }

    private static let mostExamples = 100

    var example: Double { 0 }
}

extension LevelsKind {
    init(yaml: inout StrictMapping) throws(YAMLProblem) { levels = try yaml.levels() }

    init(from fields: KeyedDecodingContainer<ColumnType.Key>) throws {
        levels = try fields.decode([String].self, forKey: .levels)
    }
}

extension StrictMapping {
    /// Reads a list of levels, each of which is there once.
    mutating func levels() throws(YAMLProblem) -> [String] {
        let levels = try required("levels", try texts("levels"))
        guard !levels.isEmpty else { throw problem("levels", "needs at least one level") }
        var seen: Set<ExactText> = []
        for level in levels where !seen.insert(ExactText(level)).inserted {
            throw problem("levels", "lists \(quoted(level)) twice; remove one")
        }
        return levels
    }
}
