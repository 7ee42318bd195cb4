import Kernels

/// The leaves of a tree as they are divided one at a time, always the one whose cut gains most.
///
/// Ke and others, "LightGBM: a highly efficient gradient boosting decision tree", NeurIPS 2017.
struct TreeLeaves {
    private let rows: BinnedRows
    private let columns: [Int]
    /// Where each of `columns` begins in a leaf's sums.
    private let starts: [Int]
    private let bins: Int
    private let penalty: Double
    /// The rows that the cuts see, those of a leaf together, and their gradients.
    private var order: [Int32]
    private var gradients: [GradientSum]
    private var leaves: [Leaf] = []
    private var scores = [Double](repeating: 0, count: 256)

    private struct Leaf {
        var range: Range<Int>
        /// The gradients of the leaf by the bins of each of `columns`, one column after the other.
        var sums: [GradientSum]
        var best: Candidate?
    }

    /// A cut of a leaf.
    struct Candidate {
        let cut: TreeEnsemble.Cut
        /// How much higher its two leaves score than the one that it divides.
        let gain: Double
    }

    /// Begins with one leaf.
    ///
    /// - Parameters:
    ///   - rows: All rows.
    ///   - columns: Those that may cut.
    ///   - order: The rows that the cuts see.
    ///   - gradients: Of these rows, in the same order.
    ///   - penalty: λ of a cut's gain.
    init(
        _ rows: BinnedRows,
        columns: [Int],
        order: [Int32],
        gradients: [GradientSum],
        penalty: Double
    ) {
        self.rows = rows
        self.columns = columns
        self.order = order
        self.gradients = gradients
        self.penalty = penalty
        var bins = 0
        starts = columns.map { column in
            defer { bins += rows.columns[column].bins }
            return bins
        }
        self.bins = bins
        let all = order.indices
        let sums = sums(of: all)
        leaves = [Leaf(range: all, sums: sums, best: best(sums))]
    }

    /// Divides the leaf whose cut gains most, the first of equals.
    ///
    /// - Returns: The leaf, and its cut; nil where no cut gains anything.
    /// - Complexity: O(rows of the smaller half · columns + bins).
    mutating func divide() -> (parent: Int, candidate: Candidate)? {
        var parent = 0
        for leaf in leaves.indices where gain(leaf) > gain(parent) { parent = leaf }
        guard let candidate = leaves[parent].best else { return nil }
        let whole = leaves[parent]
        let middle = Kernels.divide(
            &order,
            &gradients,
            range: whole.range,
            arena: rows.arena,
            column: rows.columns[candidate.cut.column],
            rule: candidate.cut.rule(rows.isLeveled)
        )
        let (left, right) = (whole.range.lowerBound ..< middle, middle ..< whole.range.upperBound)
        // Of two siblings the smaller is added up, and the other is what is left of their parent.
        let smaller = sums(of: left.count < right.count ? left : right)
        var larger = whole.sums
        for bin in larger.indices { larger[bin] &-= smaller[bin] }
        let (lefts, rights) = left.count < right.count ? (smaller, larger) : (larger, smaller)
        leaves[parent] = Leaf(range: left, sums: lefts, best: best(lefts))
        leaves.append(Leaf(range: right, sums: rights, best: best(rights)))
        return (parent, candidate)
    }

    private func gain(_ leaf: Int) -> Double { leaves[leaf].best?.gain ?? 0 }

    private func sums(of range: Range<Int>) -> [GradientSum] {
        var sums = [GradientSum](repeating: .zero, count: bins)
        for (column, start) in zip(columns, starts) {
            sumByBin(
                into: &sums,
                at: start,
                arena: rows.arena,
                column: rows.columns[column],
                rows: order,
                gradients: gradients,
                range: range
            )
        }
        return sums
    }

    /// The cut that gains most; the first column and the lowest bin of equals; nil where none gains anything.
    private mutating func best(_ sums: [GradientSum]) -> Candidate? {
        guard let first = columns.first else { return nil }
        var all = GradientSum.zero
        for bin in 0 ..< rows.columns[first].bins { all &+= sums[bin] }
        let total = Double(all.x) * 0x1p-30
        let score = total * total / (Double(all.y) * 0x1p-30 + penalty)
        var best: Candidate?
        for (column, start) in zip(columns, starts) where rows.columns[column].bins > 1 {
            let (bins, isLeveled) = (rows.columns[column].bins, rows.isLeveled[column])
            gainsOfCuts(
                sums,
                at: start,
                bins: bins,
                leaves: 1,
                isLeveled: isLeveled,
                penalty: penalty,
                gains: &scores
            )
            for bin in 0 ..< (isLeveled ? bins : bins - 1) {
                let gain = scores[bin] - score
                if gain > (best?.gain ?? 0) + 1e-12 {
                    best = Candidate(cut: .init(column: column, bin: bin), gain: gain)
                }
            }
        }
        return best
    }
}
