/// What two samples are compared by once their rows are counted by bin or level.
public protocol CountComparison {
    /// Compares counts of bins or levels, shape [bins] each.
    ///
    /// - Throws: Where the counts differ in number, one is negative, or a sample has no rows.
    init(reference: [Int], current: [Int]) throws(DriftError)
}

extension CountComparison {
    /// Compares levels; unseen ones count as one more level, missing ones do not count.
    ///
    /// - Throws: Where different numbers of levels are listed, or a sample has no level.
    public init(reference: LevelCounts, current: LevelCounts) throws(DriftError) {
        try self.init(reference: reference.levels, current: current.levels)
    }

    /// Compares numbers in bins of the reference's quantiles.
    ///
    /// - Throws: Where `bins` is not from 2 to 1,000 or a value of the reference is infinite.
    /// - Complexity: O(`bins` · log *n*).
    public init(
        reference: OrderedSample,
        current: OrderedSample,
        bins: Int = 10
    ) throws(DriftError) {
        let cut = try QuantileBins(reference, count: bins)
        try self.init(reference: cut.counts(of: reference), current: cut.counts(of: current))
    }
}
