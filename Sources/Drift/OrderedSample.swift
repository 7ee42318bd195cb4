/// The values of one column in rising order, sorted once for all statistics that need them so.
public struct OrderedSample: Equatable, Sendable {
    /// In rising order, −0 become 0; at least one.
    public let values: [Double]

    /// Sorts a sample.
    ///
    /// - Parameters:
    ///   - values: Shape [n], in any order. May be infinite.
    ///   - role: Which sample an error speaks of.
    /// - Throws: Where there is no value or one is not a number.
    /// - Complexity: O(*n*), by radix.
    public init(_ values: [Double], role: SampleRole) throws(DriftError) {
        _ = try ValueRange(values, role: role)
        var sorted = values
        radixSort(&sorted)
        self.values = sorted
    }

    /// The value under which the given share of the sample lies, linear between order statistics: type
    /// 7 of Hyndman and Fan, "Sample quantiles in statistical packages", The American Statistician 50,
    /// 1996; numpy's default.
    ///
    /// - Parameter share: From 0 to 1.
    /// - Returns: A value between the smallest and the largest.
    /// - Complexity: O(1).
    public func quantile(_ share: Double) -> Double {
        let place = share * Double(values.count - 1)
        let below = min(max(0, Int(place)), values.count - 1)
        let above = min(below + 1, values.count - 1)
        let (low, high) = (values[below], values[above])
        return low == high ? low : low + (place - Double(below)) * (high - low)
    }

    /// Throws where an end is infinite; then a row is named.
    func checkFinite(role: SampleRole) throws(DriftError) {
        for row in [values.startIndex, values.index(before: values.endIndex)] {
            guard values[row].isFinite else { throw .infinite(role, row: row) }
        }
    }
}
