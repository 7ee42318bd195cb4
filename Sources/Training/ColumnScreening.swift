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
/// difference; z is the mean difference over its standard error. Of very many columns each fold asks about those alone
/// that its own rows preselect; by the others its networks are not moved, so that their differences are 0.
struct ColumnScreening: Codable, Equatable, Sendable {
    /// Each feature, in the order of the schema.
    let columns: [ColumnImportance]
    /// The most columns that networks may see, which is all of them unless there are very many; nil for all.
    let widest: [String]?

    /// Columns below this do not help.
    static let least = 2.5
    private static let folds = 5
    private static let exchanges = 3
    private static let purpose: UInt64 = 0x7363_7265

    /// The most rows that are used: a column that these don't show to help changes hardly a probability.
    private static let mostRows = 20_000

    /// As many of the rows as are asked for, with the same share of positives.
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

    /// What all folds have to do, in exchanged columns; an epoch takes about as long as some of them.
    static func work(columns: Int) -> Int {
        folds * (epochsEach * exchangesPerEpoch + min(columns, ColumnPreselection.most))
    }
    private static let epochsEach = 20
    static let exchangesPerEpoch = 4

    /// Names of the columns that help.
    var kept: [String] { columns.filter(\.isKept).map(\.column) }

    /// The columns of a model that uses those that help, or as many as it may.
    func importances(usesAll: Bool) -> [ColumnImportance] {
        guard usesAll else { return columns }
        let used = widest.map(Set.init)
        return columns.map { column in
            ColumnImportance(
                column: column.column,
                z: column.z,
                isKept: used?.contains(column.column) ?? true
            )
        }
    }

    /// Screens columns; nil where the settings don't ask for it, or the rows can't answer.
    ///
    /// - Parameters:
    ///   - training: Training rows.
    ///   - recipe: Schema and settings.
    ///   - seed: Random seed of everything that is drawn.
    ///   - threads: Folds fitted at once; the result does not depend on it.
    ///   - progress: Takes each epoch and each exchanged column of each fold, on any thread; may throw to stop.
    /// - Throws: `FeatureError`, `TrainingError`, and what `progress` throws.
    init?(
        _ training: NetworkRecipe.Rows,
        recipe: NetworkRecipe,
        seed: UInt64,
        threads: Int,
        progress: StageProgress?
    ) throws {
        guard recipe.settings.columns != .all, recipe.schema.features.count > 1,
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
        let preselection = try ColumnPreselection(rows, schema: recipe.schema)
        let parts = try concurrentMap(Self.folds, threads: threads) { fold in
            let kept = folds.kept(fold)
            var small = small
            small.columns = preselection?.names(kept)
            let seen = rows.narrowed(to: small.columns)
            let (part, _) = try small.fit(
                0,
                to: seen.selecting(kept),
                seed: seed,
                stream: Self.purpose + UInt64(fold)
            ) { try progress?.take($0, units: Self.exchangesPerEpoch) }
            return try Self.differences(
                part,
                seen.selecting(folds.heldOut(fold)).judging,
                seed: seed,
                fold: fold,
                progress: progress
            )
        }
        let features = recipe.schema.features
        let scores = features.map { feature in
            Self.z(parts.flatMap { $0.columns[feature.name] ?? $0.unmoved })
        }
        widest = preselection?.names(Array(rows.labels.indices))
        // Where no column helps, there is no ground to leave one out, but for there being very many.
        let helps = scores.contains { $0 >= Self.least }
        let others = helps ? [] : widest.map(Set.init) ?? Set(features.map(\.name))
        columns = zip(features, scores).map { feature, z in
            ColumnImportance(
                column: feature.name,
                z: z,
                isKept: z >= Self.least || others.contains(feature.name)
            )
        }
    }

    /// How the loss of a fold's rows changes by exchanging columns.
    private struct Differences: Sendable {
        /// Of each row, by column.
        var columns: [String: [Double]] = [:]
        /// Of each row, by a column that the fold's networks don't see.
        let unmoved: [Double]
    }

    private static func differences(
        _ part: ModelPart,
        _ rows: NetworkRecipe.Rows,
        seed: UInt64,
        fold: Int,
        progress: StageProgress?
    ) throws -> Differences {
        let base = logLosses(try part.probabilities(rows.table), rows.labels)
        var generator = SeededGenerator(seed: seed, stream: purpose ^ UInt64(fold + 1) << 32)
        var result = Differences(unmoved: [Double](repeating: 0, count: base.count))
        for feature in part.features.features {
            var sums = [Double](repeating: 0, count: base.count)
            for _ in 0 ..< exchanges {
                let order = generator.permutation(base.count).map(Int.init)
                let exchanged = rows.table.exchanging(feature.name, by: order)
                let moved = logLosses(try part.probabilities(exchanged), rows.labels)
                for row in sums.indices { sums[row] += moved[row] - base[row] }
            }
            result.columns[feature.name] = sums.map { $0 / Double(exchanges) }
            try progress?.take(units: 1)
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

extension NetworkRecipe.Rows {
    /// The rows with some of the columns alone; all where they are nil.
    ///
    /// Columns are found by name, which takes the longer the more there are.
    fileprivate func narrowed(to columns: [String]?) -> Self {
        guard let columns else { return self }
        let names = Set(columns)
        let kept = zip(table.names, table.columns).filter { names.contains($0.0) }
        return Self(
            table: Table(kept.map { ($0, $1) }, rowCount: table.rowCount),
            labels: labels,
            weights: weights,
            isTreated: isTreated
        )
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
