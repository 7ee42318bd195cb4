import Explanation
import HTTPTypes
import OpenAPI
import Texts

/// What stands behind the question mark of a request for reasons.
struct ExplanationQuery: Equatable, Sendable {
    /// How many columns are listed; nil for all, and at `/predict` for none.
    var reasons: Int?
    /// How many orders of the columns are sampled; nil for what is usual.
    var pairs: Int?
    var withLevers = false
    /// Whether to tell why scores moved since the record's earlier predictions.
    var isSinceRecord = false
    var language = Language.english

    var method: ExplanationMethod { pairs.map { .pairs($0) } ?? .automatic }

    init(reasons: Int? = nil) { self.reasons = reasons }

    /// Reads what the route knows; other names are passed over.
    ///
    /// - Parameters:
    ///   - query: Percent-encoded; nil for none.
    ///   - route: Says what it knows.
    /// - Throws: 400 where a value is none.
    init(_ query: String?, of route: Route) throws(Problem) {
        let known = route.entry.queries
        guard let query, !known.isEmpty else { return }
        for part in query.split(separator: "&") {
            let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let asked = known.first(where: { $0.name == halves[0] }) else { continue }
            try take(asked, halves.count > 1 ? String(halves[1]) : "")
        }
    }

    /// Whether reasons are asked of a route that has another scope.
    func asksMore(than route: Route) -> Bool { route == .predict && reasons != nil }

    private mutating func take(_ asked: RouteEntry.Query, _ text: String) throws(Problem) {
        switch asked.kind {
        case .count(let range):
            guard let count = Int(text), range.contains(count) else {
                throw Problem(
                    .badRequest,
                    "\(asked.name) must be a whole number from \(range.lowerBound) to \(range.upperBound)."
                )
            }
            if asked == .pairs { pairs = count } else { reasons = count }
        case .truth:
            guard let isTrue = Bool(text) else {
                throw Problem(.badRequest, "\(asked.name) must be true or false.")
            }
            withLevers = isTrue
        case .word(let words):
            guard words.contains(text) else {
                throw Problem(
                    .badRequest,
                    "\(asked.name) must be \(words.count == 1 ? "" : "one of ")\(words.joined(separator: ", "))."
                )
            }
            if asked == .before {
                isSinceRecord = true
            } else {
                language = Language(rawValue: text) ?? .english
            }
        }
    }
}
