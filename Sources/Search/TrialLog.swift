import Files

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
