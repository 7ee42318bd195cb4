import ChurnModel
import Kernels
import NeuralNetwork
import Schema
private import Synchronization

/// The networks of a model, fitted to all rows and, to score these, to the rows without each fold held out.
struct NetworkFitting: Sendable {
    let parts: [ModelPart]
    let histories: [TrainingLoop.History]
    let importances: [ColumnImportance]
    let adaptation: RowAdaptation
    /// Whether all columns are used although some don't show that they help.
    let usesAllColumns: Bool
    /// What each part says of rows that it has not seen; nil where no fold is scored.
    let heldOut: NetworkScores?

    /// Fits.
    ///
    /// - Parameters:
    ///   - folds: All rows, and which of them are held out.
    ///   - validation: Rows that judge each epoch of the model's own networks; nil for none.
    ///   - recipe: Schema and settings.
    ///   - seed: Random seed of everything that is drawn.
    ///   - threads: Networks fitted at once; the result does not depend on it.
    ///   - onProgress: Called after each epoch, on any thread; may throw to stop.
    /// - Throws: `FeatureError`, `TrainingError`, and what `onProgress` throws.
    init(
        _ folds: HeldOutFolds,
        validation: NetworkRecipe.Rows?,
        recipe: NetworkRecipe,
        seed: UInt64,
        threads: Int,
        onProgress: @escaping @Sendable (TrainingProgress) throws -> Void
    ) throws {
        let sets = folds.sets
        let screened = StageProgress(
            .screening,
            total: ColumnScreening.work(columns: recipe.schema.features.count) * sets.count,
            onProgress: onProgress
        )
        let screenings = try sets.map { set in
            try ColumnScreening(
                folds.kept(set),
                recipe: recipe,
                seed: seed,
                threads: threads,
                progress: screened
            )
        }
        let ways = try Self.ways(
            folds,
            recipes: screenings.map { recipe.ways(kept: $0?.kept, widest: $0?.widest) },
            seed: seed,
            threads: threads,
            onProgress: onProgress
        )
        let firsts = try Self.firsts(
            folds,
            ways: Array(ways.dropFirst()),
            seed: seed,
            threads: threads,
            onProgress: onProgress
        )
        let usesAll = try Self.choosesAll(firsts, folds)
        let chosen = ways.map { usesAll ? $0[$0.count - 1] : $0[0] }
        let recipes = chosen.map(\.adapted)
        let count = recipe.partCount
        let known = firsts.map { usesAll ? $0[1] : $0[0] }
        let open = (0 ..< count * sets.count).filter { number in
            !number.isMultiple(of: count) || !known.contains { $0.place == number / count }
        }
        let progress = StageProgress(
            .fitting,
            total: open.reduce(0) { $0 + recipes[$1 / count].settings.loop.epochs },
            onProgress: onProgress
        )
        let others = try concurrentMap(open.count, threads: threads) { number in
            let (place, part) = open[number].quotientAndRemainder(dividingBy: count)
            return try recipes[place].fit(
                part,
                to: folds.kept(sets[place]),
                validation: place == 0 ? validation : nil,
                seed: seed,
                stream: Self.stream(place),
                onEpoch: { try progress.take($0) }
            )
        }
        var fitted = Dictionary(uniqueKeysWithValues: zip(open, others))
        for first in known { fitted[first.place * count] = first.fitted }
        func members(_ place: Int) -> [(part: ModelPart, history: TrainingLoop.History)] {
            (0 ..< count).compactMap { fitted[place * count + $0] }
        }
        parts = members(0).map(\.part)
        histories = members(0).map(\.history)
        importances = screenings[0]?.importances(usesAll: usesAll) ?? []
        adaptation = chosen[0].adaptation
        usesAllColumns = usesAll
        var probabilities: [[Double]] = Array(repeating: [], count: count)
        for fold in 0 ..< folds.scored {
            let rows = folds.heldOut(fold)
            for (number, member) in members(fold + 1).enumerated() {
                probabilities[number] += try member.part.probabilities(rows.table)
            }
        }
        heldOut =
            folds.scored > 0
            ? NetworkScores(labels: folds.scoredLabels, probabilities: probabilities) : nil
    }

    /// A set of columns, and what the rows ask of networks on it.
    private struct Way: Sendable {
        let recipe: NetworkRecipe
        let adaptation: RowAdaptation

        var adapted: NetworkRecipe {
            recipe.adapted(epochs: adaptation.epochs, decayFactor: adaptation.decayFactor)
        }
    }

    /// How long and how strictly to train, for each set of rows and each set of columns: more columns ask for more
    /// strictness.
    private static func ways(
        _ folds: HeldOutFolds,
        recipes: [[NetworkRecipe]],
        seed: UInt64,
        threads: Int,
        onProgress: @escaping @Sendable (TrainingProgress) throws -> Void
    ) throws -> [[Way]] {
        let settings = recipes[0][0].settings
        let progress = StageProgress(
            .adapting,
            total: RowAdaptation.epochs(folds.training.labels.count, settings)
                * recipes.reduce(0) { $0 + $1.count },
            onProgress: onProgress
        )
        return try zip(folds.sets, recipes).map { set, recipes in
            let rows = folds.kept(set)
            return try recipes.map { recipe in
                let adaptation =
                    try settings.adaptsToRows
                    ? RowAdaptation(
                        rows,
                        recipe: recipe,
                        seed: seed,
                        threads: threads,
                        onEpoch: { try progress.take($0) }
                    ) : RowAdaptation(settings)
                return Way(recipe: recipe, adaptation: adaptation)
            }
        }
    }

    /// Keeps the drawings for the rows without a fold apart from those for all rows.
    private static func stream(_ place: Int) -> UInt64 {
        place == 0 ? 0 : HeldOutFolds.purpose + UInt64(place)
    }

    /// A model's first network, fitted to the rows without a fold.
    private struct First: Sendable {
        /// Of the rows among the sets.
        let place: Int
        let fitted: (part: ModelPart, history: TrainingLoop.History)
    }

    /// The first network of each fold with more than one way, in each of its ways.
    ///
    /// It is as large as the model's: a smaller ensemble does much worse on all columns of few rows than the model will.
    private static func firsts(
        _ folds: HeldOutFolds,
        ways: [[Way]],
        seed: UInt64,
        threads: Int,
        onProgress: @escaping @Sendable (TrainingProgress) throws -> Void
    ) throws -> [[First]] {
        let asked = ways.indices.filter { ways[$0].count > 1 }
        let recipes = asked.flatMap { fold in ways[fold].map { (fold, $0.adapted) } }
        let progress = StageProgress(
            .choosing,
            total: recipes.reduce(0) { $0 + $1.1.settings.loop.epochs },
            onProgress: onProgress
        )
        let fitted = try concurrentMap(recipes.count, threads: threads) { number in
            let (fold, recipe) = recipes[number]
            return First(
                place: fold + 1,
                fitted: try recipe.fit(
                    0,
                    to: folds.kept(fold),
                    seed: seed,
                    stream: stream(fold + 1),
                    onEpoch: { try progress.take($0) }
                )
            )
        }
        return stride(from: 0, to: fitted.count, by: 2).map { [fitted[$0], fitted[$0 + 1]] }
    }

    /// Whether networks on all columns do better on rows held out than those on the columns that were found to help
    /// without these rows, each trained as strictly as it asks for.
    private static func choosesAll(_ firsts: [[First]], _ folds: HeldOutFolds) throws -> Bool {
        var difference = 0.0
        for pair in firsts {
            let rows = folds.heldOut(pair[0].place - 1)
            let losses = try pair.map { first in
                logLosses(try first.fitted.part.probabilities(rows.table), rows.labels)
                    .reduce(0, +)
            }
            difference += losses[0] - losses[1]
        }
        return difference > 0
    }
}

extension NetworkRecipe {
    /// The columns that were found to help, and after them the most that may be used where rows held out shall say which is
    /// better.
    fileprivate func ways(kept: [String]?, widest: [String]?) -> [NetworkRecipe] {
        var helpful = self
        helpful.columns = kept
        var all = self
        all.columns = widest
        let most = widest?.count ?? schema.features.count
        let areFewer = kept.map { $0.count < most } ?? false
        return settings.columns == .judged && areFewer ? [helpful, all] : [helpful]
    }

    /// A smaller ensemble, which tells as well how strictly to train.
    var judging: Self {
        var recipe = self
        recipe.settings.members = min(settings.members, 4)
        return recipe
    }
}
