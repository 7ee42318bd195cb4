import Evaluation
import Schema

/// What follows the networks' output: `retain/calibration.json`.
struct DecisionFile: Codable, Equatable {
    let calibration: Calibration
    let conformal: ConformalClassifier?
    let threshold: Double
    let costs: CampaignCosts
    /// Nil where nothing else is said than what is usual, so that such files are as ever.
    let reasons: ReasonRules?
    let levers: [Lever]?

    init(_ model: ChurnModel) {
        calibration = model.calibration
        conformal = model.conformal
        threshold = model.threshold
        costs = model.costs
        reasons = model.reasons == ReasonRules() ? nil : model.reasons
        levers = model.levers.isEmpty ? nil : model.levers
    }
}
