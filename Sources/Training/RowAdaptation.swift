import ChurnModel
import Kernels
import NeuralNetwork

/// What the number of rows asks of training: fewer epochs where there are many, more weight decay where
/// there are few.
public struct RowAdaptation: Codable, Equatable, Sendable {
    /// Passes over the training rows.
    public let epochs: Int
    /// What the settings' weight decay is multiplied by.
    public let decayFactor: Double

    /// Below this many rows the plain weight decay may be too weak.
    static let fewRows = 4_000
    /// The rows that are seen in all where the settings' epochs would see more: an epoch of many rows has
    /// as many steps as several of few.
    private static let rowsSeen = 600_000
    private static let fewestEpochs = 3
    private static let factors = [1.0, 2, 4, 8]
    private static let folds = 3
    private static let purpose: UInt64 = 0x6465_6361

    /// Changes nothing.
    init(_ settings: TrainingSettings) {
        epochs = settings.loop.epochs
        decayFactor = 1
    }

    /// The epochs that rows ask for.
    static func epochs(_ settings: TrainingSettings, rows: NetworkRecipe.Rows) -> Int {
        let count = rows.labels.count
        let wanted = settings.loop.epochs
        let enough = max(fewestEpochs, (rowsSeen + count - 1) / count)
        return settings.adaptsToRows && count > fewRows ? min(wanted, enough) : wanted
    }

    /// The epochs that finding it out takes, for so many rows.
    static func epochs(_ rows: Int, _ settings: TrainingSettings) -> Int {
        settings.adaptsToRows && rows < fewRows
            ? factors.count * folds * settings.loop.epochs : 0
    }

    /// Fits length and strictness to rows.
    ///
    /// Weight decay is chosen by log loss on rows held out, of three folds, with the model's first network.
    ///
    /// - Parameters:
    ///   - rows: Training rows.
    ///   - recipe: What is to be trained.
    ///   - seed: Random seed of everything that is drawn.
    ///   - threads: Networks fitted at once; the result does not depend on it.
    ///   - onEpoch: Called after each epoch, on any thread; may throw to stop.
    /// - Throws: `FeatureError`, `TrainingError`, and what `onEpoch` throws.
    init(
        _ rows: NetworkRecipe.Rows,
        recipe: NetworkRecipe,
        seed: UInt64,
        threads: Int,
        onEpoch: @Sendable (TrainingLoop.Epoch) throws -> Void
    ) throws {
        let count = rows.labels.count
        let wanted = recipe.settings.loop.epochs
        epochs = Self.epochs(recipe.settings, rows: rows)
        guard count < Self.fewRows, rows.canBeFolded else {
            decayFactor = 1
            return
        }
        let folds = StratifiedFolds(
            labels: rows.labels,
            count: Self.folds,
            seed: seed,
            purpose: Self.purpose
        )
        let jobs = Self.factors.count * Self.folds
        let judging = recipe.settings.usesTrees ? recipe.judging : recipe
        let losses = try concurrentMap(jobs, threads: threads) { number in
            let (choice, fold) = number.quotientAndRemainder(dividingBy: Self.folds)
            let (part, _) = try judging.adapted(epochs: wanted, decayFactor: Self.factors[choice])
                .fit(
                    0,
                    to: rows.selecting(folds.kept(fold)),
                    seed: seed,
                    stream: Self.purpose + UInt64(fold),
                    onEpoch: onEpoch
                )
            let held = rows.selecting(folds.heldOut(fold)).judging
            return logLosses(try part.probabilities(held.table), held.labels).reduce(0, +)
        }
        let sums = Self.factors.indices.map { choice in
            losses[choice * Self.folds ..< (choice + 1) * Self.folds].reduce(0, +)
        }
        let best = sums.indices.min { sums[$0] < sums[$1] } ?? 0
        decayFactor = Self.factors[best]
    }
}

extension NetworkRecipe {
    /// The recipe with another length and strictness.
    func adapted(epochs: Int, decayFactor: Double) -> Self {
        var settings = settings
        settings.loop.epochs = epochs
        settings.loop.weightDecay *= decayFactor
        settings.piecesWeightDecay *= decayFactor
        return Self(schema: schema, settings: settings, columns: columns)
    }
}

extension NetworkRecipe.Rows {
    /// Whether each class has rows enough to be learned from and judged on in every fold.
    var canBeFolded: Bool {
        let judges = labels.indices.filter(isJudge)
        let positives = judges.count { labels[$0] }
        return min(positives, judges.count - positives) >= 20
    }
}

/// Each row's log loss.
func logLosses(_ probabilities: [Double], _ labels: [Bool]) -> [Double] {
    zip(probabilities, labels).map { probability, label in
        let right = label ? probability : 1 - probability
        return -Elementary.log(min(max(right, 1e-7), 1))
    }
}
