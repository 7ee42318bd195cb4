import Output

/// Where two values first differ, by path, and both texts there.
struct FirstDifference: Equatable {
    var path: String
    var recorded: String
    var again: String
}

extension JSONValue {
    /// The first difference in the order of keys and places; nil where there is none.
    ///
    /// - Complexity: O(*n* log *n*) in the parts.
    func difference(from other: JSONValue, path: String) -> FirstDifference? {
        switch (self, other) {
        case (.object(let own), .object(let others)):
            let (own, others) = (
                Dictionary(own) { one, _ in one }, Dictionary(others) { one, _ in one }
            )
            for key in Set(own.keys).union(others.keys).sorted() {
                let place = path.isEmpty ? key : "\(path).\(key)"
                guard let one = own[key], let two = others[key] else {
                    return FirstDifference(
                        path: place,
                        recorded: own[key]?.summary ?? "absent",
                        again: others[key]?.summary ?? "absent"
                    )
                }
                if let found = one.difference(from: two, path: place) { return found }
            }
            return nil
        case (.array(let own), .array(let others)):
            for (place, (one, two)) in zip(own, others).enumerated() {
                if let found = one.difference(from: two, path: "\(path)[\(place)]") { return found }
            }
            guard own.count != others.count else { return nil }
        default:
            // A text of digits is no number.
            guard text() != other.text() else { return nil }
        }
        return FirstDifference(path: path, recorded: summary, again: other.summary)
    }

    /// How many values it holds.
    var leafCount: Int {
        switch self {
        case .object(let members): members.reduce(0) { $0 + $1.1.leafCount }
        case .array(let values): values.reduce(0) { $0 + $1.leafCount }
        case .string, .literal: 1
        }
    }

    /// The value in a few words.
    private var summary: String {
        switch self {
        case .object(let members): "\(members.count) fields"
        case .array(let values): values.count == 1 ? "1 entry" : "\(values.count) entries"
        case .string(let text), .literal(let text): text
        }
    }
}
