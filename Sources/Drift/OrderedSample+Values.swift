extension OrderedSample {
    /// A value for each row, in rising order.
    ///
    /// - Complexity: O(rows).
    public var values: [Double] {
        var values: [Double] = []
        values.reserveCapacity(rowCount)
        for (value, rank) in zip(distinct, ranks) {
            while values.count < rank { values.append(value) }
        }
        return values
    }
}
