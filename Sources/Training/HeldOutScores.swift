import Evaluation

/// Probabilities for training rows by members of the model that have not seen them.
struct HeldOutScores: Sendable {
    let labels: [Bool]
    let probabilities: [Double]

    /// The probabilities that are shown: the model's calibrate float32 numbers.
    func calibrated(_ calibration: Calibration) -> [Double] {
        calibration.applied(to: probabilities.map { Float($0) }).map(Double.init)
    }
}

/// Training rows, dealt into five folds of which some or all are held out in turn.
struct HeldOutFolds: Sendable {
    let training: NetworkRecipe.Rows
    /// The fold of each row.
    let folds: StratifiedFolds
    /// How many of the folds are held out and scored, from the first.
    let scored: Int

    static let purpose: UInt64 = 0x6865_6c64
    static let count = 5

    /// Deals rows.
    ///
    /// - Parameters:
    ///   - training: All rows to learn from.
    ///   - isScored: Whether folds are scored at all.
    ///   - seed: Random seed of the dealing.
    init(_ training: NetworkRecipe.Rows, isScored: Bool, seed: UInt64) {
        self.training = training
        folds = StratifiedFolds(
            labels: training.labels,
            count: Self.count,
            seed: seed,
            purpose: Self.purpose
        )
        scored =
            isScored && training.canBeFolded ? Self.scored(rows: training.labels.count) : 0
    }

    /// How many of the folds are scored: so many that 2,500 rows are.
    ///
    /// More rows make what is chosen by them hardly better, and each fold costs a training.
    static func scored(rows: Int) -> Int {
        min(count, (2_500 * count + rows - 1) / max(1, rows))
    }

    /// The rows without a fold; all of them where it is nil.
    func kept(_ fold: Int?) -> NetworkRecipe.Rows {
        guard let fold else { return training }
        return training.selecting(folds.kept(fold))
    }

    /// The rows of a fold by which may be judged.
    func heldOut(_ fold: Int) -> NetworkRecipe.Rows {
        training.selecting(folds.heldOut(fold)).judging
    }

    /// The truth of the rows of each scored fold, one fold after the other.
    var scoredLabels: [Bool] { (0 ..< scored).flatMap { heldOut($0).labels } }

    /// All rows, and then the rows without each scored fold: what members are fitted to.
    var sets: [Int?] { [nil] + (0 ..< scored).map { $0 } }
}
