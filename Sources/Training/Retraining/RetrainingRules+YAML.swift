private import Files
public import Schema

extension RetrainingRules {
    /// Reads the section; what it leaves out keeps its default.
    ///
    /// - Parameters:
    ///   - yaml: The section.
    ///   - schema: Has the columns that `treated_column` must not be one of.
    /// - Throws: `YAMLProblem` with line, key, value and rule.
    public init(yaml: inout StrictMapping, schema: Schema) throws(YAMLProblem) {
        self.init()
        let policy = try yaml.choice("treated", TreatedPolicy.self)
        let weight = try yaml.number("treated_weight", in: 0.001 ... 0.999)
        switch policy {
        case .weight: treatedWeight = weight ?? Self.usualWeight
        case .exclude, nil:
            guard weight == nil else {
                throw yaml.problem("treated_weight", "goes with \"treated: weight\" only")
            }
        }
        treatedColumn = try yaml.text("treated_column")
        if let treatedColumn,
            let column = schema.columns.first(where: { $0.name == treatedColumn }),
            column.role == .feature || column.role == .target
        {
            throw yaml.problem(
                "treated_column",
                "\(jsonString(treatedColumn)) has role: \(column.role.rawValue); whom an offer went to is known"
                    + " only afterwards, so give that column role: ignored"
            )
        }
        minRows = try yaml.integer("min_rows", in: 40 ... 1_000_000_000) ?? minRows
        lossIncrease = try yaml.number("loss_increase", in: 0 ... 10) ?? lossIncrease
    }

    /// The section as text.
    public var yaml: String {
        let policy: TreatedPolicy = treatedWeight > 0 ? .weight : .exclude
        let weight = "treated_weight: \(treatedWeight > 0 ? treatedWeight : Self.usualWeight)"
        let column = "treated_column: \(jsonString(treatedColumn ?? "offered"))"
        return """
            # When and how `retain retrain` trains anew. Who stayed after an offer may have stayed because of it, so
            # such customers are excluded, or count less in learning; nobody is ever judged by them.
            retraining:
              treated: \(policy.rawValue)  # or \(policy == .exclude ? "weight" : "exclude")
              \(treatedWeight > 0 ? "" : "# ")\(weight)  # what such a customer counts, with treated: weight
              \(treatedColumn == nil ? "# " : "")\(column)  # of a CSV file: who got an offer
              min_rows: \(minRows)  # labelled and without an offer; fewer tell too little
              loss_increase: \(lossIncrease)  # by how much log loss must surely lie above what was promised

            """
    }

    private static let usualWeight = 0.5
}

private enum TreatedPolicy: String, CaseIterable { case exclude, weight }
