/// Why there is nothing to search, or a search came to nothing.
public enum SearchError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The dimensions can't be searched; the text says what and how to mend it.
    case space(String)
    /// A point is not in the space; the text says what and how to mend it.
    case point(String)
    /// So many trials failed one after the other, the last for this reason.
    case failing(trials: Int, reason: String)

    /// One line: what, why, how to fix it.
    public var description: String {
        switch self {
        case .space(let problem): problem
        case .point(let problem): "the point is not in the search space: \(problem)"
        case .failing(let trials, let reason):
            "\(trials) trials in a row failed, the last with: \(reason); "
                + "mend that, then go on with the same trial log"
        }
    }
}
