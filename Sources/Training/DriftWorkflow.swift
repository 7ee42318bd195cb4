public import ChurnModel
public import Drift
public import Schema
private import Tabular

/// Streams a customer file into a profile of its columns and, where there is a model, of its scores, and into
/// a sample of its rows.
///
/// Memory does not grow with the file, and the profile does not depend on the number of threads.
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

        /// Rows in the file.
        public var rows: Int { profile.rowCount + unreadable }
    }

    /// Counts a file.
    ///
    /// - Parameters:
    ///   - path: A CSV file, or `-`.
    ///   - onProgress: Called with the rows so far.
    /// - Returns: What the file holds.
    /// - Throws: `FileError`, `CSVError`, `ColumnMismatch`.
    /// - Complexity: O(bytes).
    public func run(
        _ path: String,
        onProgress: (Int) -> Void = { _ in }
    ) throws -> Counted {
        var reader = try CSVReader(path)
        return try run(&reader, onProgress: onProgress)
    }

    /// Infers the schema of a file from its beginning, and counts the file.
    ///
    /// - Parameters:
    ///   - path: A CSV file, or `-`.
    ///   - inference: Target and what counts as null; the decimal sign is the file's.
    ///   - threads: How many blocks of rows are counted at once.
    ///   - onProgress: Called with the rows so far.
    /// - Returns: What was counted, and what was inferred.
    /// - Throws: As above, and `SchemaInferenceError`.
    public static func inferring(
        _ path: String,
        _ inference: SchemaInference,
        threads: Int,
        onProgress: (Int) -> Void = { _ in }
    ) throws -> (counted: Counted, inferred: InferredSchema) {
        var reader = try CSVReader(path)
        var beginning: [RecordBatch] = []
        while beginning.count < chunksToInferFrom, let chunk = try reader.nextChunk() {
            beginning.append(chunk.parsed())
        }
        var inference = inference
        inference.decimalComma = reader.dialect.decimalComma
        let inferred = try inference.inferFindingTarget(
            header: reader.header,
            batches: beginning
        )
        let counted = try DriftWorkflow(inferred.schema, threads: threads)
            .run(&reader, beginning: beginning, onProgress: onProgress)
        return (counted, inferred)
    }

    /// Some 64 MB: a schema needs no more, and a longer file must not fill the memory.
    private static let chunksToInferFrom = 64

    private func run(
        _ reader: inout CSVReader,
        beginning: [RecordBatch] = [],
        onProgress: (Int) -> Void
    ) throws -> Counted {
        let counter = try BatchCounter(self, reader)
        var counted = Counted(
            profile: counter.empty,
            sample: RowSample(schema.acceptingDrift)
        )
        for batch in beginning { counted.take(try counter.count(batch)) }
        try reader.forEachBatch(threads: threads) {
            try counter.count($0)
        } consume: {
            counted.take($0)
            onProgress(counted.rows)
        }
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

    init(_ workflow: DriftWorkflow, _ reader: borrowing CSVReader) throws(ColumnMismatch) {
        model = workflow.model
        let decimalComma = reader.dialect.decimalComma
        let schema = workflow.schema.acceptingDrift
        lenient = try SchemaDecoder(
            schema,
            header: reader.header,
            needsTarget: false,
            decimalComma: decimalComma
        )
        strict =
            model == nil
            ? nil
            : try SchemaDecoder(
                workflow.schema,
                header: reader.header,
                needsTarget: false,
                decimalComma: decimalComma
            )
        empty = DriftProfile(schema)
    }

    func count(_ batch: RecordBatch) throws -> CountedBatch {
        let accepted = strict?.decode(batch)
        let scores = try accepted.map { try model?.predict($0.table) ?? [] } ?? []
        // Where the strict decoder refuses nothing, both read the same.
        guard let accepted, accepted.violations.isEmpty else {
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
