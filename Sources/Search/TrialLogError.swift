/// A trial log that can't be gone on with, and what to do about it.
public enum TrialLogError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file is something else.
    case notALog(path: String)
    /// The log belongs to another search; the text says what differs.
    case otherSearch(path: String, difference: String)
    /// A line, from 1, is not what the search wrote.
    case broken(path: String, line: Int, problem: String)

    /// One line: what, where, how to fix it.
    public var description: String {
        switch self {
        case .notALog(let path):
            "\(path): this is no trial log; choose another name or remove it"
        case .otherSearch(let path, let difference):
            "\(path):1: this is the log of another search: \(difference); "
                + "choose another name, or remove it to search anew"
        case .broken(let path, let line, let problem):
            "\(path):\(line): \(problem); remove this line and those behind it to go on from there"
        }
    }
}
