/// Drops the points of a line that can't be seen, so that a drawing stays small however long the
/// data: per column of two units the first, lowest, highest and last point remain.
///
/// Jugel, Jerzak, Hackenbroich and Markl, "M4: a visualization-oriented time series data
/// aggregation", VLDB 2014.
package struct Thinning {
    let columns: Int
    let from: Double
    let to: Double

    /// Columns of equal width between two places.
    package init(columns: Int, from: Double, to: Double) {
        self.columns = columns
        self.from = from
        self.to = to
    }

    /// - Parameter points: In drawing coordinates, finite, in the order in which they are joined.
    /// - Returns: At most four points for each visit of a column.
    /// - Complexity: O(*n*).
    package func apply(_ points: [PlotPoint]) -> [PlotPoint] {
        guard points.count > columns else { return points }
        var result: [PlotPoint] = []
        var start = 0
        while start < points.count {
            let column = column(of: points[start])
            var end = start + 1
            var low = start
            var high = start
            while end < points.count, self.column(of: points[end]) == column {
                if points[end].y < points[low].y { low = end }
                if points[end].y > points[high].y { high = end }
                end += 1
            }
            var previous = -1
            for index in [start, low, high, end - 1].sorted() where index != previous {
                result.append(points[index])
                previous = index
            }
            start = end
        }
        return result
    }

    private func column(of point: PlotPoint) -> Int {
        guard to > from else { return 0 }
        let share = (point.x - from) / (to - from)
        return Int((max(0, min(1, share)) * Double(columns)).rounded(.down))
    }
}
