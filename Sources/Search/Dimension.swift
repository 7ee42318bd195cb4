import Files
import Output

/// One thing to search over: its name and what values it may take.
public enum Dimension: Sendable, Equatable {
    /// A number within bounds; `log` where its order of magnitude matters, as with a learning rate.
    case real(String, ClosedRange<Double>, log: Bool = false)
    /// A whole number within bounds; `log` where its order of magnitude matters.
    case integer(String, ClosedRange<Int>, log: Bool = false)
    /// One of several words without an order.
    case choice(String, [String])

    /// Its name, which no other dimension of the space has.
    public var name: String {
        switch self {
        case .real(let name, _, _), .integer(let name, _, _), .choice(let name, _): name
        }
    }

    /// What keeps the dimension from being searched; nil where nothing does.
    var problem: String? {
        switch self {
        case .real(_, let range, let log):
            guard (range.upperBound - range.lowerBound).isFinite else {
                return "needs finite bounds, not \(range.lowerBound) and \(range.upperBound)"
            }
            guard !log || range.lowerBound > 0 else {
                return "is on a log scale and must start above 0, not at \(range.lowerBound)"
            }
        case .integer(_, let range, let log):
            // Beyond 2⁵³ not every whole number is a double.
            guard range.lowerBound.magnitude <= 1 << 53, range.upperBound.magnitude <= 1 << 53
            else { return "needs bounds from -2^53 to 2^53" }
            guard !log || range.lowerBound > 0 else {
                return "is on a log scale and must start above 0, not at \(range.lowerBound)"
            }
        case .choice(_, let words):
            guard !words.isEmpty else { return "has nothing to choose from" }
            guard Set(words).count == words.count else { return "names a choice twice" }
        }
        return nil
    }

    /// How many values it may take; nil where that is no question of counting.
    var count: Int? {
        switch self {
        case .real(_, let range, _): range.lowerBound == range.upperBound ? 1 : nil
        case .integer(_, let range, _): range.count
        case .choice(_, let words): words.count
        }
    }

    /// The value at a place, from 0, of a dimension whose values can be counted.
    func value(at place: Int) -> Point.Value {
        switch self {
        case .real(_, let range, _): .real(range.lowerBound)
        case .integer(_, let range, _): .integer(range.lowerBound + place)
        case .choice(_, let words): .choice(words[place])
        }
    }

    /// The value as this dimension writes it; nil where it may not take it.
    func accepted(_ value: Point.Value) -> Point.Value? {
        switch (self, value) {
        case (.real(_, let range, _), .real(let number)):
            range.contains(number) ? value : nil
        case (.real(_, let range, _), .integer(let number)):
            range.contains(Double(number)) ? .real(Double(number)) : nil
        case (.integer(_, let range, _), .integer(let number)):
            range.contains(number) ? value : nil
        case (.integer(_, let range, _), .real(let number)):
            Int(exactly: number).flatMap { range.contains($0) ? .integer($0) : nil }
        case (.choice(_, let words), .choice(let word)):
            words.contains(word) ? value : nil
        default: nil
        }
    }

    /// What it may be, to be read after "must be".
    var rule: String {
        switch self {
        case .real(_, let range, _): "from \(range.lowerBound) to \(range.upperBound)"
        case .integer(_, let range, _):
            "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .choice(_, let words): "one of " + words.joined(separator: ", ")
        }
    }

    /// The dimension as a JSON object.
    var content: JSONValue {
        switch self {
        case .real(let name, let range, let log):
            [
                "name": .string(name), "real": [.real(range.lowerBound), .real(range.upperBound)],
                "log": .truth(log),
            ]
        case .integer(let name, let range, let log):
            [
                "name": .string(name),
                "integer": [.whole(range.lowerBound), .whole(range.upperBound)],
                "log": .truth(log),
            ]
        case .choice(let name, let words):
            ["name": .string(name), "choice": .array(words.map(JSONValue.string))]
        }
    }
}
