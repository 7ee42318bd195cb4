/// A text that is no JSON, or JSON of another form than was asked for.
public struct JSONError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Offset of the byte at which reading ended.
    public let offset: Int
    /// What is wrong there.
    public let problem: String

    init(_ problem: String, at offset: Int) {
        self.problem = problem
        self.offset = offset
    }

    /// `byte 12: a value is missing`.
    public var description: String { "byte \(offset): \(problem)" }
}
