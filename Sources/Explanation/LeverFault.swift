public import Output
import Schema

/// A lever that does not fit the model it is asked of.
public struct LeverFault: RetainError, Equatable {
    /// The lever's column; empty where all are meant.
    public let column: String
    /// What is wrong and how to mend it.
    public let message: String

    /// What was read is to blame.
    public var exitStatus: ExitStatus { .badData }

    /// One line: what, where, how to fix it.
    public var description: String {
        "levers" + (column.isEmpty ? "" : ".\(column)") + ": \(message)"
    }

    init(column: String, message: String) {
        self.column = column
        self.message = message
    }

    init(column: String, fault: Lever.Fault) {
        self.init(
            column: column,
            message: (fault.key.isEmpty ? "" : fault.key + " ") + fault.message
        )
    }
}
