public import Output
import Yams

/// What is wrong in a YAML file, and where.
public struct YAMLProblem: RetainError, Equatable {
    /// The file as its user names it.
    public var file: String
    /// Line, from 1; 0 where the problem has no place.
    public var line: Int
    /// Column, from 1.
    public var column: Int
    /// What is wrong and how to mend it.
    public var message: String

    /// Creates a problem.
    public init(file: String, line: Int, column: Int, message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }

    /// What was read is to blame.
    public var exitStatus: ExitStatus { .badData }

    /// `retain.yaml:12:5: columns.Age: unknown key "rolle"; did you mean "role"?`.
    public var description: String {
        line == 0 ? "\(file): \(message)" : "\(file):\(line):\(column): \(message)"
    }
}

extension YAMLProblem {
    /// Tells the YAML library's error in one line.
    init(_ error: any Error, file: String) {
        var mark: Mark?
        var message = "\(error)"
        switch error as? YamlError {
        case .scanner(let context, let problem, let place, _),
            .parser(let context, let problem, let place, _),
            .composer(let context, let problem, let place, _):
            mark = place
            message = "this is no YAML: " + (context.map { "\($0.text), " } ?? "") + problem
        case .duplicatedKeysInMapping(let keys, let context):
            mark = context.mark
            message = "the key \(listed(keys)) is given more than once; remove one"
        case .reader(let problem, _, _, _): message = "this is no YAML: \(problem)"
        default: break
        }
        self.init(
            file: file,
            line: mark?.line ?? 0,
            column: mark?.column ?? 0,
            message: message.split(whereSeparator: \.isNewline).joined(separator: " ")
        )
    }
}
