import Kernels

/// Trees whose leaves add up to a margin.
///
/// Symmetric ones ask the same at all nodes of a level (Prokhorenkova and others, "CatBoost: unbiased boosting with
/// categorical features", NeurIPS 2018): leaf `k` of a tree holds the rows that go right at cut `d` where bit `d` of `k`
/// is set. In those grown leaf by leaf a cut divides one leaf (Ke and others, "LightGBM: a highly efficient gradient
/// boosting decision tree", NeurIPS 2017): of the leaf that cut `d` divides, the rows that go right become leaf `d` + 1.
public struct TreeEnsemble: Equatable, Sendable {
    /// The margin before the first tree: the log-odds of the training rows.
    public let start: Double
    /// How many cuts each tree has: at most 8 of a symmetric one, else at most 15.
    public internal(set) var depths: [Int] = []
    /// The cuts of all trees, one tree after the other.
    public internal(set) var cuts: [Cut] = []
    /// The values of all leaves, one tree after the other: 2 to the power of its depth, or `mostLeaves` of a tree grown leaf
    /// by leaf, of which those that no cut made are 0.
    public internal(set) var values: [Double] = []
    /// The leaf that each cut divides where trees are grown leaf by leaf; nil where they are symmetric.
    public internal(set) var parents: [UInt8]?

    /// Leaves of a tree that is grown leaf by leaf, at most.
    public static let mostLeaves = 16

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
    init(start: Double, isSymmetric: Bool = true) {
        self.start = start
        parents = isSymmetric ? nil : []
    }

    /// Trees that were written down.
    ///
    /// - Returns: Nil where the parts do not fit together, or a number is not finite.
    public init?(
        start: Double,
        depths: [Int],
        cuts: [Cut],
        parents: [UInt8]? = nil,
        values: [Double]
    ) {
        let mostCuts = parents == nil ? 8 : Self.mostLeaves - 1
        guard start.isFinite, values.allSatisfy(\.isFinite),
            depths.allSatisfy({ (0 ... mostCuts).contains($0) }),
            depths.reduce(0, +) == cuts.count,
            cuts.allSatisfy({ $0.column >= 0 && (0 ..< 255).contains($0.bin) })
        else { return nil }
        self.start = start
        self.depths = depths
        self.cuts = cuts
        self.values = values
        self.parents = parents
        guard depths.reduce(0, { $0 + leaves(of: $1) }) == values.count,
            parents.map({ Self.fit($0, depths) }) ?? true
        else { return nil }
    }

    /// Whether each cut divides a leaf that is there.
    private static func fit(_ parents: [UInt8], _ depths: [Int]) -> Bool {
        let places = depths.flatMap { 0 ..< $0 }
        return parents.count == places.count && zip(parents, places).allSatisfy { $0 <= $1 }
    }

    /// How many values a tree of so many cuts has.
    package func leaves(of cuts: Int) -> Int { parents == nil ? 1 << cuts : Self.mostLeaves }

    /// Number of trees.
    public var count: Int { depths.count }

    /// The first trees.
    func prefix(_ count: Int) -> Self {
        var first = self
        first.depths = Array(depths.prefix(count))
        first.cuts = Array(cuts.prefix(first.depths.reduce(0, +)))
        first.parents = parents.map { Array($0.prefix(first.cuts.count)) }
        first.values = Array(values.prefix(first.depths.reduce(0) { $0 + leaves(of: $1) }))
        return first
    }

    /// The margin of each row: a sum in the trees' order.
    ///
    /// - Complexity: O(rows · cuts), 32 rows at a time.
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
                assign(&leaves, cut ..< cut + depth, rows, from: first)
                addLeafValues(
                    to: &margins,
                    at: first,
                    leaves: leaves,
                    values: values,
                    first: leaf,
                    count: self.leaves(of: depth)
                )
                cut += depth
                leaf += self.leaves(of: depth)
            }
        }
        return margins
    }

    /// For each cut of trees grown leaf by leaf, the leaves, as bits, on its left and on its right in the end; zeros where trees are
    /// symmetric.
    ///
    /// - Complexity: O(cuts · leaves).
    var sides: [(left: UInt16, right: UInt16)] {
        guard let parents else { return cuts.map { _ in (0, 0) } }
        var sides: [(left: UInt16, right: UInt16)] = []
        for depth in depths {
            // What becomes of each leaf until the end, from the last cut back.
            var ends = (0 ... depth).map { UInt16(1) << UInt16($0) }
            var own: [(left: UInt16, right: UInt16)] = []
            for number in (0 ..< depth).reversed() {
                let parent = Int(parents[sides.count + number])
                own.append((ends[parent], ends[number + 1]))
                ends[parent] |= ends[number + 1]
            }
            sides += own.reversed()
        }
        return sides
    }

    /// Finds the leaf of each of some rows in one tree.
    ///
    /// - Parameters:
    ///   - leaves: Zeros; receives the leaf of each row.
    ///   - places: The tree's cuts.
    ///   - rows: All rows.
    ///   - first: The first of the rows whose leaves are asked.
    func assign(
        _ leaves: inout [UInt8],
        _ places: Range<Int>,
        _ rows: BinnedRows,
        from first: Int = 0
    ) {
        for (number, place) in places.enumerated() {
            let cut = cuts[place]
            let parent = parents?[place]
            descend(
                &leaves,
                from: parent,
                change: parent.map { $0 ^ UInt8(number + 1) } ?? 1 << UInt8(number),
                arena: rows.arena,
                start: rows.columns[cut.column].start + first,
                rule: cut.rule(rows.isLeveled)
            )
        }
    }
}
