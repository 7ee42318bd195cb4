public import Output

/// Why features can't be fitted or encoded.
public struct FeatureError: RetainError, Equatable {
    /// The column of the customer file; nil where no single column is to blame.
    public let column: String?
    /// What is wrong and how to fix it.
    public let problem: String

    /// What was read is to blame.
    public var exitStatus: ExitStatus { .badData }

    /// One line for a person.
    public var description: String {
        column.map { "column \"\($0)\": \(problem)" } ?? problem
    }

    init(_ column: String?, _ problem: String) {
        self.column = column
        self.problem = problem
    }
}
