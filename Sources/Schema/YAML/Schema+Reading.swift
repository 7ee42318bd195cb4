extension Schema {
    /// Reads the schema's part of `retain.yaml`.
    ///
    /// These are the keys `version`, `target`, `identifier`, `null_values`, `horizon`, `dates` and `columns`; the caller
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
                negative: try fields.required("negative", try fields.text("negative")),
                others: try fields.choice("others", OtherLevels.self) ?? .error
            )
            guard ExactText(target.positive) != ExactText(target.negative) else {
                throw fields.problem("negative", "must differ from positive")
            }
            return target
        }
        self.target = try yaml.required("target", target)
        identifier = try yaml.text("identifier")
        nullValues = try yaml.texts("null_values") ?? []
        horizonDays = try yaml.days("horizon", in: 1 ... 3650)
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
        try takeFormsOfDates(yaml)
        dates = try yaml.mapping("dates") { fields throws(YAMLProblem) in
            try DateReference(yaml: &fields)
        }
        try checkColumns(yaml)
    }

    /// A place in the year is read off the dates of another column, and so as they are written.
    private mutating func takeFormsOfDates(_ yaml: StrictMapping) throws(YAMLProblem) {
        for place in columns.indices {
            guard case .cycle(let part, let source, _) = columns[place].type else { continue }
            guard let dates = features.first(where: { $0.name == source }),
                case .date(let form, _) = dates.type
            else {
                throw yaml.problem(
                    "columns",
                    "\(quoted(columns[place].name)) is of \(quoted(source)), which must be a feature with type: date"
                        + suggestion(for: source, in: columns.map(\.name))
                )
            }
            columns[place].type = .cycle(part, of: source, form)
        }
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
        let weights = columns.filter { $0.role == .weight }
        guard weights.count <= 1 else {
            throw yaml.problem(
                "columns",
                "\(quoted(weights[1].name)) is the second column with role: weight; leave one"
            )
        }
        if let reference = dates?.column,
            !columns.contains(where: { $0.name == reference && $0.type.kind == .date })
        {
            throw yaml.problem(
                "dates",
                "the reference \(quoted(reference)) must be a column with type: date"
                    + suggestion(for: reference, in: names)
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
        let kind = try yaml.required("type", try yaml.choice("type", ColumnType.Kind.self))
        let type = try kind.home.init(yaml: &yaml).type
        guard role != .feature || type.coding != nil else {
            throw yaml.problem(
                "type",
                "text can't be a feature; list its levels with type: levels, or use role: ignored"
            )
        }
        guard role != .weight || kind == .number else {
            throw yaml.problem("type", "a weight is a number; write type: number")
        }
        let format = kind == .number ? try yaml.numberForm("format") : nil
        let nulls = try yaml.choice("nulls", NullPolicy.self)
        guard role != .weight || nulls != .impute else {
            throw yaml.problem(
                "nulls",
                "a row without a weight can't be imputed one; leave this out"
            )
        }
        let words = try yaml.texts("null_values") ?? []
        var unseen: UnseenPolicy?
        if case .level = type.coding { unseen = try yaml.choice("unseen", UnseenPolicy.self) }
        var outside: OutsidePolicy?
        if case .number = type.coding { outside = try yaml.choice("outside", OutsidePolicy.self) }
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
            personal: privacy == .personal,
            outside: outside ?? .bound
        )
        self.format = format
        nullWords = words
    }
}

extension StrictMapping {
    /// A number of days, as `90d`.
    fileprivate mutating func days(
        _ key: String,
        in bounds: ClosedRange<Int>
    ) throws(YAMLProblem) -> Int? {
        guard let text = try text(key) else { return nil }
        guard text.hasSuffix("d"), let days = Int(text.dropLast()), bounds.contains(days) else {
            throw problem(
                key,
                "\(quoted(text)) must be a number of days from \(bounds.lowerBound)d to \(bounds.upperBound)d, such as 90d"
            )
        }
        return days
    }

    /// How numbers are written, as an example.
    fileprivate mutating func numberForm(_ key: String) throws(YAMLProblem) -> NumberForm? {
        guard let example = try text(key) else { return nil }
        guard let form = NumberForm(example: example) else {
            throw problem(
                key,
                "\(quoted(example)) must be a number as the column writes it, such as 1,234.50, 1.234,50, $1,234.50 or 12.5%"
            )
        }
        return form
    }
}
