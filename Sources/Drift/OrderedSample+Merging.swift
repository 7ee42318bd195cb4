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

    /// The same distribution in at most so many values.
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
