/// How MLflow names a model, whatever store has it.
///
/// ```swift
/// ModelAddress("models:/churn@champion")  // .alias("champion", of: "churn")
/// ModelAddress("model")                   // nil: a folder
/// ```
public enum ModelAddress: Equatable, Sendable {
    /// `runs:/ID/PATH`: the folder of that path among a run's artifacts.
    case run(String, path: String)
    /// `models:/m-…`: a model that a run logged, as MLflow 3 counts them.
    case logged(String)
    /// `models:/NAME/VERSION`.
    case version(Int, of: String)
    /// `models:/NAME@ALIAS`.
    case alias(String, of: String)
    /// An address by its beginning, which leaves open which model it names.
    case incomplete(String)

    private static let runs = "runs:/"
    private static let models = "models:/"

    /// Reads an address; nil where the text is none, but a folder's path or another kind of address.
    public init?(_ text: String) {
        if text.hasPrefix(Self.runs) {
            let parts = text.dropFirst(Self.runs.count).split(separator: "/", maxSplits: 1)
            self =
                parts.count == 2
                ? .run(String(parts[0]), path: String(parts[1])) : .incomplete(text)
            return
        }
        guard text.hasPrefix(Self.models) else { return nil }
        let name = text.dropFirst(Self.models.count)
        if name.hasPrefix("m-") {
            self = .logged(String(name))
        } else if let at = name.lastIndex(of: "@") {
            self = .alias(String(name[name.index(after: at)...]), of: String(name[..<at]))
        } else if let slash = name.lastIndex(of: "/"),
            let number = Int(name[name.index(after: slash)...])
        {
            self = .version(number, of: String(name[..<slash]))
        } else {
            self = .incomplete(text)
        }
    }
}

extension ModelAddress: CustomStringConvertible {
    /// The address as MLflow writes it.
    public var description: String {
        switch self {
        case .run(let id, let path): "\(Self.runs)\(id)/\(path)"
        case .logged(let id): "\(Self.models)\(id)"
        case .version(let number, let name): "\(Self.models)\(name)/\(number)"
        case .alias(let alias, let name): "\(Self.models)\(name)@\(alias)"
        case .incomplete(let text): text
        }
    }
}
