import Output
public import Schema

/// When and how a model is trained anew; the `retraining` section of `retain.yaml`.
///
/// A customer who was offered something and stayed may have stayed because of the offer. The model is asked who leaves
/// if nobody does anything, and that is not what such a label tells (van Geloven et al., "Prediction meets causal
/// inference: the role of treatment in clinical prediction models", European Journal of Epidemiology 35, 2020). Learned
/// from like any other, those labels teach that whom the campaign reaches is safe, and the next list leaves them out.
/// So treated customers are excluded, or count less in learning; nobody is ever judged by them.
///
/// Excluding is right where chance decided who was treated, or at least some like them were not: where everyone above
/// a score gets an offer, nobody is left there to learn from (Pajouheshnia et al., "Accounting for treatment use when
/// validating a prognostic model", BMC Medical Research Methodology 17, 2017). Leave a random part of each list without
/// an offer.
public struct RetrainingRules: Codable, Equatable, Sendable {
    /// How much a treated customer counts in learning, in 0 ..< 1; 0 excludes.
    public var treatedWeight = 0.0
    /// The column of a CSV file that says who was treated; nil where no file does.
    public var treatedColumn: String?
    /// Fewer labelled rows of untreated customers tell too little.
    public var minRows = 1_000
    /// By how much the realised log loss must surely lie above the promised one, in nats.
    public var lossIncrease = 0.01

    /// Creates the default rules.
    public init() {}
}

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
            # When `retain retrain` trains anew, and what it and `retain train` do with customers who got an offer: who
            # stayed may have stayed because of it, so they are excluded, or count less; nobody is ever judged by them.
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
