import Output
import Yams

/// A YAML mapping whose every key must be read.
///
/// A typing mistake in a settings file otherwise passes unnoticed and the default is used instead.
/// Each accessor takes one key and returns nil where it is absent; what no accessor asked for is an
/// error at the end. Scalars are taken as they are written, so the text `no` or `007` stays itself.
public struct StrictMapping {
    /// The file as its user names it, for messages.
    public let file: String
    /// The keys that lead here, with dots between; empty at the top.
    public let path: String
    private let pairs: [(key: String, keyMark: Mark?, value: Node)]
    /// The first pair of each key: a file may have a key for each of thousands of columns.
    private let places: [ExactText: Int]
    private let mark: Mark?
    private var asked: [String] = []
    private var askedKeys: Set<ExactText> = []

    /// Reads a whole file with `body` and then makes sure that every key was asked for.
    ///
    /// - Parameters:
    ///   - yaml: The text of the file.
    ///   - file: Its name for messages.
    ///   - body: Asks for keys.
    /// - Returns: What `body` returns.
    /// - Throws: `YAMLProblem` with the place of the first thing that is wrong.
    public static func read<Result>(
        _ yaml: String,
        file: String,
        _ body: (inout StrictMapping) throws(YAMLProblem) -> Result
    ) throws(YAMLProblem) -> Result {
        let root: Node?
        do { root = try Parser(yaml: yaml).singleRoot() } catch {
            throw YAMLProblem(error, file: file)
        }
        guard let root, root != Node("") else {
            throw YAMLProblem(
                file: file,
                line: 0,
                column: 0,
                message: "the file is empty; write one with retain init"
            )
        }
        var mapping = try StrictMapping(root, file: file, path: "")
        let result = try body(&mapping)
        try mapping.finish()
        return result
    }

    private init(_ node: Node, file: String, path: String) throws(YAMLProblem) {
        self.file = file
        self.path = path
        mark = node.mark
        var pairs: [(key: String, keyMark: Mark?, value: Node)] = []
        guard case .mapping(let mapping) = node else {
            self.pairs = []
            places = [:]
            throw problem(at: mark, "must hold \"key: value\" lines")
        }
        var places: [ExactText: Int] = [:]
        var doubled: (String, Mark?)?
        for (key, value) in mapping {
            guard case .scalar(let scalar) = key else {
                self.pairs = []
                self.places = [:]
                throw problem(at: key.mark, "a key must be a text")
            }
            if places[ExactText(scalar.string)] == nil {
                places[ExactText(scalar.string)] = pairs.count
            } else {
                doubled = (scalar.string, key.mark)
            }
            pairs.append((scalar.string, key.mark, value))
        }
        self.pairs = pairs
        self.places = places
        // The YAML library tells 1 from "1", which are one name here.
        if let (key, mark) = doubled {
            throw problem(at: mark, "the key \(quoted(key)) is given more than once; remove one")
        }
    }

    /// The keys in the order of the file.
    public var keys: [String] { pairs.map(\.key) }

    /// Makes sure that every key was asked for.
    private func finish() throws(YAMLProblem) {
        for (key, mark, _) in pairs where !askedKeys.contains(ExactText(key)) {
            let help = nearestName(to: key, in: asked).map { "; did you mean \(quoted($0))?" }
            throw problem(
                at: mark,
                "unknown key \(quoted(key))"
                    + (help ?? "; known are \(asked.joined(separator: ", "))")
            )
        }
    }

    /// A problem with the value of a key, for rules that the caller checks.
    public func problem(_ key: String, _ message: String) -> YAMLProblem {
        problem(at: node(key)?.mark ?? mark, below: key, message)
    }

    /// Unwraps a value that must be there.
    public func required<Value>(_ key: String, _ value: Value?) throws(YAMLProblem) -> Value {
        if let value { return value }
        if let near = nearestName(to: key, in: unasked.map(\.key)) {
            let mark = unasked.first { $0.key == near }?.keyMark
            throw problem(at: mark, "unknown key \(quoted(near)); did you mean \(quoted(key))?")
        }
        throw problem(at: mark, "the key \(quoted(key)) is missing")
    }

    /// The keys that no accessor has asked for yet.
    private var unasked: [(key: String, keyMark: Mark?, value: Node)] {
        pairs.filter { !askedKeys.contains(ExactText($0.key)) }
    }

    private func node(_ key: String) -> Node? {
        places[ExactText(key)].map { pairs[$0].value }
    }

    private func problem(at mark: Mark?, below key: String? = nil, _ message: String) -> YAMLProblem
    {
        let place = [path, key ?? ""].filter { !$0.isEmpty }.joined(separator: ".")
        return YAMLProblem(
            file: file,
            line: mark?.line ?? 0,
            column: mark?.column ?? 0,
            message: place.isEmpty ? message : "\(place): \(message)"
        )
    }

    private mutating func take(_ key: String) -> Node? {
        if askedKeys.insert(ExactText(key)).inserted { asked.append(key) }
        return node(key)
    }
}

extension StrictMapping {
    /// Reads the mapping under a key with `body` and makes sure that it asked for every key.
    public mutating func mapping<Result>(
        _ key: String,
        _ body: (inout StrictMapping) throws(YAMLProblem) -> Result
    ) throws(YAMLProblem) -> Result? {
        guard let node = take(key) else { return nil }
        var mapping = try StrictMapping(
            node,
            file: file,
            path: path.isEmpty ? key : "\(path).\(key)"
        )
        let result = try body(&mapping)
        try mapping.finish()
        return result
    }

    /// Whether a key holds a mapping, where it may also hold something else.
    public func isMapping(_ key: String) -> Bool {
        if case .mapping = node(key) { true } else { false }
    }

    /// A text as it is written; quotes around it are optional.
    public mutating func text(_ key: String) throws(YAMLProblem) -> String? {
        guard let node = take(key) else { return nil }
        return try text(of: node, key)
    }

    /// A list of texts as they are written.
    public mutating func texts(_ key: String) throws(YAMLProblem) -> [String]? {
        guard let node = take(key) else { return nil }
        guard case .sequence(let items) = node else {
            throw problem(key, "must be a list like [a, b]; this is \(Self.found(node))")
        }
        return try items.map { item throws(YAMLProblem) in try text(of: item, key) }
    }

    /// A finite number within bounds.
    public mutating func number(
        _ key: String,
        in bounds: ClosedRange<Double>? = nil
    ) throws(YAMLProblem) -> Double? {
        guard let node = take(key) else { return nil }
        let value = try value(of: node, key, "a number") {
            Double($0).flatMap { $0.isFinite ? $0 : nil }
        }
        if let bounds, !bounds.contains(value) { throw outside(key, bounds, numberText(value)) }
        return value
    }

    /// A whole number within bounds.
    public mutating func integer(
        _ key: String,
        in bounds: ClosedRange<Int>? = nil
    ) throws(YAMLProblem) -> Int? {
        guard let node = take(key) else { return nil }
        let value = try value(of: node, key, "a whole number") { Int($0) }
        if let bounds, !bounds.contains(value) {
            throw outside(key, Double(bounds.lowerBound) ... Double(bounds.upperBound), "\(value)")
        }
        return value
    }

    /// A list of whole numbers within bounds.
    public mutating func integers(
        _ key: String,
        in bounds: ClosedRange<Int>
    ) throws(YAMLProblem) -> [Int]? {
        guard let texts = try texts(key) else { return nil }
        return try texts.map { text throws(YAMLProblem) in
            guard let value = Int(text), bounds.contains(value) else {
                throw problem(
                    key,
                    "\(quoted(text)) must be a whole number from \(bounds.lowerBound) to \(bounds.upperBound)"
                )
            }
            return value
        }
    }

    /// `true` or `false`.
    public mutating func flag(_ key: String) throws(YAMLProblem) -> Bool? {
        guard let node = take(key) else { return nil }
        return try value(of: node, key, "true or false") { Bool($0) }
    }

    /// One of the words of an enumeration.
    public mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String,
        _: Choice.Type
    ) throws(YAMLProblem) -> Choice? where Choice.RawValue == String {
        guard let node = take(key) else { return nil }
        let text = try text(of: node, key)
        guard let value = Choice(rawValue: text) else {
            let words = Choice.allCases.map(\.rawValue)
            let help = suggestion(for: text, in: words)
            throw problem(key, "\(quoted(text)) is none of \(words.joined(separator: ", "))\(help)")
        }
        return value
    }

    private func text(of node: Node, _ key: String) throws(YAMLProblem) -> String {
        guard case .scalar(let scalar) = node else {
            throw problem(
                at: node.mark,
                below: key,
                "must be a single text; this is \(Self.found(node))"
            )
        }
        guard scalar.style != .plain || !scalar.string.isEmpty else {
            throw problem(at: node.mark, below: key, "has no value; write one after the colon")
        }
        return scalar.string
    }

    private func value<Value>(
        of node: Node,
        _ key: String,
        _ kind: String,
        _ convert: (String) -> Value?
    ) throws(YAMLProblem) -> Value {
        let text = try text(of: node, key)
        guard let value = convert(text) else {
            throw problem(key, "\(quoted(text)) must be \(kind)")
        }
        return value
    }

    private func outside(
        _ key: String,
        _ bounds: ClosedRange<Double>,
        _ value: String
    ) -> YAMLProblem {
        let (low, high) = (numberText(bounds.lowerBound), numberText(bounds.upperBound))
        return problem(key, "\(value) must be from \(low) to \(high)")
    }

    private static func found(_ node: Node) -> String {
        switch node {
        case .scalar(let scalar):
            scalar.string.isEmpty ? "empty" : "the text \(quoted(scalar.string))"
        case .mapping: "a mapping"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }
}
