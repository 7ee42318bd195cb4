public import Output

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
    /// - Throws: `RunFilterError` where there are more than 256, or a text that MLflow would misread.
    public func alternatives() throws(RunFilterError) -> [RunFilter] {
        let found: [RunFilter]
        switch self {
        case .comparison(let comparison):
            for case .text(let text) in comparison.values where !RunFilter.isSayable(text) {
                throw .unsayable(text)
            }
            found = comparison.alternatives
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

extension RunFilter {
    /// Whether MLflow's own reader takes the text for what it is: it has no way to write a quote inside such
    /// quotes, and a `\` before the last one makes the rest of the filter part of the text.
    fileprivate static func isSayable(_ text: String) -> Bool {
        !text.hasSuffix("\\") && !(text.contains("'") && text.contains("\""))
    }
}

extension RunFilter.Comparison {
    /// Servers take lists for few fields, so each value is asked for by itself.
    fileprivate var alternatives: [RunFilter] {
        switch sign {
        case _ where values.isEmpty: return [.comparison(self)]
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
        // MLflow takes `1e20`, but no `1e+20`.
        case .number(let number):
            Int64(exactly: number).map(String.init) ?? "\(number)".filter { $0 != "+" }
        case .text(let text): Self.quoted(text)
        }
    }
}

extension RunFilter.Value {
    /// In the quotes that the text does not hold; where it holds both, single ones with its own doubled.
    private static func quoted(_ text: String) -> String {
        guard text.contains("'") else { return "'\(text)'" }
        guard text.contains("\"") else { return "\"\(text)\"" }
        let parts = text.split(separator: "'", omittingEmptySubsequences: false)
        return "'" + parts.joined(separator: "''") + "'"
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
        func isLetter(_ scalar: Unicode.Scalar) -> Bool {
            scalar.isASCII && scalar.properties.isAlphabetic || scalar == "_"
        }
        let scalars = key.unicodeScalars
        let isWord =
            scalars.first.map(isLetter) ?? false
            && scalars.allSatisfy {
                isLetter($0) || $0.isASCII && $0.properties.numericType != nil
            }
        if isWord { return key }
        return key.contains("`") ? "\"\(key)\"" : "`\(key)`"
    }
}

extension RunOrder: CustomStringConvertible {
    /// The order in MLflow's syntax.
    public var description: String { "\(field) \(isDescending ? "DESC" : "ASC")" }
}

/// What is wrong with a condition on runs.
public enum RunFilterError: RetainError, Equatable {
    /// Something else was expected at a place.
    case unexpected(text: String, position: Int, expected: String)
    /// The conditions multiply to more than a server can be asked for.
    case tooManyAlternatives
    /// A server would read another text.
    case unsayable(String)

    /// The call is to blame.
    public var exitStatus: ExitStatus { .usage }

    /// One line: what, where, how to fix it.
    public var description: String {
        switch self {
        case .unexpected(let text, let position, let expected):
            "--filter \"\(Self.part(of: text, around: position))\": at character \(position + 1)"
                + " \(expected) is expected, as in"
                + " \"metrics.test_log_loss < 0.35 AND (params.model = 'best' OR status = 'FAILED')\""
        case .unsayable(let text):
            "--filter: a server can't be asked for the text \(text.prefix(80)), which holds both kinds of quotes or"
                + " ends with \\; ask with LIKE and _ in the place of that sign"
        case .tooManyAlternatives:
            "--filter: its ANDs of ORs make more than \(RunFilter.mostAlternatives) alternatives;"
                + " ask for less at once"
        }
    }

    /// A text too long for a line is shown where it is wrong.
    private static func part(of text: String, around position: Int) -> String {
        guard text.count > 200 else { return text }
        let start = max(0, position - 60)
        return (start > 0 ? "…" : "") + text.dropFirst(start).prefix(120) + "…"
    }
}
