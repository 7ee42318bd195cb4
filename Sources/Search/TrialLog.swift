import Files
import FoundationEssentials
public import Output

/// The trials of a search in a file that outlasts the process: `trials.jsonl`.
///
/// Its first line says which search it is, each further one is a trial, in the order of their numbers.
/// A trial is on the disk before the next begins. Of a process that was killed while it wrote, the half
/// line is dropped when the search goes on.
public struct TrialLog: ~Copyable {
    /// The trials so far.
    public private(set) var trials: [Trial]
    /// How long all trials took together.
    public private(set) var seconds: Double
    private var file: AppendFile

    /// The file as it was given.
    public var path: String { file.path }

    /// Opens the log of a search, or begins one where there is no file.
    ///
    /// - Parameters:
    ///   - path: The file; nobody else writes it meanwhile.
    ///   - search: The search; the log of another one is refused.
    /// - Throws: `TrialLogError` where it is no log, that of another search, or broken before its last
    ///   line; the file is then untouched. `FileError` where it can't be read or written.
    public init(_ path: String, of search: Search) throws {
        var file = try AppendFile(path)
        let header = TrialLogHeader(search)
        let bytes = try BlockReader.contents(of: path)
        var trials: [Trial] = []
        if let end = bytes.lastIndex(of: newline) {
            trials = try Self.trials(in: bytes[..<end], header, of: search, path: path)
            try file.keep(first: end + 1)
        } else {
            // What a killed process left of the first line, if anything.
            guard header.line.utf8.starts(with: bytes) else {
                throw TrialLogError.notALog(path: path)
            }
            try file.keep(first: 0)
            try file.append(Array((header.line + "\n").utf8))
        }
        self.file = file
        self.trials = trials
        seconds = trials.reduce(0) { $0 + $1.seconds }
    }

    private static func trials(
        in bytes: ArraySlice<UInt8>,
        _ header: TrialLogHeader,
        of search: Search,
        path: String
    ) throws(TrialLogError) -> [Trial] {
        let lines = bytes.split(separator: newline, omittingEmptySubsequences: false)
        try header.check(lines[0], path: path)
        var trials: [Trial] = []
        for line in lines.dropFirst() {
            do throws(TrialLineError) {
                trials.append(try Trial(line: line, number: trials.count, of: search))
            } catch {
                throw .broken(path: path, line: trials.count + 2, problem: error.problem)
            }
        }
        return trials
    }

    /// Adds a trial and waits until it is on the disk.
    ///
    /// - Throws: `FileError` of kind `cannotWrite`; the trial is then not in the log.
    mutating func append(_ trial: Trial) throws(FileError) {
        try file.append(Array((trial.line + "\n").utf8))
        trials.append(trial)
        seconds += trial.seconds
    }
}

private let newline = UInt8(ascii: "\n")

/// The first line of a trial log: which search it is.
struct TrialLogHeader {
    /// The line without its end.
    let line: String
    private let search: Search

    /// Another number where the same history would lead to another next point.
    private static let format = "retain trials 1"

    init(_ search: Search) {
        self.search = search
        let content: JSONValue = [
            "format": .string(Self.format),
            "seed": .whole(search.estimator.seed),
            "folds": .whole(search.halving.folds),
            "factor": .whole(search.halving.factor),
            "grace": .whole(search.halving.grace),
            "space": search.estimator.space.content,
            "start": search.estimator.start.content,
            "fingerprint": .object(search.fingerprint.map { ($0.name, .string($0.value)) }),
        ]
        line = content.text(.ascii)
    }

    /// Makes sure that the first line of a file is that of this search.
    func check(_ found: ArraySlice<UInt8>, path: String) throws(TrialLogError) {
        guard !found.elementsEqual(line.utf8) else { return }
        let fields = try? JSONDecoder().decode(Fields.self, from: Data(found))
        guard let fields else { throw .notALog(path: path) }
        let text = String(decoding: found, as: UTF8.self)
        throw .otherSearch(path: path, difference: difference(fields, text))
    }

    private struct Fields: Decodable {
        let format: String
        let seed: UInt64
        let folds: Int
        let factor: Int
        let grace: Int
        let fingerprint: [String: String]
    }

    /// The first thing that differs, with both values where they are short.
    private func difference(_ fields: Fields, _ text: String) -> String {
        func unlike(_ name: String, _ there: some Equatable, _ here: some Equatable) -> String? {
            "\(there)" == "\(here)" ? nil : "its \(name) is \(there), not \(here)"
        }
        let (estimator, halving) = (search.estimator, search.halving)
        let plain =
            unlike("format", fields.format, Self.format) ?? unlike(
                "seed",
                fields.seed,
                estimator.seed
            )
            ?? unlike("number of folds", fields.folds, halving.folds)
            ?? unlike("halving factor", fields.factor, halving.factor)
            ?? unlike("grace", fields.grace, halving.grace)
        if let plain { return plain }
        for circumstance in search.fingerprint {
            guard let there = fields.fingerprint[circumstance.name] else {
                return "it knows no \(circumstance.name)"
            }
            if let unlike = unlike(circumstance.name, there, circumstance.value) { return unlike }
        }
        if !text.contains("\"space\":" + estimator.space.content.text(.ascii) + ",") {
            return "it searches another space"
        }
        if !text.contains("\"start\":" + estimator.start.content.text(.ascii) + ",") {
            return "it started at another point"
        }
        return "its first line is not \(line)"
    }
}

/// A trial log that can't be gone on with, and what to do about it.
public enum TrialLogError: RetainError, Equatable {
    /// The file is something else.
    case notALog(path: String)
    /// The log belongs to another search; the text says what differs.
    case otherSearch(path: String, difference: String)
    /// A line, from 1, is not what the search wrote.
    case broken(path: String, line: Int, problem: String)

    /// What was read is to blame.
    public var exitStatus: ExitStatus { .badData }

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
