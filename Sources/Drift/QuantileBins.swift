/// Bins of a number, cut at quantiles of a reference sample.
///
/// Each holds the values above the last edge up to and including its own; the last is open. A value
/// that makes up so much of the reference that two quantiles fall on it (the zeros of a balance) is a
/// bin of its own: so no part of such a column can move without a bin noticing, not even where the
/// reference is constant.
public struct QuantileBins: Equatable, Sendable {
    /// Where a bin ends.
    private struct Edge: Equatable {
        var value: Double
        /// Whether `value` itself is still in the bin.
        var isInside: Bool
    }

    private let edges: [Edge]

    /// Cuts at the quantiles 1 / `count`, 2 / `count` and so on.
    ///
    /// - Parameters:
    ///   - reference: What the bins shall hold equal shares of; finite.
    ///   - count: Number of bins where no quantiles agree, from 2 to 1,000.
    /// - Throws: Where `count` is out of its range or a value is infinite.
    /// - Complexity: O(`count` log *n*).
    public init(_ reference: OrderedSample, count: Int = 10) throws(DriftError) {
        guard (2 ... 1_000).contains(count) else { throw .badBinCount(count) }
        try reference.checkFinite(role: .reference)
        let quantiles = (1 ..< count).map { reference.quantile(Double($0) / Double(count)) }
        let constant = reference.distinct.count == 1
        var edges: [Edge] = []
        for (place, value) in quantiles.enumerated() where edges.last?.value != value {
            if constant || place + 1 < quantiles.count && quantiles[place + 1] == value {
                edges.append(Edge(value: value, isInside: false))
            }
            edges.append(Edge(value: value, isInside: true))
        }
        self.edges = edges
    }

    /// Number of bins.
    public var count: Int { edges.count + 1 }

    /// The bin of a value.
    ///
    /// - Complexity: O(log `count`).
    func place(of value: Double) -> Int {
        var (low, high) = (0, edges.count)
        while low < high {
            let middle = (low + high) / 2
            let edge = edges[middle]
            let isBehind = edge.isInside ? value > edge.value : value >= edge.value
            if isBehind { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// How many values lie in each bin; shape [`count`].
    ///
    /// - Complexity: O(`count` log *n*).
    public func counts(of sample: OrderedSample) -> [Int] {
        var counts: [Int] = []
        var before = 0
        for edge in edges {
            let rank = sample.rank(edge.value, isInside: edge.isInside)
            counts.append(rank - before)
            before = rank
        }
        return counts + [sample.rowCount - before]
    }
}
