/// Numbers that lie outside the range of their column and count as its nearest bound.
public struct OutsideCounts: Equatable, Sendable, Encodable {
    /// How many, of all columns.
    public private(set) var values = 0
    /// How many, by column.
    public private(set) var columns: [String: Int] = [:]

    /// None.
    public init() {}

    /// Adds what a batch of records holds.
    public mutating func add(_ found: [SchemaViolation]) {
        for value in found {
            values += 1
            columns[value.column ?? "", default: 0] += 1
        }
    }

    /// What a person is told, in a sentence; nil where there are none.
    public var sentence: String? {
        guard values > 0 else { return nil }
        let order = columns.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let names = order.prefix(mostListed).map { "\(quoted($0.key)) \(countText($0.value))" }
        let verb = values == 1 ? "number lies" : "numbers lie"
        return "\(countText(values)) \(verb) outside the range of retain.yaml and "
            + "\(values == 1 ? "counts" : "count") as the nearest bound: "
            + names.joined(separator: ", ") + more(than: order.count)
            + " (outside: error refuses such rows)."
    }
}
