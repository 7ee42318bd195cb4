public import Evaluation
public import Features
import Kernels
public import Schema
public import Tabular

/// A trained model: all that turns a customer's row into a probability and a decision.
///
/// ```swift
/// let model = try ModelFolder.load(from: "model").model
/// let probabilities = try model.predict(rows)
/// for probability in probabilities { print(probability, model.risk(of: probability)) }
/// ```
public struct ChurnModel: Equatable, Sendable {
    /// What each column means.
    public let schema: Schema
    /// The networks; what they say together is the mean of their probabilities.
    public let parts: [ModelPart]
    /// The trees whose margin is joined with the networks'; nil in `seed` and `fast`.
    public let trees: TreePart?
    /// What turns that into the probability that is shown.
    public let calibration: Calibration
    /// What tells for whom the outcome is certain; nil where training held no rows out for it.
    public let conformal: ConformalClassifier?
    /// The probability from which a customer counts as leaving.
    public let threshold: Double
    /// What the threshold was chosen for.
    public let costs: CampaignCosts
    /// Which reasons people are told.
    public let reasons: ReasonRules
    /// What the company can change for a customer.
    public let levers: [Lever]

    /// Puts a model together.
    ///
    /// - Precondition: There is a network; the threshold is in 0...1.
    public init(
        schema: Schema,
        parts: [ModelPart],
        trees: TreePart? = nil,
        calibration: Calibration = .none,
        conformal: ConformalClassifier? = nil,
        threshold: Double,
        costs: CampaignCosts,
        reasons: ReasonRules = ReasonRules(),
        levers: [Lever] = []
    ) {
        precondition(!parts.isEmpty, "a model needs a network")
        precondition(threshold >= 0 && threshold <= 1, "threshold \(threshold) is not in 0...1")
        self.schema = schema
        self.parts = parts
        self.trees = trees
        self.calibration = calibration
        self.conformal = conformal
        self.threshold = threshold
        self.costs = costs
        self.reasons = reasons
        self.levers = levers
    }

    /// The probability that each customer leaves.
    ///
    /// A row's result has the same bits alone and among any others.
    ///
    /// - Parameter table: Rows that the schema has accepted; columns that are no features are ignored.
    /// - Returns: Shape [rows], in 0...1.
    /// - Throws: `FeatureError` where a feature is absent or of another type.
    /// - Complexity: O(rows · parameters).
    public func predict(_ table: Table) throws(FeatureError) -> [Float] {
        calibration.applied(to: try Self.blended(parts, trees, table))
    }

    /// The probability of each row by networks and trees together, before calibration.
    ///
    /// - Precondition: There is a network.
    package static func blended(
        _ parts: [ModelPart],
        _ trees: TreePart?,
        _ table: Table
    ) throws(FeatureError) -> [Float] {
        let networks = try mean(parts, table)
        guard let trees, table.rowCount > 0 else { return networks.map(Float.init) }
        return trees.joined(try trees.margins(table), with: networks)
    }

    /// The mean of some networks' probabilities for each row.
    ///
    /// - Precondition: There is a part.
    package static func mean(
        _ parts: [ModelPart],
        _ table: Table
    ) throws(FeatureError) -> [Double] {
        guard table.rowCount > 0 else { return [] }
        return elementwiseMean(
            try parts.map { part throws(FeatureError) in try part.probabilities(table) }
        )
    }
}
