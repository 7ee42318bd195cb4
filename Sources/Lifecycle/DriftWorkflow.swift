public import ChurnModel
public import Drift
private import FoundationEssentials
public import Schema
public import Tabular

/// Streams a customer file into a profile of its columns and, where there is a model, of its scores, and into
/// a sample of its rows.
///
/// Memory does not grow with the file, and the profile does not depend on the number of threads.
///
/// ```swift
/// let saved = try ModelFolder.load(from: "model")
/// let now = try DriftWorkflow(saved.model, threads: 2).run("customers.csv")
/// let verdict = try DriftVerdict(reference: saved.reference, current: now.profile)
/// print(verdict.hasDrifted, verdict.drifted.map(\.name))
/// ```
public struct DriftWorkflow: Sendable {
    /// What the columns mean; what rows are refused for does not count here.
    public let schema: Schema
    /// Scores the rows that it does not refuse; nil scores none.
    public let model: ChurnModel?
    /// How many blocks of rows are counted at once.
    public let threads: Int

    /// Creates a workflow for a file without a model.
    public init(_ schema: Schema, threads: Int) {
        self.schema = schema
        model = nil
        self.threads = threads
    }

    /// Creates a workflow for a file that a model scores.
    public init(_ model: ChurnModel, threads: Int) {
        schema = model.schema
        self.model = model
        self.threads = threads
    }

    /// What a file holds.
    public struct Counted: Sendable {
        /// Its columns and scores.
        public var profile: DriftProfile
        /// Some of the rows that can be read, drawn at random.
        public var sample: RowSample
        /// Rows that can't be read at all, such as those with a word for a number.
        public var unreadable = 0
        /// Rows that can be read but that the schema refuses: they have no score.
        public var refused = 0
        /// The first unreadable row's problem.
        public var firstProblem: String?
        /// What a person should know of how the file was read, such as its encoding.
        public var remarks: [String] = []
        /// What dates were counted back from; nil where no feature is a date.
        public var asOf: AsOf?

        /// Rows in the file.
        public var rows: Int { profile.rowCount + unreadable }
    }

    /// Counts a file.
    ///
    /// - Parameters:
    ///   - path: A CSV file, or `-`; where its newest date is needed, a file is read twice and standard input is held in
    ///     memory.
    ///   - given: What dates are counted back from; nil for the reference column, or the file's newest date.
    ///   - encoding: How its characters are written; nil finds out.
    ///   - onProgress: Called with the rows so far.
    /// - Returns: What the file holds.
    /// - Throws: `FileError`, `CSVError`, `ColumnMismatch`.
    /// - Complexity: O(bytes).
    public func run(
        _ path: String,
        asOf given: Day? = nil,
        encoding: TextEncoding? = nil,
        onProgress: (Int) -> Void = { _ in }
    ) throws -> Counted {
        var reader = try CSVReader(path, encoding: encoding)
        let header = reader.header
        guard !schema.needsNewestDate(header: header, given: given) || Self.canBeReadTwice(path)
        else {
            let batches = try reader.readAll(threads: threads)
            let asOf = schema.asOf(batches, header: header, given: given)
            return try run(&reader, beginning: batches, asOf: asOf, onProgress: onProgress)
        }
        let asOf = try schema.asOf(
            file: path,
            header: header,
            given: given,
            threads: threads,
            encoding: encoding
        )
        return try run(&reader, asOf: asOf, onProgress: onProgress)
    }

    /// Standard input and pipes are gone once they are read.
    private static func canBeReadTwice(_ path: String) -> Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return path != "-" && attributes?[.type] as? FileAttributeType == .typeRegular
    }

    /// Infers the columns of a file from its beginning, and counts the file.
    ///
    /// Who left has no part in it: a target is left out where one is named or speaks for itself, and not looked for.
    ///
    /// - Parameters:
    ///   - path: A CSV file, or `-`.
    ///   - inference: Target and what counts as null; the decimal sign is the file's.
    ///   - given: What dates are counted back from; nil for the file's newest date.
    ///   - threads: How many blocks of rows are counted at once.
    ///   - encoding: How its characters are written; nil finds out.
    ///   - onProgress: Called with the rows so far.
    /// - Returns: What was counted; the columns as one schema; and what was inferred, where there is a target.
    /// - Throws: As above, and `SchemaInferenceError`.
    public static func inferring(
        _ path: String,
        _ inference: SchemaInference,
        asOf given: Day? = nil,
        threads: Int,
        encoding: TextEncoding? = nil,
        onProgress: (Int) -> Void = { _ in }
    ) throws -> (counted: Counted, schema: Schema, inferred: InferredSchema?) {
        var reader = try CSVReader(path, encoding: encoding)
        var beginning: [RecordBatch] = []
        while beginning.count < chunksToInferFrom, let chunk = try reader.nextChunk() {
            beginning.append(try chunk.parsed())
        }
        var inference = inference
        inference.dialect = reader.dialect
        let (schema, inferred) = try inference.forComparing(
            header: reader.header,
            batches: beginning
        )
        if schema.needsNewestDate(header: reader.header, given: given) {
            // Only the whole file tells its newest date.
            beginning += try reader.readAll(threads: threads)
        }
        let asOf = schema.asOf(beginning, header: reader.header, given: given)
        let counted = try DriftWorkflow(schema, threads: threads)
            .run(&reader, beginning: beginning, asOf: asOf, onProgress: onProgress)
        return (counted, schema, inferred)
    }

    /// Some 64 MB: a schema needs no more, and a longer file must not fill the memory.
    private static let chunksToInferFrom = 64

    private func run(
        _ reader: inout CSVReader,
        beginning: [RecordBatch] = [],
        asOf: AsOf?,
        onProgress: (Int) -> Void
    ) throws -> Counted {
        let counter = try BatchCounter(self, reader, asOf)
        var counted = Counted(
            profile: counter.empty,
            sample: RowSample(schema.acceptingDrift)
        )
        counted.asOf = asOf
        for batch in beginning { counted.take(try counter.count(batch)) }
        try reader.forEachBatch(threads: threads) {
            try counter.count($0)
        } consume: {
            counted.take($0)
            onProgress(counted.rows)
        }
        counted.remarks = reader.remarks
        return counted
    }
}

extension DriftWorkflow.Counted {
    fileprivate mutating func take(_ other: CountedBatch) {
        // Only here it is known how many rows stand before the batch.
        sample.add(other.table, first: profile.rowCount)
        profile.merge(other.profile)
        unreadable += other.unreadable
        refused += other.refused
        firstProblem = firstProblem ?? other.firstProblem
    }
}

/// What one batch of records holds.
private struct CountedBatch: Sendable {
    var profile: DriftProfile
    var table: Table
    var unreadable = 0
    var refused = 0
    var firstProblem: String?
}

/// Counts one batch of records; any thread may.
private struct BatchCounter: Sendable {
    let model: ChurnModel?
    /// Refuses what the model refuses; nil without a model.
    let strict: SchemaDecoder?
    /// Refuses what can't be read.
    let lenient: SchemaDecoder
    let empty: DriftProfile

    init(
        _ workflow: DriftWorkflow,
        _ reader: borrowing CSVReader,
        _ asOf: AsOf?
    ) throws(ColumnMismatch) {
        model = workflow.model
        let decimalComma = reader.dialect.decimalComma
        let schema = workflow.schema.acceptingDrift
        lenient = try SchemaDecoder(
            schema,
            header: reader.header,
            needsTarget: false,
            decimalComma: decimalComma,
            asOf: asOf
        )
        strict =
            model == nil
            ? nil
            : try SchemaDecoder(
                workflow.schema,
                header: reader.header,
                needsTarget: false,
                decimalComma: decimalComma,
                asOf: asOf
            )
        empty = DriftProfile(schema)
    }

    func count(_ batch: RecordBatch) throws -> CountedBatch {
        let accepted = strict?.decode(batch)
        let scores = try accepted.map { try model?.predict($0.table) ?? [] } ?? []
        // Where the strict decoder refuses nothing and bounds nothing, both read the same.
        guard let accepted, accepted.violations.isEmpty, accepted.outside.isEmpty else {
            let decoded = lenient.decode(batch)
            var counted = CountedBatch(profile: empty, table: decoded.table)
            counted.profile.add(decoded.table, scores: scores)
            counted.unreadable = decoded.rejectedRows.count
            counted.firstProblem = decoded.violations.first?.description
            counted.refused =
                accepted.map { $0.rejectedRows.count - decoded.rejectedRows.count } ?? 0
            return counted
        }
        var counted = CountedBatch(profile: empty, table: accepted.table)
        counted.profile.add(accepted.table, scores: scores)
        return counted
    }
}
