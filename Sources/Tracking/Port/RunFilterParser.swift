extension RunFilter {
    /// Reads MLflow's search syntax, with `OR` and parentheses besides its `AND`, which binds tighter.
    ///
    /// - Parameter text: For example `metrics.loss < 0.4 AND (params.model = 'best' OR tags.a LIKE 'x%')`.
    /// - Throws: `RunFilterError` with the place and what is expected there.
    /// - Complexity: O(length).
    public init(parsing text: String) throws(RunFilterError) {
        var parser = try RunFilterParser(text)
        self = try parser.alternatives(depth: 0)
        try parser.end()
    }
}

extension RunOrder {
    /// Reads `metrics.loss DESC`; without a direction the lowest comes first.
    ///
    /// - Throws: `RunFilterError` with the place and what is expected there.
    public init(parsing text: String) throws(RunFilterError) {
        var parser = try RunFilterParser(text)
        let field = try parser.field()
        let isDescending = parser.take(word: "DESC")
        if !isDescending { _ = parser.take(word: "ASC") }
        try parser.end()
        self.init(field, isDescending: isDescending)
    }
}

/// Descends through a condition's text.
struct RunFilterParser {
    private let text: String
    private let tokens: [RunFilterToken]
    private var next = 0
    private var count = 0
    /// Parentheses inside one another that are taken; more would exhaust the stack of SQLite's parser.
    private static let deepest = 12
    /// Conditions that are taken: a chain of them is as deep as it is long, here and in SQLite, which takes
    /// 1,000.
    private static let most = 500

    init(_ text: String) throws(RunFilterError) {
        self.text = text
        tokens = try RunFilterToken.all(in: text)
    }

    private var token: RunFilterToken { tokens[min(next, tokens.count - 1)] }

    private func unexpected(_ expected: String) -> RunFilterError {
        .unexpected(text: text, position: token.position, expected: expected)
    }

    /// Whether the next piece is this word, in any case; it is then behind us.
    mutating func take(word: String) -> Bool {
        guard case .word(let found) = token.kind, found.uppercased() == word else { return false }
        next += 1
        return true
    }

    private mutating func take(sign: String) -> Bool {
        guard token.kind == .sign(sign) else { return false }
        next += 1
        return true
    }

    func end() throws(RunFilterError) {
        guard token.kind == .end else { throw unexpected("AND, OR or the end") }
    }

    mutating func alternatives(depth: Int) throws(RunFilterError) -> RunFilter {
        var filter = try conditions(depth: depth)
        while take(word: "OR") { filter = .or(filter, try conditions(depth: depth)) }
        return filter
    }

    private mutating func conditions(depth: Int) throws(RunFilterError) -> RunFilter {
        var filter = try condition(depth: depth)
        while take(word: "AND") { filter = .and(filter, try condition(depth: depth)) }
        return filter
    }

    private mutating func condition(depth: Int) throws(RunFilterError) -> RunFilter {
        guard take(sign: "(") else {
            guard count < Self.most else {
                throw unexpected("the end, after \(Self.most) conditions")
            }
            count += 1
            return .comparison(try comparison())
        }
        guard depth < Self.deepest else { throw unexpected("fewer parentheses inside one another") }
        let filter = try alternatives(depth: depth + 1)
        guard take(sign: ")") else { throw unexpected("AND, OR or )") }
        return filter
    }

    private mutating func comparison() throws(RunFilterError) -> RunFilter.Comparison {
        let field = try field()
        let position = next
        let sign = try sign()
        guard field.takes(sign) else {
            next = position
            throw unexpected(
                field.isNumber ? "one of = != < <= > >=" : "one of = != LIKE ILIKE IN, NOT IN"
            )
        }
        switch sign {
        case .isNull, .isNotNull: return RunFilter.Comparison(field, sign, [])
        case .isIn, .isNotIn:
            guard take(sign: "(") else { throw unexpected("a list such as ('a', 'b')") }
            var values = [try value(for: field, sign)]
            while take(sign: ",") { values.append(try value(for: field, sign)) }
            guard take(sign: ")") else { throw unexpected(", or )") }
            return RunFilter.Comparison(field, sign, values)
        default: return RunFilter.Comparison(field, sign, [try value(for: field, sign)])
        }
    }

    /// What is looked at: `metrics.loss`, ``tags.`mlflow.user` ``, `status`.
    mutating func field() throws(RunFilterError) -> RunField {
        switch token.kind {
        // `"run name"`, as MLflow's pages have it.
        case .quoted(let name), .key(let name): return .attribute(try attribute(name))
        case .word(let first): return try field(after: first)
        default: throw unexpected("a name such as metrics.test_log_loss, params.model or status")
        }
    }

    private mutating func field(after first: String) throws(RunFilterError) -> RunField {
        next += 1
        guard take(sign: ".") else {
            // `Run name` without quotes.
            if case .word(let second) = token.kind,
                Self.attributes[Self.plain(first + second)] != nil
            {
                return .attribute(try attribute(first + second))
            }
            next -= 1
            return .attribute(try attribute(first))
        }
        let start = next
        let key = try key()
        switch first.lowercased() {
        case "metric", "metrics": return .metric(key)
        case "param", "params", "parameter", "parameters": return .param(key)
        case "tag", "tags": return .tag(key)
        case "dataset", "datasets":
            guard let attribute = DatasetAttribute(rawValue: key) else {
                next = start
                throw unexpected("name, digest or context")
            }
            return .dataset(attribute)
        case "attribute", "attributes", "attr", "run":
            next = start
            return .attribute(try attribute(key))
        default:
            next = start - 2
            throw unexpected("metrics, params, tags, attributes or datasets")
        }
    }

    private mutating func key() throws(RunFilterError) -> String {
        switch token.kind {
        case .key(let key), .quoted(let key):
            next += 1
            return key
        case .word(var key):
            next += 1
            // A key without quotes may hold dots.
            while token.kind == .sign("."), case .word(let more) = tokens[next + 1].kind {
                key += "." + more
                next += 2
            }
            return key
        default: throw unexpected("the name behind the dot, in backticks where it has other signs")
        }
    }

    private static let attributes: [String: RunAttribute] = [
        "runid": .id, "id": .id, "runname": .name, "name": .name, "status": .status,
        "userid": .user, "user": .user, "starttime": .start, "created": .start,
        "endtime": .end, "artifacturi": .artifactURI,
    ]

    private static func plain(_ name: String) -> String {
        name.lowercased().filter { $0 != "_" && $0 != " " }
    }

    private mutating func attribute(_ name: String) throws(RunFilterError) -> RunAttribute {
        guard let found = Self.attributes[Self.plain(name)] else {
            let known = RunAttribute.allCases.map(\.rawValue).joined(separator: ", ")
            throw unexpected("one of \(known), or a name with metrics., params. or tags. before it")
        }
        next += 1
        return found
    }

    private mutating func sign() throws(RunFilterError) -> RunFilter.Sign {
        if case .sign(let text) = token.kind, let sign = RunFilter.Sign(rawValue: text) {
            next += 1
            return sign
        }
        if take(word: "LIKE") { return .like }
        if take(word: "ILIKE") { return .caselessLike }
        if take(word: "IN") { return .isIn }
        if take(word: "NOT") {
            guard take(word: "IN") else { throw unexpected("IN") }
            return .isNotIn
        }
        if take(word: "IS") {
            let isNegated = take(word: "NOT")
            guard take(word: "NULL") else { throw unexpected("NULL") }
            return isNegated ? .isNotNull : .isNull
        }
        throw unexpected("one of = != < <= > >= LIKE ILIKE IN, NOT IN, IS NULL")
    }

    private mutating func value(
        for field: RunField,
        _ sign: RunFilter.Sign
    ) throws(RunFilterError) -> RunFilter.Value {
        switch token.kind {
        case .number(let number) where field.isNumber:
            next += 1
            return .number(number)
        case .quoted(let text) where !field.isNumber:
            next += 1
            return .text(text)
        default: throw unexpected(field.isNumber ? "a number" : "a text in quotes")
        }
    }
}
