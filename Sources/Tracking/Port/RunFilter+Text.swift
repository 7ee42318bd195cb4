extension RunFilter: CustomStringConvertible {
    /// The condition in MLflow's syntax, with `OR` where it has one.
    public var description: String {
        switch self {
        case .comparison(let comparison): comparison.description
        case .and(let one, let other): "\(one.inside) AND \(other.inside)"
        case .or(let one, let other): "\(one) OR \(other)"
        }
    }

    private var inside: String {
        if case .or = self { "(\(self))" } else { description }
    }

    /// Most alternatives that a condition may have.
    static let mostAlternatives = 256

    /// The condition as alternatives that hold no `OR`: a run fits where it fits one of them.
    ///
    /// MLflow's servers know no `OR`, and lists for few fields only, so they are asked once for each.
    ///
    /// - Throws: `RunFilterError` where there are more than 256.
    public func alternatives() throws(RunFilterError) -> [RunFilter] {
        let found: [RunFilter]
        switch self {
        case .comparison(let comparison): found = comparison.alternatives
        case .or(let one, let other): found = try one.alternatives() + other.alternatives()
        case .and(let one, let other):
            let (left, right) = (try one.alternatives(), try other.alternatives())
            guard left.count * right.count <= Self.mostAlternatives else {
                throw .tooManyAlternatives
            }
            found = left.flatMap { one in right.map { .and(one, $0) } }
        }
        guard found.count <= Self.mostAlternatives else { throw .tooManyAlternatives }
        return found
    }
}

extension RunFilter.Comparison {
    /// Servers take lists for few fields, so each value is asked for by itself.
    fileprivate var alternatives: [RunFilter] {
        switch sign {
        case .isIn: return values.map { .comparison(Self(field, .equal, [$0])) }
        case .isNotIn:
            let none = values.map { RunFilter.comparison(Self(field, .notEqual, [$0])) }
            return [none.dropFirst().reduce(none[0]) { .and($0, $1) }]
        default: return [.comparison(self)]
        }
    }
}

extension RunFilter.Comparison: CustomStringConvertible {
    /// The condition in MLflow's syntax.
    public var description: String {
        switch sign {
        case .isNull, .isNotNull: "\(field) \(sign.rawValue)"
        case .isIn, .isNotIn:
            "\(field) \(sign.rawValue) (\(values.map(\.description).joined(separator: ", ")))"
        default: "\(field) \(sign.rawValue) \(values.map(\.description).joined())"
        }
    }
}

extension RunFilter.Value: CustomStringConvertible {
    /// The value in MLflow's syntax.
    public var description: String {
        switch self {
        case .number(let number): "\(number)"
        case .text(let text): text.contains("'") ? "\"\(text)\"" : "'\(text)'"
        }
    }
}

extension RunField: CustomStringConvertible {
    /// The name in MLflow's syntax.
    public var description: String {
        switch self {
        case .metric(let key): "metrics.\(Self.quoted(key))"
        case .param(let key): "params.\(Self.quoted(key))"
        case .tag(let key): "tags.\(Self.quoted(key))"
        case .attribute(let attribute): "attributes.\(attribute.rawValue)"
        case .dataset(let attribute): "datasets.\(attribute.rawValue)"
        }
    }

    private static func quoted(_ key: String) -> String {
        let isWord = key.unicodeScalars.allSatisfy {
            $0.isASCII
                && ($0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "_")
        }
        return isWord ? key : "`\(key)`"
    }
}

extension RunOrder: CustomStringConvertible {
    /// The order in MLflow's syntax.
    public var description: String { "\(field) \(isDescending ? "DESC" : "ASC")" }
}

/// What is wrong with a condition on runs.
public enum RunFilterError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Something else was expected at a place.
    case unexpected(text: String, position: Int, expected: String)
    /// The conditions multiply to more than a server can be asked for.
    case tooManyAlternatives

    /// One line: what, where, how to fix it.
    public var description: String {
        switch self {
        case .unexpected(let text, let position, let expected):
            "--filter \"\(text)\": at character \(position + 1) \(expected) is expected, as in"
                + " \"metrics.test_log_loss < 0.35 AND (params.model = 'best' OR status = 'FAILED')\""
        case .tooManyAlternatives:
            "--filter: its ANDs of ORs make more than \(RunFilter.mostAlternatives) alternatives;"
                + " ask for less at once"
        }
    }
}
