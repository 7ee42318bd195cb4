import Kernels

/// Rows as bins, column by column.
public struct BinnedRows: Sendable {
    /// Number of rows.
    public let count: Int
    /// Where each column's bins are, and how many there are of them.
    let columns: [BinColumn]
    /// Whether a cut of each column takes one bin out.
    let isLeveled: [Bool]
    /// Shape [columns, rows].
    let arena: [UInt8]

    /// Bins rows.
    ///
    /// - Parameters:
    ///   - columns: Of equal length.
    ///   - bins: Fitted to columns of the same kinds, in the same order.
    ///   - count: Number of rows.
    /// - Complexity: O(rows · columns · log of borders).
    public init(_ columns: [TreeColumn], _ bins: [ColumnBins], count: Int) {
        precondition(columns.count == bins.count, "\(columns.count) columns, \(bins.count) fitted")
        precondition(columns.allSatisfy { $0.count == count }, "columns differ in length")
        self.count = count
        self.columns = bins.indices.map { BinColumn(start: $0 * count, bins: bins[$0].count) }
        isLeveled = bins.map(\.isLeveled)
        var arena: [UInt8] = []
        arena.reserveCapacity(columns.count * count)
        for (column, bins) in zip(columns, bins) { arena += bins.bins(of: column) }
        self.arena = arena
    }
}
