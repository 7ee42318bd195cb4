import ChurnModel
import Features
import Kernels
import NeuralNetwork
import Schema
import Tabular

/// Which columns help to predict: permutation importance on held-out rows (Breiman, "Random forests",
/// Machine Learning 45, 2001), with a small ensemble.
///
/// Each row of the sample is held out once, of five folds. Its loss with one column's values exchanged
/// among the held-out rows, less its loss as it is, averaged over three exchanges, is the row's
/// difference; z is the mean difference over its standard error.
struct ColumnScreening: Codable, Equatable, Sendable {
    /// Each feature, in the order of the schema.
    let columns: [ColumnImportance]

    /// Columns below this do not help.
    static let least = 2.5
    private static let folds = 5
    private static let exchanges = 3
    private static let purpose: UInt64 = 0x7363_7265

    /// At most so many rows are asked: a column that these don't show to help changes hardly a probability.
    private static let mostRows = 20_000

    /// As many of the rows as are asked, with the same share of positives.
    private static func sample(_ rows: NetworkRecipe.Rows, seed: UInt64) -> NetworkRecipe.Rows {
        let count = rows.labels.count
        guard count > mostRows else { return rows }
        let split = StratifiedSplit(
            labels: rows.labels,
            share: Double(mostRows) / Double(count),
            seed: seed,
            purpose: .screening
        )
        return rows.selecting(split.heldOut)
    }

    /// Epochs of all folds.
    static let epochs = folds * epochsEach
    private static let epochsEach = 20

    /// Names of the columns that help.
    var kept: [String] { columns.filter(\.isKept).map(\.column) }

    /// Screens columns; nil where the settings don't ask for it, or the rows can't answer.
    ///
    /// - Parameters:
    ///   - training: Training rows.
    ///   - recipe: Schema and settings.
    ///   - seed: Of everything random.
    ///   - threads: Folds fitted at once; the result does not depend on it.
    ///   - onEpoch: Called after each epoch of each fold, on any thread; may throw to stop.
    /// - Throws: `FeatureError`, `TrainingError`, and what `onEpoch` throws.
    init?(
        _ training: NetworkRecipe.Rows,
        recipe: NetworkRecipe,
        seed: UInt64,
        threads: Int,
        onEpoch: @Sendable (TrainingLoop.Epoch) throws -> Void
    ) throws {
        guard recipe.settings.screensColumns, recipe.schema.features.count > 1,
            training.canBeFolded
        else { return nil }
        let rows = Self.sample(training, seed: seed)
        var settings = TrainingSettings(.fast)
        settings.hidden = [64, 64]
        settings.members = 8
        settings.loop.epochs = Self.epochsEach
        settings.loop.learningRate = 0.003
        settings.classWeights = .equal
        let small = NetworkRecipe(schema: recipe.schema, settings: settings, columns: nil)
        let folds = StratifiedFolds(
            labels: rows.labels,
            count: Self.folds,
            seed: seed,
            purpose: Self.purpose
        )
        let parts = try concurrentMap(Self.folds, threads: threads) { fold in
            let (part, _) = try small.fit(
                0,
                to: rows.selecting(folds.kept(fold)),
                seed: seed,
                stream: Self.purpose + UInt64(fold),
                onEpoch: onEpoch
            )
            return try Self.differences(
                part,
                rows.selecting(folds.heldOut(fold)).judging,
                seed: seed,
                fold: fold
            )
        }
        let scores = recipe.schema.features.map { feature in
            Self.z(parts.flatMap { $0[feature.name] ?? [] })
        }
        // Where no column helps, there is no ground to leave one out.
        let helps = scores.contains { $0 >= Self.least }
        columns = zip(recipe.schema.features, scores).map { feature, z in
            ColumnImportance(column: feature.name, z: z, isKept: z >= Self.least || !helps)
        }
    }

    /// The differences of each held-out row, by column.
    private static func differences(
        _ part: ModelPart,
        _ rows: NetworkRecipe.Rows,
        seed: UInt64,
        fold: Int
    ) throws -> [String: [Double]] {
        let base = logLosses(try part.probabilities(rows.table), rows.labels)
        var generator = SeededGenerator(seed: seed, stream: purpose ^ UInt64(fold + 1) << 32)
        var result: [String: [Double]] = [:]
        for feature in part.features.features {
            var sums = [Double](repeating: 0, count: base.count)
            for _ in 0 ..< exchanges {
                let order = generator.permutation(base.count).map(Int.init)
                let exchanged = rows.table.exchanging(feature.name, by: order)
                let moved = logLosses(try part.probabilities(exchanged), rows.labels)
                for row in sums.indices { sums[row] += moved[row] - base[row] }
            }
            result[feature.name] = sums.map { $0 / Double(exchanges) }
        }
        return result
    }

    private static func z(_ differences: [Double]) -> Double {
        let count = Double(differences.count)
        guard count > 1 else { return 0 }
        let mean = differences.reduce(0, +) / count
        let squares = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let error = (squares / (count - 1) / count).squareRoot()
        return error > 0 ? mean / error : 0
    }
}

extension Table {
    /// The table with one column's values in another order.
    fileprivate func exchanging(_ name: String, by order: [Int]) -> Table {
        Table(
            zip(names, columns).map { own, column in
                guard own == name else { return (own, column) }
                return (own, Table([(own, column)], rowCount: rowCount).selecting(order).columns[0])
            },
            rowCount: rowCount
        )
    }
}
