/// Which reasons people are told; the `reasons` section of `retain.yaml`.
public struct ReasonRules: Codable, Equatable, Sendable {
    /// Columns that no reason names; they count under "all other columns", as those with `privacy: personal` do.
    public var hidden: [String]
    /// A column with fewer points of a hundred than this counts under "all other columns" in sentences.
    public var leastPoints: Double

    private enum CodingKeys: String, CodingKey {
        case hidden
        case leastPoints = "least_points"
    }

    /// The usual rules hide nothing and tell of half a point on.
    public init(hidden: [String] = [], leastPoints: Double = 0.5) {
        self.hidden = hidden
        self.leastPoints = leastPoints
    }
}

extension ReasonRules {
    /// Reads the section; what it leaves out keeps its default.
    ///
    /// - Parameters:
    ///   - yaml: The section.
    ///   - schema: Has the columns that may be hidden.
    /// - Throws: `YAMLProblem` with line, key, value and rule.
    public init(yaml: inout StrictMapping, schema: Schema) throws(YAMLProblem) {
        self.init()
        hidden = try yaml.texts("hidden") ?? []
        leastPoints = try yaml.number("least_points", in: 0 ... 100) ?? leastPoints
        let names = schema.columns.map(\.name)
        for name in hidden where !names.contains(name) {
            throw yaml.problem(
                "hidden",
                "\(quoted(name)) is no column of the schema" + suggestion(for: name, in: names)
            )
        }
    }

    /// The section as text.
    public var yaml: String {
        let list = YAMLText.list(hidden.isEmpty ? ["COLUMN"] : hidden)
        return """
            # Why a customer has this score is told column by column. No reason names a hidden column, nor one with
            # privacy: personal; nor one with fewer points of a hundred than least_points.
            reasons:
              \(hidden.isEmpty ? "# " : "")hidden: \(list)
              least_points: \(leastPoints)

            """
    }

    /// Whether a reason may name a column.
    public func mayName(_ column: ColumnSchema) -> Bool {
        !column.personal && !hidden.contains(column.name)
    }
}
