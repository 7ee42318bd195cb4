/// The distribution of a number over any number of rows in constant memory: exact while there are few
/// distinct values, beyond with a known largest error of every rank.
///
/// Beyond, it is the buffer hierarchy of Munro and Paterson, "Selection and sorting with limited
/// storage", Theoretical Computer Science 12, 1980, as made mergeable by Manku, Rajagopalan and
/// Lindsay, "Approximate medians and other quantiles in one pass and with limited memory", SIGMOD 1998:
/// a level's values stand for 2, 4, 8 … rows each, and a full level passes every second value on. No
/// random numbers: whether the first or the second of each pair is kept is decided by which error is
/// smaller so far, so that errors cancel. The result depends on the rows and on how they were merged,
/// never on time or thread.
public struct QuantileSketch: Equatable, Sendable {
    /// How many distinct values are kept exactly, and how many values a level holds.
    public let capacity: Int
    /// Number of rows.
    public private(set) var rowCount = 0
    /// All rows, while they have at most `capacity` distinct values.
    private var exact: OrderedSample?
    /// At place h, in rising order, values that stand for 2ʰ rows each; none while exact.
    private var levels: [[Double]] = []
    /// By how many rows a rank may at most be too high.
    private var over = 0
    /// By how many rows a rank may at most be too low.
    private var under = 0

    /// The capacity for files: 16,384 values, at most some 2 MB at ten million rows.
    public static let usualCapacity = 16_384

    /// An empty sketch.
    ///
    /// - Precondition: `capacity` is even and at least 2.
    public init(capacity: Int = QuantileSketch.usualCapacity) {
        precondition(capacity >= 2 && capacity % 2 == 0, "capacity \(capacity) is odd or under 2")
        self.capacity = capacity
    }

    /// By how many rows a rank of `sample` may be off at most; 0 while exact.
    public var rankError: Int { max(over, under) }

    /// The largest error of a rank, as a share of the rows, that any way of adding and merging leads to.
    ///
    /// It is the number of levels that fill, over the capacity; in one stream about half of that. At the usual capacity 0.061 % for ten million rows, 0.098 % for a billion.
    ///
    /// - Complexity: O(log `rows`).
    public static func worstError(
        rows: Int,
        capacity: Int = QuantileSketch.usualCapacity
    ) -> Double {
        // A compaction costs a rank at most one value's rows and takes at least `capacity` values.
        var levels = 0
        while rows >> levels >= capacity { levels += 1 }
        return Double(levels) / Double(capacity)
    }

    /// All rows as a weighted sample; nil where there are none.
    ///
    /// - Complexity: O(capacity · levels²).
    public var sample: OrderedSample? {
        if let exact { return exact }
        var merged: OrderedSample?
        for (level, values) in levels.enumerated() where !values.isEmpty {
            let part = OrderedSample(rising: values, weight: 1 << level)
            merged = merged?.merging(part) ?? part
        }
        return merged.map {
            OrderedSample(distinct: $0.distinct, ranks: $0.ranks, rankError: rankError)
        }
    }

    /// Adds rows; those that are not a number are left out.
    ///
    /// - Complexity: O(*n* + capacity).
    public mutating func insert(_ values: [Double]) {
        let numbers = values.contains(where: \.isNaN) ? values.filter { !$0.isNaN } : values
        guard !numbers.isEmpty else { return }
        insert(OrderedSample(numbers: numbers))
    }

    /// Adds the rows of another sketch.
    ///
    /// - Precondition: Both have one capacity.
    /// - Complexity: O(capacity · levels).
    public mutating func merge(_ other: QuantileSketch) {
        precondition(capacity == other.capacity, "sketches of different capacity")
        guard other.rowCount > 0 else { return }
        if let more = other.exact {
            insert(more)
        } else {
            spread()
            rowCount += other.rowCount
            over += other.over
            under += other.under
            for (level, values) in other.levels.enumerated() { add(values, level: level) }
            compact()
        }
    }

    private mutating func insert(_ more: OrderedSample) {
        if rowCount == 0 || exact != nil {
            rowCount += more.rowCount
            let all = exact?.merging(more) ?? more
            exact = all
            if all.distinct.count > capacity { spread() }
        } else {
            rowCount += more.rowCount
            spread(more)
        }
        compact()
    }

    /// Goes over to levels.
    private mutating func spread() {
        guard let all = exact else { return }
        exact = nil
        spread(all)
    }

    /// Adds exact rows to the levels, a value of 5 rows to those of 1 and of 4: no rank is off yet.
    private mutating func spread(_ rows: OrderedSample) {
        let counts = rows.counts
        var values: [[Double]] = []
        for (value, count) in zip(rows.distinct, counts) {
            var rest = count
            while rest > 0 {
                let level = rest.trailingZeroBitCount
                while values.count <= level { values.append([]) }
                values[level].append(value)
                rest &= rest - 1
            }
        }
        for (level, values) in values.enumerated() { add(values, level: level) }
    }

    private mutating func add(_ values: [Double], level: Int) {
        while levels.count <= level { levels.append([]) }
        levels[level] = mergedRising(levels[level], values)
    }

    /// Passes every second value of full levels on.
    private mutating func compact() {
        var level = 0
        while level < levels.count {
            let values = levels[level]
            if values.count >= capacity {
                let keepsFirst = over <= under
                let kept = (0 ..< values.count / 2).map { values[2 * $0 + (keepsFirst ? 0 : 1)] }
                levels[level] = values.count % 2 == 0 ? [] : [values[values.count - 1]]
                // Only a rank between the two of a pair moves, and by one value's rows.
                if keepsFirst { over += 1 << level } else { under += 1 << level }
                add(kept, level: level + 1)
            }
            level += 1
        }
    }
}

extension OrderedSample {
    /// Values in rising order, equal ones beside each other, each standing for `weight` rows.
    fileprivate init(rising values: [Double], weight: Int) {
        var distinct: [Double] = []
        var ranks: [Int] = []
        for (place, value) in values.enumerated() {
            if distinct.last == value {
                ranks[ranks.count - 1] += weight
            } else {
                distinct.append(value)
                ranks.append((place + 1) * weight)
            }
        }
        self.init(distinct: distinct, ranks: ranks, rankError: 0)
    }
}

/// The values of both in rising order.
private func mergedRising(_ one: [Double], _ other: [Double]) -> [Double] {
    if one.isEmpty { return other }
    if other.isEmpty { return one }
    var merged: [Double] = []
    merged.reserveCapacity(one.count + other.count)
    var (i, j) = (0, 0)
    while i < one.count, j < other.count {
        if one[i] <= other[j] {
            merged.append(one[i])
            i += 1
        } else {
            merged.append(other[j])
            j += 1
        }
    }
    merged += one[i...]
    merged += other[j...]
    return merged
}
