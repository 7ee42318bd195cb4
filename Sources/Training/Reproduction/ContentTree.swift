import FoundationEssentials

/// A value as JSON tells it, to be compared with another part by part.
///
/// Numbers are written as the shortest text that gives the same bits, so two are equal here only where
/// their bits are.
enum ContentTree: Equatable {
    case fields([String: ContentTree])
    case list([ContentTree])
    case leaf(String)

    init(_ value: some Encodable) throws {
        let bytes = try JSONEncoder().encode([value])
        guard case .list(let whole) = try JSONDecoder().decode(ContentTree.self, from: bytes),
            let value = whole.first
        else {
            self = .leaf("")
            return
        }
        self = value
    }

    /// Where two values first differ, by path, and both texts there.
    struct Difference: Equatable {
        var path: String
        var recorded: String
        var again: String
    }

    /// The first difference in the order of keys and places; nil where there is none.
    ///
    /// - Complexity: O(*n* log *n*) in the parts.
    func difference(from other: ContentTree, path: String) -> Difference? {
        switch (self, other) {
        case (.fields(let own), .fields(let others)):
            for key in Set(own.keys).union(others.keys).sorted() {
                let place = path.isEmpty ? key : "\(path).\(key)"
                guard let one = own[key], let two = others[key] else {
                    return Difference(
                        path: place,
                        recorded: own[key]?.text ?? "absent",
                        again: others[key]?.text ?? "absent"
                    )
                }
                if let found = one.difference(from: two, path: place) { return found }
            }
            return nil
        case (.list(let own), .list(let others)):
            for (place, (one, two)) in zip(own, others).enumerated() {
                if let found = one.difference(from: two, path: "\(path)[\(place)]") { return found }
            }
            return own.count == others.count
                ? nil
                : Difference(path: path, recorded: text, again: other.text)
        default:
            return self == other
                ? nil : Difference(path: path, recorded: text, again: other.text)
        }
    }

    /// How many values it holds.
    var leafCount: Int {
        switch self {
        case .fields(let fields): fields.values.reduce(0) { $0 + $1.leafCount }
        case .list(let list): list.reduce(0) { $0 + $1.leafCount }
        case .leaf: 1
        }
    }

    /// The value in a line.
    private var text: String {
        switch self {
        case .fields(let fields): "\(fields.count) fields"
        case .list(let list): list.count == 1 ? "1 entry" : "\(list.count) entries"
        case .leaf(let text): text
        }
    }

    /// The tree without one of its outermost fields.
    func without(_ key: String) -> ContentTree {
        guard case .fields(var fields) = self else { return self }
        fields[key] = nil
        return .fields(fields)
    }
}

extension ContentTree: Decodable {
    init(from decoder: any Decoder) throws {
        if let fields = try? decoder.container(keyedBy: AnyKey.self) {
            var found: [String: ContentTree] = [:]
            for key in fields.allKeys {
                found[key.stringValue] = try fields.decode(ContentTree.self, forKey: key)
            }
            self = .fields(found)
            return
        }
        if var items = try? decoder.unkeyedContainer() {
            var found: [ContentTree] = []
            while !items.isAtEnd { found.append(try items.decode(ContentTree.self)) }
            self = .list(found)
            return
        }
        let single = try decoder.singleValueContainer()
        if single.decodeNil() {
            self = .leaf("null")
        } else if let flag = try? single.decode(Bool.self) {
            self = .leaf(flag ? "true" : "false")
        } else if let whole = try? single.decode(Int64.self) {
            self = .leaf("\(whole)")
        } else if let whole = try? single.decode(UInt64.self) {
            self = .leaf("\(whole)")
        } else if let number = try? single.decode(Double.self) {
            self = .leaf("\(number)")
        } else {
            self = .leaf(try single.decode(String.self))
        }
    }

    private struct AnyKey: CodingKey {
        let stringValue: String
        let intValue: Int? = nil

        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue _: Int) { return nil }
    }
}
