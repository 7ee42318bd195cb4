private import Kernels

/// Encoded rows, feature by feature, as the network's kernels read them.
public struct FeatureMatrix: Equatable, Sendable {
    /// Number of encoded columns.
    public let columnCount: Int
    /// Number of rows.
    public let rowCount: Int
    /// Distance from one column to the next: the number of rows, rounded up to a multiple of 16.
    public let stride: Int
    /// Shape [columnCount, stride], and 0 beyond `rowCount`.
    ///
    /// Column c of row r is `values[c * stride + r]`.
    public internal(set) var values: [Float]

    init(columnCount: Int, rowCount: Int) {
        let count = columnCount * Self.stride(rowCount: rowCount)
        self.init(
            columnCount: columnCount,
            rowCount: rowCount,
            values: Array(repeating: 0, count: count)
        )
    }

    /// Takes values of the shape that rows and columns have.
    init(columnCount: Int, rowCount: Int, values: [Float]) {
        self.columnCount = columnCount
        self.rowCount = rowCount
        stride = Self.stride(rowCount: rowCount)
        precondition(values.count == columnCount * stride, "values of another shape")
        self.values = values
    }

    static func stride(rowCount: Int) -> Int { (rowCount + 15) & ~15 }

    /// One value.
    ///
    /// - Precondition: Row and column are in range.
    public subscript(row row: Int, column column: Int) -> Float {
        precondition(row >= 0 && row < rowCount, "row \(row) is not one of \(rowCount)")
        precondition(
            column >= 0 && column < columnCount,
            "column \(column) is not one of \(columnCount)"
        )
        return values[column * stride + row]
    }

    /// The rows one after the other, without padding: shape [rowCount, columnCount].
    ///
    /// - Complexity: O(rows · columns).
    public func rowMajor() -> [Float] {
        Kernels.rowMajor(values, units: columnCount, stride: stride, rows: rowCount)
    }
}
