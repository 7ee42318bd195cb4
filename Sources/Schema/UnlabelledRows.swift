/// Rows that are left out because their target says neither that the customer left nor that she stayed.
public struct UnlabelledRows: Equatable, Sendable {
    /// Rows whose target is empty.
    public private(set) var empty = 0
    /// Rows with another level than the target's two, by that level.
    private var counts: [ExactText: Int] = [:]

    /// None.
    public init() {}

    /// Rows left out.
    public var count: Int { empty + counts.values.reduce(0, +) }

    /// The levels that rows are left out for, the most frequent first.
    public var levels: [(level: String, count: Int)] {
        counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
            .map { ($0.key.string, $0.value) }
    }

    /// Counts rows without a target.
    mutating func add(empty count: Int) { empty += count }

    /// Counts rows with another level.
    mutating func add(_ level: String, count: Int = 1) {
        counts[ExactText(level), default: 0] += count
    }

    /// Counts other rows too.
    public mutating func add(_ others: UnlabelledRows) {
        empty += others.empty
        counts.merge(others.counts) { $0 + $1 }
    }

    /// How many rows are left out for which reason, in a line.
    ///
    /// - Parameter target: Name of the target's column.
    /// - Returns: `457 rows are left out: 454 whose "Status" is "Joined", 3 without a value in "Status"`; nil for none.
    public func summary(target: String) -> String? {
        guard count > 0 else { return nil }
        let shown = levels.prefix(5)
        var parts = shown.map { level, count in
            "\(countText(count)) whose \(quoted(target)) is \(quoted(level))"
        }
        let rest = count - empty - shown.reduce(0) { $0 + $1.count }
        if rest > 0 { parts.append("\(countText(rest)) with other levels") }
        if empty > 0 { parts.append("\(countText(empty)) without a value in \(quoted(target))") }
        let rows = count == 1 ? "1 row is left out" : "\(countText(count)) rows are left out"
        return "\(rows): \(parts.joined(separator: ", "))"
    }
}
