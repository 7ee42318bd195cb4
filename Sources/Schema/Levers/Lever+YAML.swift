import Output

extension [Lever] {
    /// Reads the `levers` section of `retain.yaml`.
    ///
    /// - Parameters:
    ///   - yaml: The section: a key for each column.
    ///   - schema: Has the columns.
    /// - Throws: `YAMLProblem` with line, key, value and rule.
    public init(yaml: inout StrictMapping, schema: Schema) throws(YAMLProblem) {
        self = []
        for name in yaml.keys {
            let lever = try yaml.mapping(name) { fields throws(YAMLProblem) in
                let lever = try Lever(name, yaml: &fields)
                if let fault = lever.problem(in: schema) {
                    throw fields.problem(fault.key, fault.message)
                }
                return lever
            }
            if let lever { append(lever) }
        }
        let order = schema.features.map(\.name)
        sort { order.firstIndex(of: $0.column) ?? 0 < order.firstIndex(of: $1.column) ?? 0 }
        if let excess { throw yaml.problem("", excess) }
    }

    /// The section as text; as a comment where there are no levers.
    public var yaml: String {
        let head = """
            # What the company can change for a customer; `retain explain --levers` then looks for the cheapest change that
            # brings the score below the threshold. A number: minimum, maximum, step; others: levels. direction is up or
            # down, cost is that of a step, requires says what other columns must be: {OTHER: {levels: [yes]}}.

            """
        guard !isEmpty else {
            return head + """
                # levers:
                #   COLUMN:
                #     minimum: 1
                #     maximum: 2
                #     step: 1
                #     direction: up
                #     cost: 8

                """
        }
        return head + "levers:\n" + map(\.yaml).joined()
    }
}

extension Lever {
    fileprivate init(_ name: String, yaml: inout StrictMapping) throws(YAMLProblem) {
        let minimum = try yaml.number("minimum")
        let maximum = try yaml.number("maximum")
        let step = try yaml.number("step")
        let levels = try yaml.texts("levels")
        if levels != nil, minimum ?? maximum ?? step != nil {
            throw yaml.problem("levels", "goes without minimum, maximum and step")
        }
        let requirements = try yaml.mapping("requires") { list throws(YAMLProblem) in
            var requirements: [Requirement] = []
            for other in list.keys {
                let asked = try list.mapping(other) { fields throws(YAMLProblem) in
                    Requirement(
                        other,
                        minimum: try fields.number("minimum"),
                        maximum: try fields.number("maximum"),
                        levels: try fields.texts("levels")
                    )
                }
                if let asked { requirements.append(asked) }
            }
            return requirements
        }
        self.init(
            name,
            levels.map { .listed($0) }
                ?? .range(minimum: minimum, maximum: maximum, step: step ?? 1),
            direction: try yaml.choice("direction", Direction.self),
            cost: try yaml.number("cost") ?? 0,
            requirements: requirements ?? []
        )
    }

    fileprivate var yaml: String {
        var lines: [String] = []
        switch values {
        case .listed(let levels): lines.append("levels: \(YAMLText.list(levels))")
        case .range(let minimum, let maximum, let step):
            if let minimum { lines.append("minimum: \(numberText(minimum))") }
            if let maximum { lines.append("maximum: \(numberText(maximum))") }
            lines.append("step: \(numberText(step))")
        }
        if let direction { lines.append("direction: \(direction.rawValue)") }
        lines.append("cost: \(numberText(cost))")
        if !requirements.isEmpty { lines.append("requires:") }
        for requirement in requirements {
            lines.append("  \(YAMLText.key(requirement.column))")
            if let least = requirement.minimum { lines.append("    minimum: \(numberText(least))") }
            if let most = requirement.maximum { lines.append("    maximum: \(numberText(most))") }
            if let levels = requirement.levels {
                lines.append("    levels: \(YAMLText.list(levels))")
            }
        }
        return "  \(YAMLText.key(column))\n" + lines.map { "    \($0)\n" }.joined()
    }
}
