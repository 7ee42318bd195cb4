import Kernels

/// Symmetric trees whose leaves add up to a margin: all nodes of a level ask the same (Prokhorenkova and others,
/// "CatBoost: unbiased boosting with categorical features", NeurIPS 2018).
///
/// Leaf `k` of a tree holds the rows that go right at cut `d` where bit `d` of `k` is set.
public struct TreeEnsemble: Equatable, Sendable {
    /// The margin before the first tree: the log-odds of the training rows.
    public let start: Double
    /// How many cuts each tree has, at most 8.
    public internal(set) var depths: [Int] = []
    /// The cuts of all trees, one tree after the other.
    public internal(set) var cuts: [Cut] = []
    /// The values of all leaves, one tree after the other: 2 to the power of its depth.
    public internal(set) var values: [Double] = []

    /// What the nodes of a level ask.
    public struct Cut: Equatable, Sendable {
        /// Place of the column.
        public let column: Int
        /// The bin that is compared with.
        public let bin: Int

        /// Creates a cut.
        public init(column: Int, bin: Int) {
            self.column = column
            self.bin = bin
        }

        /// Who goes right: a number above a border, a level that is this one.
        func rule(_ isLeveled: [Bool]) -> CutRule {
            isLeveled[column] ? .equals(UInt8(bin)) : .above(UInt8(bin))
        }
    }

    /// No tree yet.
    init(start: Double) { self.start = start }

    /// Trees that were written down.
    ///
    /// - Returns: Nil where the parts do not fit together, or a number is not finite.
    public init?(start: Double, depths: [Int], cuts: [Cut], values: [Double]) {
        guard start.isFinite, values.allSatisfy(\.isFinite),
            depths.allSatisfy({ (0 ... 8).contains($0) }),
            depths.reduce(0, +) == cuts.count,
            depths.reduce(0, { $0 + 1 << $1 }) == values.count,
            cuts.allSatisfy({ $0.column >= 0 && (0 ..< 255).contains($0.bin) })
        else { return nil }
        self.start = start
        self.depths = depths
        self.cuts = cuts
        self.values = values
    }

    /// Number of trees.
    public var count: Int { depths.count }

    /// The first trees.
    func prefix(_ count: Int) -> Self {
        var first = Self(start: start)
        first.depths = Array(depths.prefix(count))
        first.cuts = Array(cuts.prefix(first.depths.reduce(0, +)))
        first.values = Array(values.prefix(first.depths.reduce(0) { $0 + 1 << $1 }))
        return first
    }

    /// The margin of each row: a sum in the trees' order.
    ///
    /// - Complexity: O(rows · trees · depth), 32 rows at a time.
    func margins(_ rows: BinnedRows) -> [Double] {
        var margins = [Double](repeating: start, count: rows.count)
        // So few that their leaves and margins stay in the nearest cache.
        let block = 1_024
        for first in stride(from: 0, to: rows.count, by: block) {
            let size = min(block, rows.count - first)
            var leaves = [UInt8](repeating: 0, count: size)
            var cut = 0
            var leaf = 0
            for depth in depths {
                for row in leaves.indices { leaves[row] = 0 }
                for level in 0 ..< depth {
                    let own = cuts[cut + level]
                    descend(
                        &leaves,
                        bit: 1 << UInt8(level),
                        arena: rows.arena,
                        start: rows.columns[own.column].start + first,
                        rule: own.rule(rows.isLeveled)
                    )
                }
                addLeafValues(
                    to: &margins,
                    at: first,
                    leaves: leaves,
                    values: values,
                    first: leaf,
                    count: 1 << depth
                )
                cut += depth
                leaf += 1 << depth
            }
        }
        return margins
    }
}
