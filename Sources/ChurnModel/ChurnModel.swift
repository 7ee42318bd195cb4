public import Evaluation
public import Features
public import Schema
public import Tabular

/// A trained model: all that turns a customer's row into a probability and a decision.
public struct ChurnModel: Equatable, Sendable {
    /// What each column means.
    public let schema: Schema
    /// What turns rows into probabilities; the model's is their mean.
    public let parts: [ModelPart]
    /// What turns that into the probability that is shown.
    public let calibration: Calibration
    /// What tells for whom the outcome is certain; nil where training held no rows out for it.
    public let conformal: ConformalClassifier?
    /// The probability from which a customer counts as leaving.
    public let threshold: Double
    /// What the threshold was chosen for.
    public let costs: CampaignCosts

    /// Puts a model together.
    ///
    /// - Precondition: There is a part; the threshold is in 0...1.
    public init(
        schema: Schema,
        parts: [ModelPart],
        calibration: Calibration = .none,
        conformal: ConformalClassifier? = nil,
        threshold: Double,
        costs: CampaignCosts
    ) {
        precondition(!parts.isEmpty, "a model needs a network")
        precondition(threshold >= 0 && threshold <= 1, "threshold \(threshold) is not in 0...1")
        self.schema = schema
        self.parts = parts
        self.calibration = calibration
        self.conformal = conformal
        self.threshold = threshold
        self.costs = costs
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
        calibration.applied(to: try Self.mean(parts, table))
    }

    /// The mean of some networks' probabilities for each row.
    ///
    /// - Precondition: There is a part.
    package static func mean(
        _ parts: [ModelPart],
        _ table: Table
    ) throws(FeatureError) -> [Float] {
        guard table.rowCount > 0 else { return [] }
        return mean(
            try parts.map { part throws(FeatureError) in try part.probabilities(table) }
        )
    }

    /// The mean over the parts, shape [parts, rows], for each row.
    static func mean(_ probabilities: [[Float]]) -> [Float] {
        guard probabilities.count > 1 else { return probabilities[0] }
        var sums = probabilities[0]
        for more in probabilities.dropFirst() {
            for row in sums.indices { sums[row] += more[row] }
        }
        let share = 1 / Float(probabilities.count)
        return sums.map { $0 * share }
    }
}
