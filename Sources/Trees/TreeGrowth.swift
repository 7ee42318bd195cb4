import Kernels

/// A tree ensemble as it grows, with the margins of all rows, those included that it does not learn from.
///
/// Gradient boosting of the log loss (Friedman, "Greedy function approximation: a gradient boosting machine", Annals of
/// Statistics 29, 2001) with second-order gain and leaves. Gradients are whole numbers before they are added up, and
/// what is drawn depends on seed, tree and place alone, so that any number of threads gives the same bits.
public struct TreeGrowth: Sendable {
    /// The trees so far.
    public private(set) var trees: TreeEnsemble
    /// The margin of each row after them, shape [rows].
    public private(set) var margins: [Double]
    /// What each column's cuts gained, shape [columns].
    public private(set) var gains: [Double]

    private let rows: BinnedRows
    private let labels: [Bool]
    private let weights: [Double]?
    private let learning: [Int32]
    private let settings: TreeSettings
    private let seed: UInt64

    /// Begins with no tree.
    ///
    /// - Parameters:
    ///   - rows: All rows.
    ///   - labels: Their truth, shape [rows].
    ///   - weights: How much each counts, shape [rows], below 2²⁰; nil where all count the same.
    ///   - learning: Places of the rows to learn from, ascending.
    ///   - settings: How to grow.
    ///   - seed: Random seed of what is drawn.
    /// - Precondition: Learning rows of both classes.
    public init(
        _ rows: BinnedRows,
        labels: [Bool],
        weights: [Double]?,
        learning: [Int],
        settings: TreeSettings,
        seed: UInt64
    ) {
        precondition(labels.count == rows.count, "\(labels.count) labels for \(rows.count) rows")
        self.rows = rows
        self.labels = labels
        self.weights = weights
        self.learning = learning.map(Int32.init)
        self.settings = settings
        self.seed = seed
        var positive = 0.0
        var all = 0.0
        for row in learning {
            let weight = weights?[row] ?? 1
            all += weight
            if labels[row] { positive += weight }
        }
        precondition(positive > 0 && positive < all, "trees learn from rows of both classes")
        let share = positive / all
        trees = TreeEnsemble(
            start: Elementary.log(share / (1 - share)),
            isSymmetric: settings.shape == .symmetric
        )
        margins = Array(repeating: trees.start, count: rows.count)
        gains = Array(repeating: 0, count: rows.columns.count)
    }

    /// The mean log loss of some rows, in nats.
    public func loss(_ places: [Int]) -> Double {
        var sum = 0.0
        for row in places {
            let margin = margins[row]
            sum += Elementary.log(1 + Elementary.exp(-abs(margin))) + max(margin, 0)
            if labels[row] { sum -= margin }
        }
        return sum / Double(places.count)
    }

    /// The margins of some rows after the first trees.
    ///
    /// - Complexity: O(rows · trees · depth).
    public func margins(of places: [Int], trees count: Int) -> [Double] {
        let all = trees.prefix(count).margins(rows)
        return places.map { all[$0] }
    }

    /// Adds a tree.
    ///
    /// - Complexity: O(rows · columns · depth).
    public mutating func grow() {
        let number = UInt64(trees.count)
        let gradients = gradients()
        let cuts =
            switch settings.shape {
            case .symmetric: levelCuts(gradients, number: number)
            case .leafByLeaf: leafCuts(gradients, number: number)
            }
        let start = trees.cuts.count
        trees.depths.append(cuts.count)
        trees.cuts += cuts
        // By all learning rows, those included that the cuts have not seen.
        var leaves = [UInt8](repeating: 0, count: rows.count)
        trees.assign(&leaves, start ..< trees.cuts.count, rows)
        var sums = [GradientSum](repeating: .zero, count: trees.leaves(of: cuts.count))
        for (place, row) in learning.enumerated() {
            sums[Int(leaves[Int(row)])] &+= gradients[place]
        }
        let first = trees.values.count
        for sum in sums {
            let mass = Double(sum.y) * 0x1p-30 + settings.l2
            trees.values.append(-settings.learningRate * (Double(sum.x) * 0x1p-30 / mass))
        }
        addLeafValues(
            to: &margins,
            at: 0,
            leaves: leaves,
            values: trees.values,
            first: first,
            count: sums.count
        )
    }

    /// The gradient and the Hessian of each learning row's loss.
    private func gradients() -> [GradientSum] {
        learning.map { row in
            let row = Int(row)
            let probability = 1 / (1 + Elementary.exp(-margins[row]))
            let weight = weights?[row] ?? 1
            let gradient = (probability - (labels[row] ? 1 : 0)) * weight
            let hessian = probability * (1 - probability) * weight
            return GradientSum(
                Int64((gradient * 0x1p30).rounded(.toNearestOrEven)),
                Int64((hessian * 0x1p30).rounded(.toNearestOrEven))
            )
        }
    }

    /// The rows by which a tree finds its cuts, and their gradients.
    private func sample(
        _ gradients: [GradientSum],
        number: UInt64
    ) -> (rows: [Int32], gradients: [GradientSum]) {
        let seen = CounterNumbers(seed: seed, purpose: number * 4 + 1)
        var sample: (rows: [Int32], gradients: [GradientSum]) = ([], [])
        sample.rows.reserveCapacity(learning.count)
        sample.gradients.reserveCapacity(learning.count)
        for (place, row) in learning.enumerated()
        where seen[UInt64(row)] < settings.rowShare {
            var sum = gradients[place]
            if settings.gain == .firstOrder {
                let weight = weights?[Int(row)] ?? 1
                sum.y = Int64((weight * 0x1p30).rounded(.toNearestOrEven))
            }
            sample.rows.append(row)
            sample.gradients.append(sum)
        }
        return sample
    }

    /// The columns that may cut a level of a tree; all where none is drawn.
    private func columns(number: UInt64, level: Int) -> [Int] {
        let drawing = CounterNumbers(seed: seed, purpose: number * 4 + 3)
        let share = settings.columnShare(of: rows.columns.count)
        let all = rows.columns.indices
        let drawn = all.filter { drawing[UInt64($0 * 64 + level)] < share }
        return drawn.isEmpty ? Array(all) : drawn
    }

    /// The cuts of a tree leaf by leaf, for all of which the same columns are drawn.
    private mutating func leafCuts(
        _ gradients: [GradientSum],
        number: UInt64
    ) -> [TreeEnsemble.Cut] {
        let sample = sample(gradients, number: number)
        var leaves = TreeLeaves(
            rows,
            columns: columns(number: number, level: 0),
            order: sample.rows,
            gradients: sample.gradients,
            penalty: settings.gainL2
        )
        var cuts: [TreeEnsemble.Cut] = []
        while cuts.count < TreeEnsemble.mostLeaves - 1, let (parent, best) = leaves.divide() {
            gains[best.cut.column] += best.gain
            cuts.append(best.cut)
            trees.parents?.append(UInt8(parent))
        }
        return cuts
    }

    /// The cuts of a tree, level by level.
    private mutating func levelCuts(
        _ gradients: [GradientSum],
        number: UInt64
    ) -> [TreeEnsemble.Cut] {
        let sample = sample(gradients, number: number)
        var level = TreeLevel(
            rows,
            penalty: settings.gainL2,
            order: sample.rows,
            gradients: sample.gradients
        )
        var cuts: [TreeEnsemble.Cut] = []
        var score = level.score
        for depth in 0 ..< settings.depths[trees.count % settings.depths.count] {
            let best = level.bestCut(columns(number: number, level: depth))
            if depth > 0 || best.score > 0 { gains[best.cut.column] += max(0, best.score - score) }
            score = best.score
            cuts.append(best.cut)
            level.divide(by: best.cut)
        }
        return cuts
    }
}
