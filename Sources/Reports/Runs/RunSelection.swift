public import Tracking

/// The runs of a list: those within its limit, and how many it leaves out.
public struct RunSelection: Sendable {
    /// Those to show.
    public let runs: [Run]
    /// Those that the limit leaves out, as far as was looked.
    let beyondLimit: Int
    /// Whether there may be more than that.
    let isOpen: Bool
    /// Child runs that were passed over.
    let children: Int

    /// How far beyond the limit is looked to say how many are left out.
    static let lookahead = 1_000

    /// Takes runs from a store.
    ///
    /// Child runs are told apart here, because servers of MLflow can't search for what has no tag.
    ///
    /// - Parameters:
    ///   - limit: The most runs; 0 for all.
    ///   - withChildren: Whether runs that belong to another are among them.
    ///   - fetch: The first runs that fit, at most as many as it is given.
    public init(
        limit: Int,
        withChildren: Bool,
        from fetch: (Int) async throws -> [Run]
    ) async rethrows {
        let limit = limit > 0 ? limit : Int.max
        var asked = limit < Int.max - Self.lookahead ? limit + Self.lookahead : Int.max
        while true {
            let found = try await fetch(asked)
            let fitting = withChildren ? found : found.filter { !$0.isChild }
            let isOpen = found.count >= asked
            if !isOpen || fitting.count > limit {
                runs = Array(fitting.prefix(limit))
                beyondLimit = fitting.count - runs.count
                children = found.count - fitting.count
                self.isOpen = isOpen
                return
            }
            asked = asked.multipliedReportingOverflow(by: 4).overflow ? Int.max : asked * 4
        }
    }

    /// What the list leaves out, and how to see it; nil where it is whole.
    public var notice: String? {
        var parts: [String] = []
        if beyondLimit > 0 {
            let count = isOpen ? "at least \(beyondLimit)" : "\(beyondLimit)"
            parts.append("\(count) more \(beyondLimit == 1 ? "run fits" : "runs fit") (--limit)")
        }
        if children > 0 {
            let count = isOpen ? "at least \(children)" : "\(children)"
            parts.append(
                "\(count) child \(children == 1 ? "run is" : "runs are") hidden (--children)"
            )
        }
        return parts.isEmpty ? nil : "\(runs.count) shown; " + parts.joined(separator: "; ") + "."
    }
}

extension Run {
    static let parentTag = "mlflow.parentRunId"

    /// Whether it is part of another run, as a trial is of a search.
    var isChild: Bool { tags[Self.parentTag] != nil }
}

extension RunFilter {
    /// Whether it asks for child runs by their parent.
    public var asksForChildren: Bool {
        switch self {
        case .comparison(let comparison): comparison.field == .tag(Run.parentTag)
        case .and(let one, let other), .or(let one, let other):
            one.asksForChildren || other.asksForChildren
        }
    }
}
