public import ChurnModel
public import Explanation
private import Files
public import Output
public import Schema
public import Tabular
public import Texts

/// Streams a customer file through a model and tells why each customer has this score.
///
/// Memory does not grow with the file, and the first customers are told of while the others are computed.
///
/// ```swift
/// let workflow = try ExplanationWorkflow(try ModelFolder.load(from: "model"), threads: 2)
/// let counts = try workflow.run(input: "customers.csv", output: "-", rejects: nil)
/// print(counts.explained, counts.rejected)
/// ```
public struct ExplanationWorkflow: Sendable {
    /// The model.
    public let model: ChurnModel
    /// What explains.
    public let explainer: CustomerExplainer
    /// How it is told.
    public let manner: Manner
    /// How many work at once; the bytes written do not depend on it.
    public let threads: Int

    /// How customers are explained and told of.
    public struct Manner: Sendable {
        /// How many columns sentences name.
        public var reasons = 3
        /// How reasons are computed.
        public var method = ExplanationMethod.automatic
        /// Whether the levers are searched.
        public var withLevers = false
        /// The probability that they shall get below; nil for the model's threshold.
        public var target: Double?
        /// In which sentences are.
        public var language = Language.english
        /// Whether an array of JSON is written in place of sentences.
        public var isJSON = false
        /// Whether rows that break the schema are told of in their places, too, with what is wrong.
        public var allRows = false

        /// The usual manner: three reasons, in English sentences.
        public init() {}
    }

    /// Prepares a model.
    ///
    /// - Parameters:
    ///   - saved: The model.
    ///   - manner: How it is told.
    ///   - levers: In place of the model's own; nil for these.
    ///   - threads: How many work at once.
    /// - Throws: `NoReferenceCustomers`, `LeverFault`, `NoLevers` where they are asked for and there are none.
    public init(
        _ saved: SavedModel,
        _ manner: Manner = Manner(),
        levers: [Lever]? = nil,
        threads: Int
    ) throws {
        model = saved.model
        explainer = try CustomerExplainer(
            saved,
            levers: manner.withLevers ? levers : [],
            target: manner.target
        )
        guard !manner.withLevers || explainer.levers != nil else { throw NoLevers() }
        self.manner = manner
        self.threads = threads
    }

    /// How many rows went where; `read` is always `explained + rejected`.
    public struct Counts: Equatable, Sendable {
        /// Rows in the file.
        public var read = 0
        /// Rows that were explained.
        public var explained = 0
        /// Rows that stand in the output: those explained and, where all rows are asked for, those rejected.
        public var told = 0
        /// Rows that break the schema.
        public var rejected = 0
        /// The first rejected row's problem.
        public var firstProblem: String?
        /// Customers whose points are sampled and not exact.
        public var sampled = 0
        /// What a person should know of how the file was read, such as its encoding.
        public var remarks: [String] = []
        /// What dates were counted back from; nil where the model reads none.
        public var asOf: AsOf?
        /// The numbers that are out of range and count as the nearest bound.
        public var outside = OutsideCounts()
        /// What became of the search for how customers were before; nil where that was not asked.
        public var before: BeforeCounts?
    }

    /// Explains a file.
    ///
    /// Sentences stand under each customer's identifier; as JSON the output is an array of `{"identifier", "probability",
    /// "base", "reasons"}`, with all rows asked for also `{"identifier", "rejected"}`. The rejects have `line,reason,row`.
    ///
    /// - Parameters:
    ///   - input: A CSV file, or `-`.
    ///   - output: Where the explanations go, or `-`.
    ///   - rejects: Where rows that break the schema go; nil only counts them.
    ///   - before: How customers were before; nil does not ask why scores moved.
    ///   - given: What dates are counted back from; nil for the file's reference column, or the present day.
    ///   - encoding: How the file's characters are written; nil finds out.
    ///   - onProgress: Called with the rows so far.
    /// - Returns: How many rows went where.
    /// - Throws: `FileError`, `CSVError`, `ColumnMismatch`; `NoIdentifier` where customers are sought before and have none.
    /// - Complexity: O(rows) explanations.
    public func run(
        input: String,
        output: String,
        rejects: String?,
        before: (any PastCustomers)? = nil,
        asOf given: Day? = nil,
        encoding: TextEncoding? = nil,
        onProgress: (Counts) -> Void = { _ in }
    ) throws -> Counts {
        var reader = try CSVReader(input, encoding: encoding)
        let asOf = model.schema.asOf(scoring: reader.header, given: given)
        let decoder = try SchemaDecoder(
            model.schema,
            header: reader.header,
            needsTarget: false,
            decimalComma: reader.dialect.decimalComma,
            asOf: asOf
        )
        guard before == nil || decoder.identifierColumn != nil else {
            throw NoIdentifier(column: model.schema.identifier, file: input)
        }
        var text = try AtomicFile(output)
        var rejected = try rejects.map { try AtomicFile($0) }
        try rejected?.write("line,reason,row\n")
        if manner.isJSON { try text.write("[") }
        var counts = Counts()
        counts.asOf = asOf
        counts.before = before?.start
        let teller = ExplanationLines(self, decoder, header: reader.header, before)
        // One block after the other: within it a few customers at a time, on all threads.
        try reader.forEachBatch(threads: 1) { batch in
            (batch, decoder.decode(batch))
        } consume: { batch, decoded in
            try rejected?.write(decoded.rejectedLines(of: batch))
            let firstRow = counts.read + 1
            counts.take(decoded)
            for portion in portions(of: decoded) {
                switch portion {
                case .accepted(let group):
                    try text.write(
                        try teller.lines(decoded, of: batch, from: firstRow, group, &counts)
                    )
                case .rejected(let row, let reason):
                    try text.write(teller.line((row, reason), of: batch, from: firstRow, &counts))
                }
                onProgress(counts)
            }
        }
        if manner.isJSON {
            try text.write(counts.told == 0 ? "]\n" : "\n]\n")
        } else if counts.explained > 0 {
            try text.write(teller.footer(counts))
        }
        counts.remarks = reader.remarks
        try rejected?.commit()
        try text.commit()
        return counts
    }

    /// What is told of at once: some of the accepted rows, or a row that was rejected.
    private enum Portion {
        case accepted(Range<Int>)
        case rejected(row: Int, reason: String)
    }

    private func portions(of decoded: DecodedBatch) -> [Portion] {
        var portions: [Portion] = []
        var next = 0
        func accept(until end: Int) {
            for first in stride(from: next, to: end, by: Self.group) {
                portions.append(.accepted(first ..< min(first + Self.group, end)))
            }
            next = end
        }
        for (number, rejection) in (manner.allRows ? decoded.rejectedReasons : []).enumerated() {
            // Before it stand as many accepted rows as rows that are not rejected.
            accept(until: rejection.row - number)
            portions.append(.rejected(row: rejection.row, reason: rejection.reason))
        }
        accept(until: decoded.acceptedRows.count)
        return portions
    }

    /// So many customers are computed before they are told of.
    private static let group = 16
}

/// Levers are asked for where none are known.
public struct NoLevers: RetainError, Equatable {
    /// The call is to blame.
    public var exitStatus: ExitStatus { .usage }

    /// One line: what, why, how to fix it.
    public var description: String {
        "--levers: neither the model nor retain.yaml says what the company can change; write a section levers into"
            + " retain.yaml, as `retain init` shows it, and name the file with --schema or train anew"
    }
}

extension ExplanationWorkflow.Counts {
    fileprivate mutating func take(_ decoded: DecodedBatch) {
        read += decoded.rowCount
        rejected += decoded.rejectedRows.count
        firstProblem = firstProblem ?? decoded.violations.first?.description
        outside.add(decoded.outside)
    }
}
