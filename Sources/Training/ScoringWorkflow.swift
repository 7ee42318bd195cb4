public import ChurnModel
private import Files
private import Schema
private import Tabular

/// Streams a customer file through a model: CSV in, CSV out, in the order of the file.
///
/// Memory does not grow with the file: a few blocks of rows are in flight at a time.
public struct ScoringWorkflow: Sendable {
    /// The model.
    public let model: ChurnModel
    /// How many blocks of rows are scored at once; the bytes written do not depend on it.
    public let threads: Int

    /// Creates a workflow.
    public init(_ model: ChurnModel, threads: Int) {
        self.model = model
        self.threads = threads
    }

    /// How many rows went where; `read` is always `scored + rejected`.
    public struct Counts: Equatable, Sendable {
        /// Rows in the file.
        public var read = 0
        /// Rows in the output.
        public var scored = 0
        /// Rows that break the schema.
        public var rejected = 0
        /// The first rejected row's problem.
        public var firstProblem: String?
    }

    /// Scores a file.
    ///
    /// The output has the columns `identifier,churn_probability,risk`; the identifier is the schema's, or
    /// the row's number from 1 where it has none. The rejects have `line,reason,row`. Both files appear
    /// whole at the end or not at all.
    ///
    /// - Parameters:
    ///   - input: A CSV file, or `-`.
    ///   - output: Where the scores go, or `-`.
    ///   - rejects: Where rows that break the schema go; nil only counts them.
    ///   - onProgress: Called with the rows so far.
    /// - Returns: How many rows went where.
    /// - Throws: `FileError`, `CSVError` or `ColumnMismatch`.
    public func run(
        input: String,
        output: String,
        rejects: String?,
        onProgress: (Counts) -> Void = { _ in }
    ) throws -> Counts {
        var reader = try CSVReader(input)
        let scorer = BatchScorer(
            model: model,
            decoder: try SchemaDecoder(
                model.schema,
                header: reader.header,
                needsTarget: false,
                decimalComma: reader.dialect.decimalComma
            )
        )
        var scores = try AtomicFile(output)
        try scores.write("identifier,churn_probability,risk\n")
        var counts = Counts()
        if let rejects {
            var rejected = try AtomicFile(rejects)
            try rejected.write("line,reason,row\n")
            try reader.forEachBatch(threads: threads) {
                try scorer.score($0)
            } consume: {
                try counts.take($0, scores: &scores)
                try rejected.write($0.rejects)
                onProgress(counts)
            }
            try rejected.commit()
        } else {
            try reader.forEachBatch(threads: threads) {
                try scorer.score($0)
            } consume: {
                try counts.take($0, scores: &scores)
                onProgress(counts)
            }
        }
        try scores.commit()
        return counts
    }
}

extension ScoringWorkflow.Counts {
    fileprivate mutating func take(_ batch: ScoredBatch, scores: inout AtomicFile) throws {
        try scores.write(batch.scores)
        read += batch.scored + batch.rejected
        scored += batch.scored
        rejected += batch.rejected
        firstProblem = firstProblem ?? batch.firstProblem
    }
}
