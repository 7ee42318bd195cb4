/// Arguments with which traffic cannot be watched.
public struct SequentialDriftError: Error, Equatable, CustomStringConvertible {
    /// What is wrong, where, and how to put it right, in one line.
    public let description: String

    init(_ problem: String) { description = "live drift: " + problem }
}
