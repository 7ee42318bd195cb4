import Kernels

/// Fitted trees: how rows become bins, and some ensembles whose margins are averaged.
///
/// ```swift
/// let bins = columns.map { ColumnBins($0, mostBorders: 128) }
/// var growth = TreeGrowth(BinnedRows(columns, bins, count: 100), labels: left, weights: nil,
///     learning: Array(0 ..< 100), settings: TreeSettings(), seed: 1)
/// for _ in 0 ..< 200 { growth.grow() }
/// let margins = BoostedTrees(bins: bins, ensembles: [growth.trees]).margins(columns, count: 100)
/// ```
public struct BoostedTrees: Equatable, Sendable {
    /// How each column becomes bins, in order.
    public let bins: [ColumnBins]
    /// The ensembles; the margin is their mean.
    public let ensembles: [TreeEnsemble]

    /// Puts trees together.
    ///
    /// - Precondition: There is an ensemble, and no cut of a column or bin that is not there.
    public init(bins: [ColumnBins], ensembles: [TreeEnsemble]) {
        precondition(!ensembles.isEmpty, "trees need an ensemble")
        precondition(Self.fit(bins, ensembles), "a tree cuts a column or a bin that is not there")
        self.bins = bins
        self.ensembles = ensembles
    }

    /// Whether every cut is of a column, and of a bin of it.
    public static func fit(_ bins: [ColumnBins], _ ensembles: [TreeEnsemble]) -> Bool {
        ensembles.allSatisfy { ensemble in
            ensemble.cuts.allSatisfy { $0.column < bins.count && $0.bin < bins[$0.column].count }
        }
    }

    /// The margin of each row: log-odds that the customer leaves.
    ///
    /// A row's margin has the same bits alone and among any others.
    ///
    /// - Parameters:
    ///   - columns: Of the kinds that bins were fitted to, in the same order.
    ///   - count: Number of rows.
    /// - Returns: Shape [rows].
    /// - Complexity: O(rows · trees · depth), 32 rows at a time.
    public func margins(_ columns: [TreeColumn], count: Int) -> [Double] {
        let rows = BinnedRows(columns, bins, count: count)
        return elementwiseMean(ensembles.map { $0.margins(rows) })
    }
}

/// Trees prepared for one row at a time, as a service asks: the same bits as `BoostedTrees.margins`.
public struct TreeRowScorer: Sendable {
    private let bins: [ColumnBins]
    private let ensembles: [Ensemble]

    /// One ensemble, in few bytes.
    private struct Ensemble {
        let start: Double
        let depths: [UInt8]
        let cuts: [Cut]
        let values: [Double]
        let isSymmetric: Bool
    }

    private struct Cut {
        let column: Int32
        let bin: UInt8
        let takesOneOut: Bool
        /// The leaves, as bits, that are left for a row that goes left, and for one that goes right, in a tree grown leaf by
        /// leaf (Lucchese and others, "QuickScorer", SIGIR 2015).
        let left: UInt16
        let right: UInt16
    }

    /// Prepares trees.
    public init(_ trees: BoostedTrees) {
        bins = trees.bins
        ensembles = trees.ensembles.map { ensemble in
            Ensemble(
                start: ensemble.start,
                depths: ensemble.depths.map(UInt8.init),
                cuts: zip(ensemble.cuts, ensemble.sides).map { cut, side in
                    Cut(
                        column: Int32(cut.column),
                        bin: UInt8(cut.bin),
                        takesOneOut: trees.bins[cut.column].isLeveled,
                        left: ~side.right,
                        right: ~side.left
                    )
                },
                values: ensemble.values,
                isSymmetric: ensemble.parents == nil
            )
        }
    }

    /// The margin of a row.
    ///
    /// - Parameter value: The row's value in the column at a place: a number, NaN where empty; a code where levels were
    ///   fitted, −1 where empty, −2 where not listed.
    /// - Returns: The same bits as among other rows.
    /// - Complexity: O(trees · depth).
    public func margin(_ value: (_ column: Int) -> Double) -> Double {
        let row = bins(value)
        var sum: Double?
        for ensemble in ensembles {
            let margin = Self.margin(ensemble, row.span)
            sum = sum.map { $0 + margin } ?? margin
        }
        return (sum ?? 0) / Double(ensembles.count)
    }

    /// The bin of each column of a row.
    ///
    /// - Parameter value: As for `margin`.
    /// - Returns: Shape [columns].
    public func bins(_ value: (_ column: Int) -> Double) -> [UInt8] {
        bins.indices.map { bins[$0].bin(of: value($0)) }
    }

    private static func margin(_ ensemble: Ensemble, _ bins: Span<UInt8>) -> Double {
        let (cuts, values) = (ensemble.cuts.span, ensemble.values.span)
        var margin = ensemble.start
        var cut = 0
        var first = 0
        func goesRight(_ cut: Cut) -> Bool {
            let bin = bins[Int(cut.column)]
            return cut.takesOneOut ? bin == cut.bin : bin > cut.bin
        }
        guard ensemble.isSymmetric else {
            for depth in ensemble.depths {
                var leaves: UInt16 = (2 << UInt16(depth)) &- 1
                for place in cut ..< cut + Int(depth) {
                    let own = cuts[place]
                    leaves &= goesRight(own) ? own.right : own.left
                }
                margin += values[first + leaves.trailingZeroBitCount]
                cut += Int(depth)
                first += TreeEnsemble.mostLeaves
            }
            return margin
        }
        for depth in ensemble.depths {
            var leaf = 0
            for level in 0 ..< Int(depth) {
                leaf |= (goesRight(cuts[cut + level]) ? 1 : 0) << level
            }
            margin += values[first + leaf]
            cut += Int(depth)
            first += 1 << Int(depth)
        }
        return margin
    }
}
