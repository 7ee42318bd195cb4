import ArgumentParser
import Explanation
import Texts

/// `--exact` and `--pairs`: how reasons are computed.
struct ExplanationMethodOptions: ParsableArguments {
    @Flag(
        help:
            "Exact reasons, whatever they take (usual where that is under 200,000 scores a customer)."
    )
    var exact = false

    @Option(
        parsing: .unconditional,
        help:
            "Sample: so many orders of the columns, and their reverses, for each reference customer (usual: 2)."
    )
    var pairs: Int?

    /// Whether either is given.
    var isGiven: Bool { exact || pairs != nil }

    /// What they say together.
    var choice: ExplanationMethod { exact ? .exact : pairs.map { .pairs($0) } ?? .automatic }

    func validate() throws {
        guard !exact || pairs == nil else {
            throw ValidationError("--exact and --pairs exclude each other; give one of them")
        }
        guard (1 ... 10_000).contains(pairs ?? 1) else {
            throw ValidationError("--pairs must be from 1 to 10000")
        }
    }
}

/// `--language`, which every verb that writes sentences takes.
struct LanguageOption: ParsableArguments {
    @Option(
        name: .customLong("language"),
        help: ArgumentHelp("In which sentences are: en or pt-BR.", valueName: "language"),
        transform: language
    )
    var choice = Language.english
}

/// `--language` of verbs whose HTML page alone takes it.
struct PageLanguageOption: ParsableArguments {
    @Option(
        name: .customLong("language"),
        help: ArgumentHelp(
            "In which the page of --html is: en or pt-BR; all else stays English.",
            valueName: "language"
        ),
        transform: language
    )
    var choice = Language.english
}

/// A language by its tag, in any case; `pt` is that of Brazil.
private func language(_ tag: String) throws -> Language {
    guard let language = Language(tag: tag) else {
        let known = Language.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--language \(tag): known are \(known)")
    }
    return language
}
