import Charts
public import Output
public import Tracking

/// What people write for a run: the first digits of its identifier, or its name.
public struct RunReference: Equatable, Sendable {
    /// As it was written.
    public let text: String

    /// Creates a reference.
    public init(_ text: String) {
        self.text = text
    }

    /// Whether it can only be a whole identifier.
    public var isWhole: Bool { text.utf8.count == 32 && text.utf8.allSatisfy(Self.isDigit) }

    /// Which runs may be meant.
    public var filter: RunFilter {
        let named = RunFilter.comparison(.init(.attribute(.name), .equal, [.text(text)]))
        // Other signs would be part of the pattern, and no identifier has them.
        guard !text.isEmpty, text.utf8.allSatisfy(Self.isPart) else { return named }
        let begun = RunFilter.comparison(.init(.attribute(.id), .like, [.text(text + "%")]))
        return .or(begun, named)
    }

    /// The run that is meant: the only one whose identifier begins so, else the only one of that name.
    ///
    /// - Parameters:
    ///   - runs: All that `filter` finds, or the first eleven.
    ///   - address: The store they come from.
    /// - Returns: One of the runs.
    /// - Throws: `RunReferenceError` where there is none, or more than one.
    public func run(among runs: [Run], at address: String) throws(RunReferenceError) -> Run {
        if let run = runs.first(where: { $0.info.id == text }) { return run }
        let begun = text.isEmpty ? [] : runs.filter { $0.info.id.hasPrefix(text) }
        let found = begun.isEmpty ? runs.filter { $0.info.name == text } : begun
        guard let run = found.first else { throw .notFound(text, address: address) }
        guard found.count == 1 else { throw .ambiguous(text, found.map(\.info)) }
        return run
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (0x30 ... 0x39).contains(byte) || (0x61 ... 0x66).contains(byte)
    }

    private static func isPart(_ byte: UInt8) -> Bool {
        isDigit(byte) || (0x61 ... 0x7A).contains(byte) || (0x41 ... 0x5A).contains(byte)
            || byte == 0x2D
    }
}

/// A run that can't be told by what was written for it.
public enum RunReferenceError: RetainError, Equatable {
    /// There is none.
    case notFound(String, address: String)
    /// There are several.
    case ambiguous(String, [RunInfo])

    /// The call is to blame.
    public var exitStatus: ExitStatus { .usage }

    /// What, where and how to fix it; of several runs, each in a line.
    public var description: String {
        switch self {
        case .notFound(let text, let address):
            return "\(address): no run has an identifier that begins with \"\(text.printable)\","
                + " and none this name; `retain runs list --children --limit 0` shows all"
        case .ambiguous(let text, let runs):
            let shown = runs.prefix(10).map { "\n  \($0.id)  \($0.name.printable.clipped(to: 40))" }
            let more = runs.count > 10 ? "\n  and more" : ""
            return "\"\(text.printable)\" may be one of several runs; write more digits of the"
                + " identifier:" + shown.joined() + more
        }
    }
}

/// Identifiers cut short, as far as they stay apart.
struct ShortIDs {
    private let length: Int

    /// - Complexity: O(*n* log *n*).
    init(_ runs: [Run]) {
        let ids = runs.map(\.info.id).sorted()
        var length = 8
        for (one, next) in zip(ids, ids.dropFirst()) where one != next {
            length = max(length, zip(one.utf8, next.utf8).prefix { $0 == $1 }.count + 1)
        }
        self.length = length
    }

    func text(_ run: Run) -> String { String(run.info.id.prefix(length)) }
}
