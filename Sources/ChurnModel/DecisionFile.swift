import Evaluation

/// What follows the networks' output: `retain/calibration.json`.
struct DecisionFile: Codable, Equatable {
    let calibration: Calibration
    let conformal: ConformalClassifier?
    let threshold: Double
    let costs: CampaignCosts
}
