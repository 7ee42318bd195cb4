import ChurnModel
import Evaluation
import Features
import Kernels
import NeuralNetwork
import Schema
import Tabular
import Trees

/// Everything that fitting a model's trees to rows depends on but the rows and the seed.
struct TreeRecipe: Sendable {
    let schema: Schema
    let settings: TrainingSettings

    /// The columns that trees read: all features.
    var features: [TreePart.Feature] {
        schema.features.map { TreePart.Feature(name: $0.name, type: $0.type) }
    }

    /// So many rows are grown over, in all folds together, to find the number of trees.
    private static let mostRows = 250_000

    /// How many folds find the number of trees: all, and fewer where there are many rows, but each that is scored.
    static func folds(rows: Int, scored: Int) -> Int {
        max(scored, min(HeldOutFolds.count, mostRows / max(1, rows)), 1)
    }
}

/// The trees of a model: how they are grown and how many there are is found by folds held out in turn, and then they are
/// grown on all rows.
struct TreeFitting: Sendable {
    /// Grown on all rows; without a weight yet.
    let part: TreePart
    /// How each of the part's ensembles was grown.
    let ensembles: [BlendRecord.Ensemble]
    /// Margins of the rows of each scored fold, one fold after the other, by trees that have not seen them.
    let heldOut: [Double]
    /// Each column's share of the gain, the most first.
    let gains: [BlendRecord.ColumnGain]

    /// Grows.
    ///
    /// - Parameters:
    ///   - folds: All rows, and which of them are held out.
    ///   - recipe: Schema and settings.
    ///   - seed: Random seed of what is drawn.
    ///   - threads: Ensembles grown at once; the result does not depend on it.
    ///   - onProgress: Called after some trees, on any thread; may throw to stop.
    /// - Throws: `FeatureError`, and what `onProgress` throws.
    /// - Complexity: O(trees · rows · columns).
    init(
        _ folds: HeldOutFolds,
        recipe: TreeRecipe,
        seed: UInt64,
        threads: Int,
        onProgress: @escaping @Sendable (TrainingProgress) throws -> Void
    ) throws {
        let rows = folds.training
        let features = recipe.features
        let material = TreeMaterial(
            try TreePart.columns(features, of: rows.table),
            rows,
            rated: features.indices.filter { features[$0].type.coding?.ratedLevels != nil }
        )
        let binned = material.all()
        let count = TreeRecipe.folds(rows: rows.labels.count, scored: folds.scored)
        let parts = (0 ..< count).map { material.learning(from: folds.folds.kept($0)) }
        let pair = recipe.settings.classWeights.resolved(for: rows.labels)
        let weights = rows.labels.indices.map { row in
            let ofClass = rows.labels[row] ? pair.positive : pair.negative
            return Double(ofClass * (rows.weights?[row] ?? 1))
        }
        let ways = TreeSettings.ways(columns: features.count, rows: rows.labels.count)
        var expected = ExpectedTrees(
            ways: ways,
            folds: parts.count,
            ensembles: Self.ensembleCount
        )
        let progress = StageProgress(.growing, total: expected.total, onProgress: onProgress)
        let found = try ways.map { settings in
            let counted = try GrowingTrees(
                rows: binned.rows,
                parts: parts,
                labels: rows.labels,
                weights: weights,
                settings: settings,
                seed: seed &* 100,
                threads: threads,
                progress: progress
            )
            .counted(folds) { progress.expect(total: expected.total(whileGrowing: $0)) }
            expected.take(counted.curve)
            return counted
        }
        let chosen = Self.chosen(found, labels: folds.scoredLabels)
        progress.expect(total: expected.total(choosing: chosen.map(\.count)))
        let grown = try concurrentMap(chosen.count, threads: threads) { number in
            try chosen[number].trees.grown(chosen[number].count, number: UInt64(number))
        }
        part = TreePart(
            features: features,
            trees: BoostedTrees(bins: binned.bins, ensembles: grown.map(\.trees)),
            weight: 0
        )
        ensembles = chosen.map(\.record)
        heldOut = elementwiseMean([chosen[0].heldOut, chosen[1].heldOut])
        gains = Self.gains(grown.map(\.gains), features)
    }

    /// Two ensembles are averaged: they differ in what was drawn, and often in how they were grown.
    private static let ensembleCount = 2

    /// The way with the least held-out loss, and the one whose mean with it has the least; the same again where no other
    /// makes it better (greedy, as in Caruana et al., "Ensemble selection from libraries of models", ICML 2004).
    private static func chosen(_ found: [CountedTrees], labels: [Bool]) -> [CountedTrees] {
        let losses = found.map { $0.curve[$0.curve.leastPlace] }
        let best = found[losses.leastPlace]
        func loss(_ other: CountedTrees) -> Double {
            zip(elementwiseMean([best.heldOut, other.heldOut]), labels)
                .reduce(0) { $0 + Logit.loss($1.0, isPositive: $1.1) }
        }
        let partners = [best] + found
        return [best, partners[partners.map(loss).leastPlace]]
    }

    private static func gains(
        _ gains: [[Double]],
        _ features: [TreePart.Feature]
    ) -> [BlendRecord.ColumnGain] {
        let sums = features.indices.map { place in gains.reduce(0) { $0 + $1[place] } }
        let all = sums.reduce(0, +)
        return features.indices.sorted { (sums[$1], $0) < (sums[$0], $1) }.map { place in
            BlendRecord.ColumnGain(
                column: features[place].name,
                share: all > 0 ? sums[place] / all : 0
            )
        }
    }
}

/// Trees of one kind on their way.
private struct GrowingTrees: Sendable {
    /// As trees that learn from all rows see them.
    let rows: BinnedRows
    /// As those see them that learn without a fold, for each fold that finds the number of trees.
    let parts: [BinnedRows]
    let labels: [Bool]
    let weights: [Double]
    let settings: TreeSettings
    let seed: UInt64
    let threads: Int
    let progress: StageProgress

    /// Trees between two looks at the losses.
    private static let step = 30

    /// Finds the number of trees: where the mean held-out loss is least.
    ///
    /// - Parameters:
    ///   - folds: All rows, and which of them are held out.
    ///   - onLook: Called with the losses so far at each look at them.
    /// - Returns: The trees with their number and what rows held out say of them.
    /// - Throws: What the progress throws.
    func counted(_ folds: HeldOutFolds, onLook: ([Double]) -> Void) throws -> CountedTrees {
        let count = parts.count
        let held = (0 ..< count).map { fold in
            folds.folds.heldOut(fold).filter(folds.training.isJudge)
        }
        var growths = (0 ..< count).map { fold in
            growth(parts[fold], folds.folds.kept(fold), seed: seed &+ UInt64(fold))
        }
        var curve: [Double] = []
        while curve.count < settings.mostTrees,
            curve.isEmpty || curve.count - (curve.leastPlace + 1) < settings.patience
        {
            let before = growths
            let grown = try concurrentMap(count, threads: threads) { fold in
                var growth = before[fold]
                let losses = try (0 ..< Self.step).map { _ in
                    growth.grow()
                    try progress.take(units: 1)
                    return growth.loss(held[fold])
                }
                return (growth, losses)
            }
            growths = grown.map(\.0)
            for tree in 0 ..< Self.step {
                curve.append(grown.reduce(0) { $0 + $1.1[tree] } / Double(count))
            }
            onLook(curve)
        }
        let trees = curve.leastPlace + 1
        let heldOut = (0 ..< folds.scored).flatMap { fold in
            growths[fold].margins(of: held[fold], trees: trees)
        }
        return CountedTrees(trees: self, curve: curve, heldOut: heldOut)
    }

    /// An ensemble of so many trees, grown on all rows.
    func grown(_ count: Int, number: UInt64) throws -> TreeGrowth {
        var growth = growth(rows, Array(labels.indices), seed: seed &+ 50 &+ number)
        for _ in 0 ..< count {
            growth.grow()
            try progress.take(units: 1)
        }
        return growth
    }

    private func growth(_ rows: BinnedRows, _ learning: [Int], seed: UInt64) -> TreeGrowth {
        TreeGrowth(
            rows,
            labels: labels,
            weights: weights,
            learning: learning,
            settings: settings,
            seed: seed
        )
    }
}

/// Trees of one kind whose number is known.
private struct CountedTrees: Sendable {
    let trees: GrowingTrees
    /// The held-out loss after each tree.
    let curve: [Double]
    /// The margins of the scored folds' rows where the loss is least.
    let heldOut: [Double]

    var count: Int { curve.leastPlace + 1 }

    var record: BlendRecord.Ensemble {
        BlendRecord.Ensemble(
            gain: trees.settings.gain,
            shape: trees.settings.shape,
            depths: trees.settings.depths,
            trees: count,
            curve: curve
        )
    }
}

extension [Double] {
    /// Where the least number is, the first of equals; 0 where there is none.
    var leastPlace: Int { indices.min { self[$0] < self[$1] } ?? 0 }
}
