public import ChurnModel
public import Drift
import Schema

/// Why one customer has this score, as people and programs may be told it.
///
/// `base`, the points of `reasons` and those of `others` add up to `probability`.
public struct CustomerReasons: Equatable, Sendable {
    /// The calibrated probability that the customer leaves.
    public let probability: Double
    /// The mean score, from which the points count.
    public let base: Double
    /// What each column adds that may be named, the greatest first; of equals the earlier column.
    public internal(set) var reasons: [Reason]
    /// What the columns add together that may not be named; nil where there are none.
    public let others: Double?
}

/// Turns explanations into reasons: which columns may be named, what their values are, where they stand.
///
/// ```swift
/// let teller = ReasonTeller(model, reference)
/// for (row, explanation) in explainer.explain(coded).enumerated() {
///     let reasons = teller.reasons(explanation, row: Array(coded[row: row]))
///     print(teller.sentences(reasons, count: 3, .english))
/// }
/// ```
public struct ReasonTeller: Sendable {
    /// From this many points of a hundred on a column is told of in sentences.
    let leastPoints: Double
    let features: [ColumnSchema]
    /// The training rows' numbers of each feature; nil for levels.
    let samples: [OrderedSample?]
    private let isNamed: [Bool]
    private let unlisted: [String]

    /// Prepares a model.
    ///
    /// - Parameters:
    ///   - model: Has the rules.
    ///   - reference: Has the training rows' values.
    public init(_ model: ChurnModel, _ reference: DriftReference) {
        let features = model.schema.features
        self.features = features
        leastPoints = model.reasons.leastPoints
        isNamed = features.map(model.reasons.mayName)
        unlisted = features.map(model.schema.unlistedText)
        samples = features.map { feature in
            // Where an age stands tells a reader of dates nothing.
            guard case .number = feature.type else { return nil }
            return reference.columns.first { $0.name == feature.name }?.sample
        }
    }

    /// The reasons of one customer.
    ///
    /// - Parameters:
    ///   - explanation: Of the features of the model's schema.
    ///   - row: The customer's coded values.
    /// - Returns: With values as a file has them; a date as its age.
    /// - Complexity: O(features log features).
    public func reasons(_ explanation: Explanation, row: [Double]) -> CustomerReasons {
        let named = features.indices.filter { isNamed[$0] }
        let ranked = named.sorted { one, other in
            let (left, right) = (
                explanation.points[one].magnitude, explanation.points[other].magnitude
            )
            return left != right ? left > right : one < other
        }
        let hidden = features.indices.filter { !isNamed[$0] }
        return CustomerReasons(
            probability: explanation.probability,
            base: explanation.base,
            reasons: ranked.map { place in
                Reason(
                    column: features[place].name,
                    value: text(of: row[place], at: place),
                    points: explanation.points[place],
                    standardError: explanation.standardErrors?[place],
                    place: place,
                    coded: row[place]
                )
            },
            others: hidden.isEmpty
                ? nil : hidden.reduce(0) { $0 + explanation.points[$1] }
        )
    }

    /// A coded value as a file has it; empty for none.
    func text(of value: Double, at place: Int) -> String {
        let feature = features[place]
        guard let coding = feature.type.coding, !coding.isNull(value) else { return "" }
        guard coding == .number || value >= 0 else { return unlisted[place] }
        return feature.format?.text(of: value) ?? feature.type.text(of: value)
    }
}
