import Kernels

/// The leaves of a tree as it is cut level by level: which rows lie in which, and their gradients by bin.
struct TreeLevel {
    private let rows: BinnedRows
    private let penalty: Double
    /// The rows that the cuts see, those of a leaf together, and their gradients.
    private var order: [Int32]
    private var gradients: [GradientSum]
    /// Where each leaf's rows are, by the number of the leaf; nil before the first cut.
    private var leaves: [Range<Int>]?
    /// The sums of columns by leaf and bin, for the leaves of `depth`; empty where they are not known.
    private var histograms: [[GradientSum]]
    /// The level that each column's histogram is of.
    private var levels: [Int]
    private var depth = 0
    private var scores = [Double](repeating: 0, count: 256)

    /// Begins with one leaf.
    ///
    /// - Parameters:
    ///   - rows: All rows.
    ///   - penalty: λ of a cut's gain.
    ///   - order: The rows that the cuts see.
    ///   - gradients: Of these rows, in the same order.
    init(_ rows: BinnedRows, penalty: Double, order: [Int32], gradients: [GradientSum]) {
        self.rows = rows
        self.penalty = penalty
        self.order = order
        self.gradients = gradients
        histograms = Array(repeating: [], count: rows.columns.count)
        levels = Array(repeating: -1, count: rows.columns.count)
    }

    /// What the root scores without a cut.
    var score: Double {
        var sum = GradientSum.zero
        for gradient in gradients { sum &+= gradient }
        let total = Double(sum.x) * 0x1p-30
        return total * total / (Double(sum.y) * 0x1p-30 + penalty)
    }

    /// The cut that gains most over all leaves; the first column and the lowest bin of equals.
    ///
    /// - Complexity: O(rows · columns + leaves · bins).
    mutating func bestCut(_ columns: [Int]) -> (cut: TreeEnsemble.Cut, score: Double) {
        let ranges = leaves ?? [order.indices]
        var best = (cut: TreeEnsemble.Cut(column: 0, bin: 0), score: -1.0)
        var isDrawn = [Bool](repeating: false, count: rows.columns.count)
        for column in columns {
            isDrawn[column] = true
            let bins = rows.columns[column].bins
            guard bins > 1 else { continue }
            sum(column, ranges)
            gainsOfCuts(
                histograms[column],
                bins: bins,
                leaves: ranges.count,
                isLeveled: rows.isLeveled[column],
                penalty: penalty,
                gains: &scores
            )
            let candidates = rows.isLeveled[column] ? bins : bins - 1
            var lowest = 0
            for bin in 1 ..< max(1, candidates) where scores[bin] > scores[lowest] { lowest = bin }
            if scores[lowest] > best.score + 1e-12 {
                best = (TreeEnsemble.Cut(column: column, bin: lowest), scores[lowest])
            }
        }
        // What the next level can't use.
        for column in rows.columns.indices where !isDrawn[column] { histograms[column] = [] }
        return best
    }

    /// Sums a column's gradients by leaf and bin: of two siblings the smaller is added up, and the other is what is left
    /// of their parent.
    private mutating func sum(_ column: Int, _ ranges: [Range<Int>]) {
        let bins = rows.columns[column].bins
        let hasParents = levels[column] == depth - 1 && !histograms[column].isEmpty
        let half = ranges.count / 2
        levels[column] = depth
        var own = histograms[column]
        histograms[column] = []
        if own.count < ranges.count * bins {
            own += Array(repeating: .zero, count: ranges.count * bins - own.count)
        }
        func add(_ leaf: Int, to slot: Int) {
            sumByBin(
                into: &own,
                at: slot * bins,
                arena: rows.arena,
                column: rows.columns[column],
                rows: order,
                gradients: gradients,
                range: ranges[leaf]
            )
        }
        guard hasParents else {
            for leaf in ranges.indices { add(leaf, to: leaf) }
            histograms[column] = own
            return
        }
        for left in 0 ..< half {
            let right = left + half
            let isLeftSmaller = ranges[left].count < ranges[right].count
            add(isLeftSmaller ? left : right, to: right)
            for bin in 0 ..< bins {
                let smaller = own[right * bins + bin]
                let larger = own[left * bins + bin] &- smaller
                own[left * bins + bin] = isLeftSmaller ? smaller : larger
                own[right * bins + bin] = isLeftSmaller ? larger : smaller
            }
        }
        histograms[column] = own
    }

    /// Divides every leaf: leaf *k* into *k* and *k* + the number of leaves.
    mutating func divide(by cut: TreeEnsemble.Cut) {
        let ranges = leaves ?? [order.indices]
        var left: [Range<Int>] = []
        var right: [Range<Int>] = []
        for range in ranges {
            let middle = Kernels.divide(
                &order,
                &gradients,
                range: range,
                arena: rows.arena,
                column: rows.columns[cut.column],
                rule: cut.rule(rows.isLeveled)
            )
            left.append(range.lowerBound ..< middle)
            right.append(middle ..< range.upperBound)
        }
        leaves = left + right
        depth += 1
    }
}
