public import Output

/// Arguments with which traffic cannot be watched.
public struct SequentialDriftError: RetainError, Equatable {
    /// What was read is to blame.
    public var exitStatus: ExitStatus { .badData }

    /// What is wrong, where, and how to put it right, in one line.
    public let description: String

    init(_ problem: String) { description = "live drift: " + problem }
}
