public import Output

/// Members and outcomes that do not fit together.
public struct WorthError: RetainError, Equatable {
    /// What was read is to blame.
    public var exitStatus: ExitStatus { .badData }

    /// What is wrong and how to put it right, in one line.
    public let description: String

    init(_ problem: String) { description = "campaign's worth: " + problem }
}
