/// The values of one column in rising order, each once with the rows that have it: what all statistics
/// of a number are computed from.
///
/// Either every row is kept, or some were moved to a neighbouring value to save room; then `rankError`
/// tells how far the ranks may be off.
public struct OrderedSample: Equatable, Sendable {
    /// The distinct values in rising order, −0 become 0; at least one.
    public let distinct: [Double]
    /// How many rows are at or below each value; shape as `distinct`.
    public let ranks: [Int]
    /// By how many rows a rank may be off at most; 0 where every row kept its value.
    public let rankError: Int

    /// Sorts a sample.
    ///
    /// - Parameters:
    ///   - values: Shape [n], in any order. May be infinite.
    ///   - role: Which sample an error speaks of.
    /// - Throws: Where there is no value or one is not a number.
    /// - Complexity: O(*n*), by radix.
    public init(_ values: [Double], role: SampleRole) throws(DriftError) {
        _ = try ValueRange(values, role: role)
        self.init(numbers: values)
    }

    /// Sorts numbers.
    ///
    /// - Precondition: There is one, and none is NaN.
    init(numbers: [Double]) {
        precondition(!numbers.isEmpty, "a sample needs a value")
        var sorted = numbers
        radixSort(&sorted)
        var distinct: [Double] = []
        var ranks: [Int] = []
        for (row, value) in sorted.enumerated() {
            if distinct.last == value {
                ranks[ranks.count - 1] = row + 1
            } else {
                distinct.append(value)
                ranks.append(row + 1)
            }
        }
        self.init(distinct: distinct, ranks: ranks, rankError: 0)
    }

    /// Takes over what is in order already.
    ///
    /// - Precondition: Both rise strictly, are of one length and not empty.
    init(distinct: [Double], ranks: [Int], rankError: Int) {
        precondition(!distinct.isEmpty && distinct.count == ranks.count, "a value for each rank")
        self.distinct = distinct
        self.ranks = ranks
        self.rankError = rankError
    }

    /// Number of rows.
    public var rowCount: Int { ranks[ranks.count - 1] }

    /// The largest error of a rank as a share of the rows.
    public var error: Double { Double(rankError) / Double(rowCount) }

    /// How many rows have each value; shape as `distinct`.
    public var counts: [Int] {
        ranks.indices.map { $0 == 0 ? ranks[0] : ranks[$0] - ranks[$0 - 1] }
    }

    /// The mean; of moved rows where `rankError` is not 0.
    public var mean: Double {
        let sum = zip(distinct, counts).reduce(0) { $0 + $1.0 * Double($1.1) }
        guard sum.isInfinite else { return sum / Double(rowCount) }
        // Some of the greatest doubles have a mean, though not a sum.
        return zip(distinct, counts).reduce(0) { $0 + $1.0 * (Double($1.1) / Double(rowCount)) }
    }

    /// The value under which the given share of the sample lies, linear between order statistics: type
    /// 7 of Hyndman and Fan, "Sample quantiles in statistical packages", The American Statistician 50,
    /// 1996; numpy's default.
    ///
    /// - Parameter share: From 0 to 1.
    /// - Returns: A value between the smallest and the largest.
    /// - Complexity: O(log *n*).
    public func quantile(_ share: Double) -> Double {
        let place = share * Double(rowCount - 1)
        let below = min(max(0, Int(place)), rowCount - 1)
        let low = distinct[firstPlace { ranks[$0] > below }]
        let high = distinct[firstPlace { ranks[$0] > min(below + 1, rowCount - 1) }]
        return low == high ? low : low + (place - Double(below)) * (high - low)
    }

    /// How many rows are below a value, or at and below it.
    ///
    /// - Complexity: O(log *n*).
    func rank(_ value: Double, isInside: Bool) -> Int {
        let end = firstPlace { isInside ? distinct[$0] > value : distinct[$0] >= value }
        return end == 0 ? 0 : ranks[end - 1]
    }

    /// Throws where an end is infinite; then a row of the sorted sample is named.
    func checkFinite(role: SampleRole) throws(DriftError) {
        guard distinct[0].isFinite else { throw .infinite(role, row: 0) }
        guard distinct[distinct.count - 1].isFinite else {
            throw .infinite(role, row: rowCount - 1)
        }
    }

    /// The first place of which something is true that is true of all later ones, by halving.
    private func firstPlace(where isAfter: (Int) -> Bool) -> Int {
        var (low, high) = (0, distinct.count)
        while low < high {
            let middle = (low + high) / 2
            if isAfter(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

extension OrderedSample {
    /// Both samples as one; errors of ranks add up.
    ///
    /// - Complexity: O(*n* + *m*).
    public func merging(_ other: OrderedSample) -> OrderedSample {
        var distinct: [Double] = []
        var ranks: [Int] = []
        distinct.reserveCapacity(self.distinct.count + other.distinct.count)
        ranks.reserveCapacity(self.distinct.count + other.distinct.count)
        var (i, j) = (0, 0)
        while i < self.distinct.count || j < other.distinct.count {
            let isMine =
                j == other.distinct.count
                || i < self.distinct.count && self.distinct[i] <= other.distinct[j]
            let value = isMine ? self.distinct[i] : other.distinct[j]
            if i < self.distinct.count, self.distinct[i] == value { i += 1 }
            if j < other.distinct.count, other.distinct[j] == value { j += 1 }
            distinct.append(value)
            ranks.append((i == 0 ? 0 : self.ranks[i - 1]) + (j == 0 ? 0 : other.ranks[j - 1]))
        }
        return OrderedSample(
            distinct: distinct,
            ranks: ranks,
            rankError: rankError + other.rankError
        )
    }

    /// The same distribution in a limited number of values.
    ///
    /// Neighbours with few rows are drawn together on the one in their middle; a value that many rows
    /// have stays as it is. `rankError` grows by at most about half of *n* / `points`.
    ///
    /// - Precondition: `points` is 1 or more.
    /// - Complexity: O(*n* log *n*).
    public func thinned(to points: Int) -> OrderedSample {
        precondition(points > 0, "thinned: at least 1 point, got \(points)")
        guard distinct.count > points else { return self }
        let counts = counts
        // The smallest groups that are few enough; a single one, of all rows, always is.
        var (low, high) = (1, rowCount)
        while low < high {
            let middle = (low + high) / 2
            if Self.groups(counts, heaviest: middle).count <= points {
                high = middle
            } else {
                low = middle + 1
            }
        }
        var kept: [Double] = []
        var keptRanks: [Int] = []
        var moved = 0
        for group in Self.groups(counts, heaviest: high) {
            let before = group.lowerBound == 0 ? 0 : ranks[group.lowerBound - 1]
            let end = ranks[group.upperBound - 1]
            let middle = group.first { ranks[$0] - before >= end - ranks[$0] } ?? group.lowerBound
            kept.append(distinct[middle])
            keptRanks.append(end)
            let below = (middle == 0 ? 0 : ranks[middle - 1]) - before
            moved = max(moved, below, end - ranks[middle])
        }
        return OrderedSample(distinct: kept, ranks: keptRanks, rankError: rankError + moved)
    }

    /// Neighbours as long as together they have at most `heaviest` rows; others alone.
    private static func groups(_ counts: [Int], heaviest: Int) -> [Range<Int>] {
        var groups: [Range<Int>] = []
        var start = 0
        var rows = 0
        for place in counts.indices {
            if place > start, rows + counts[place] > heaviest {
                groups.append(start ..< place)
                (start, rows) = (place, 0)
            }
            rows += counts[place]
        }
        groups.append(start ..< counts.count)
        return groups
    }
}
