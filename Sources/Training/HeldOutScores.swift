import Evaluation

/// Probabilities for training rows by networks that have not seen them.
struct HeldOutScores: Sendable {
    let labels: [Bool]
    let probabilities: [Double]

    /// The probabilities that are shown: the model's calibrate float32 numbers.
    func calibrated(_ calibration: Calibration) -> [Double] {
        calibration.applied(to: probabilities.map { Float($0) }).map(Double.init)
    }

    static let purpose: UInt64 = 0x6865_6c64
    static let folds = 5

    /// How many of the folds are held out and scored: so many that 2,500 rows are scored.
    ///
    /// More rows make the calibration hardly better, and each fold costs a training.
    static func foldsScored(rows: Int) -> Int {
        min(folds, (2_500 * folds + rows - 1) / max(1, rows))
    }
}
