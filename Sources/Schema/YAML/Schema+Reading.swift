extension Schema {
    /// Reads the schema's part of `retain.yaml`.
    ///
    /// These are the keys `version`, `target`, `identifier`, `null_values` and `columns`; the caller
    /// goes on to read the other sections from the same mapping.
    ///
    /// - Throws: `YAMLProblem` with the place of the first thing that is wrong.
    public init(yaml: inout StrictMapping) throws(YAMLProblem) {
        let version = try yaml.required("version", try yaml.integer("version"))
        guard version == 1 else {
            throw yaml.problem("version", "\(version) is not known; this retain reads version 1")
        }
        let target = try yaml.mapping("target") { fields throws(YAMLProblem) in
            let target = Target(
                column: try fields.required("column", try fields.text("column")),
                positive: try fields.required("positive", try fields.text("positive")),
                negative: try fields.required("negative", try fields.text("negative"))
            )
            guard ExactText(target.positive) != ExactText(target.negative) else {
                throw fields.problem("negative", "must differ from positive")
            }
            return target
        }
        self.target = try yaml.required("target", target)
        identifier = try yaml.text("identifier")
        nullValues = try yaml.texts("null_values") ?? []
        let meaning = self.target
        let columns = try yaml.mapping("columns") { list throws(YAMLProblem) in
            var columns: [ColumnSchema] = []
            for name in list.keys {
                let column = try list.mapping(name) { fields throws(YAMLProblem) in
                    try ColumnSchema(name: name, target: meaning, yaml: &fields)
                }
                if let column { columns.append(column) }
            }
            return columns
        }
        self.columns = try yaml.required("columns", columns)
        try checkColumns(yaml)
    }

    private func checkColumns(_ yaml: StrictMapping) throws(YAMLProblem) {
        let names = columns.map(\.name)
        let targets = columns.filter { $0.role == .target }.map(\.name)
        guard targets == [target.column] else {
            let help =
                names.contains(target.column)
                ? "give it, and no other column, role: target" : "it is not listed under columns"
            throw yaml.problem(
                "target",
                "the target is \(quoted(target.column)); \(help)"
                    + (names.contains(target.column)
                        ? "" : suggestion(for: target.column, in: names))
            )
        }
        if let identifier,
            !columns.contains(where: { $0.name == identifier && $0.role == .identifier })
        {
            throw yaml.problem(
                "identifier",
                "\(quoted(identifier)) must be a column with role: identifier"
                    + suggestion(for: identifier, in: names)
            )
        }
        guard !features.isEmpty else {
            throw yaml.problem("columns", "at least one column needs role: feature")
        }
    }
}

/// What `leak:` may say.
private enum LeakPermission: String, CaseIterable {
    case allowed
}

/// What `privacy:` may say.
private enum Privacy: String, CaseIterable {
    case personal
}

extension ColumnSchema {
    /// Reads one entry of `columns`.
    fileprivate init(
        name: String,
        target: Schema.Target,
        yaml: inout StrictMapping
    ) throws(YAMLProblem) {
        let role = try yaml.required("role", try yaml.choice("role", Role.self))
        guard role != .target else {
            self.init(
                name: name,
                role: role,
                type: .boolean(no: target.negative, yes: target.positive)
            )
            return
        }
        let type = try ColumnType(yaml: &yaml)
        guard role != .feature || type != .text else {
            throw yaml.problem(
                "type",
                "text can't be a feature; list its levels with type: levels, or use role: ignored"
            )
        }
        let nulls = try yaml.choice("nulls", NullPolicy.self)
        var unseen: UnseenPolicy?
        if case .levels = type { unseen = try yaml.choice("unseen", UnseenPolicy.self) }
        let leak = try yaml.choice("leak", LeakPermission.self)
        guard leak == nil || role == .feature else {
            throw yaml.problem("leak", "allowed makes sense only with role: feature")
        }
        let privacy = try yaml.choice("privacy", Privacy.self)
        self.init(
            name: name,
            role: role,
            type: type,
            nulls: nulls ?? .error,
            unseen: unseen ?? .error,
            leakAllowed: leak == .allowed,
            personal: privacy == .personal
        )
    }
}

extension ColumnType {
    fileprivate init(yaml: inout StrictMapping) throws(YAMLProblem) {
        switch try yaml.required("type", try yaml.choice("type", Kind.self)) {
        case .number:
            let minimum = try yaml.number("minimum")
            let maximum = try yaml.number("maximum")
            if let minimum, let maximum, minimum > maximum {
                throw yaml.problem("maximum", "must not be below minimum")
            }
            self = .number(minimum: minimum, maximum: maximum)
        case .boolean:
            let levels = try Self.levels(&yaml)
            guard levels.count == 2 else {
                throw yaml.problem("levels", "a boolean has two levels: first no, then yes")
            }
            self = .boolean(no: levels[0], yes: levels[1])
        case .levels: self = .levels(try Self.levels(&yaml))
        case .text: self = .text
        }
    }

    private static func levels(_ yaml: inout StrictMapping) throws(YAMLProblem) -> [String] {
        let levels = try yaml.required("levels", try yaml.texts("levels"))
        guard !levels.isEmpty else { throw yaml.problem("levels", "needs at least one level") }
        var seen: Set<ExactText> = []
        for level in levels where !seen.insert(ExactText(level)).inserted {
            throw yaml.problem("levels", "lists \(quoted(level)) twice; remove one")
        }
        return levels
    }
}
