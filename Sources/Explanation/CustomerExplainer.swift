public import ChurnModel
public import Output
public import Schema
public import Texts

/// Explains customers with all that a saved model knows: reasons, and where asked what its levers can do.
///
/// ```swift
/// let explainer = try CustomerExplainer(try ModelFolder.load(from: "model"))
/// for customer in try explainer.explain(coded, threads: 2) {
///     print(explainer.sentences(customer, count: 3, .english).joined(separator: "\n"))
/// }
/// ```
public struct CustomerExplainer: Sendable {
    /// The model's features, which rows hold in their order.
    public let features: [ColumnSchema]
    /// The root mean square error of a point for the choice of reference customers, as probability.
    public let referenceError: Double
    /// How many reference customers there are.
    public let referenceCount: Int
    /// What the levers can do; nil where there are none.
    public let levers: LeverSearch?
    let teller: ReasonTeller
    private let explainer: Explainer

    /// Prepares a model.
    ///
    /// - Parameters:
    ///   - saved: Has reference customers.
    ///   - levers: In place of the model's own; nil for these.
    ///   - target: The probability that levers shall get below; nil for the model's threshold.
    /// - Throws: `NoReferenceCustomers` where the model has none; `LeverFault`, `FeatureError`.
    public init(_ saved: SavedModel, levers: [Lever]? = nil, target: Double? = nil) throws {
        guard let references = saved.references else { throw NoReferenceCustomers() }
        explainer = try Explainer(saved.model, references)
        features = saved.model.schema.features
        referenceError = references.error
        referenceCount = references.rows.count
        teller = ReasonTeller(saved.model, saved.reference)
        let levers = levers ?? saved.model.levers
        self.levers =
            levers.isEmpty
            ? nil : try LeverSearch(saved.model, saved.reference, levers: levers, target: target)
    }

    /// Explains customers, in their order.
    ///
    /// - Parameters:
    ///   - rows: The features of the model's schema.
    ///   - method: How reasons are computed.
    ///   - withLevers: Whether the levers are searched, too, where there are any.
    ///   - threads: How many work at once; the result does not depend on it.
    /// - Returns: One for each row.
    public func explain(
        _ rows: CodedRows,
        _ method: ExplanationMethod = .automatic,
        withLevers: Bool = false,
        threads: Int = 1
    ) -> [ExplainedCustomer] {
        let explanations = explainer.explain(rows, method, threads: threads)
        return explanations.enumerated().map { row, explanation in
            let values = Array(rows[row: row])
            return ExplainedCustomer(
                reasons: teller.reasons(explanation, row: values),
                levers: withLevers ? levers?.find(values, threads: threads) : nil,
                isExact: explanation.standardErrors == nil
            )
        }
    }

    /// What people read of a customer, a sentence a line.
    ///
    /// - Parameters:
    ///   - customer: As `explain` gave it.
    ///   - count: How many columns are named at most.
    ///   - language: In which it is told.
    /// - Returns: The reasons, then what the levers can do where that was asked.
    public func sentences(
        _ customer: ExplainedCustomer,
        count: Int,
        _ language: Language
    ) -> [String] {
        let found = customer.levers.flatMap { levers?.sentences($0, language) } ?? []
        return teller.sentences(customer.reasons, count: count, language) + found
    }
}

/// One customer, explained.
public struct ExplainedCustomer: Equatable, Sendable {
    /// Why the customer has this score.
    public private(set) var reasons: CustomerReasons
    /// What the levers can do; nil where that was not asked, or there are none.
    public let levers: LeverFinding?
    /// Whether the points are exact; else they are sampled and have standard errors.
    public let isExact: Bool

    /// Takes over how values stand in the customer's file, where the coded row can't tell: dates, and levels that are
    /// not listed.
    ///
    /// - Parameter written: The text of a feature, by its place; nil where the coded value says it all.
    public mutating func setValues(_ written: (Int) -> String?) {
        for place in reasons.reasons.indices {
            if let text = written(reasons.reasons[place].place) {
                reasons.reasons[place].value = text
            }
        }
    }
}

/// Reasons are asked of a model that was saved without reference customers.
public struct NoReferenceCustomers: RetainError, Equatable {
    /// What was read is to blame.
    public var exitStatus: ExitStatus { .badData }

    /// One line: what, why, how to fix it.
    public var description: String {
        "this model has no reference customers, against whom reasons are told, since an older Retain trained it;"
            + " train it anew"
    }
}
