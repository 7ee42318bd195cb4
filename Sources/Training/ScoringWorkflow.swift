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
    /// The output has the columns `identifier,churn_probability,risk` and, if asked for, `certainty`; the identifier is the schema's, or
    /// the row's number from 1 where it has none. The rejects have `line,reason,row`. Both files appear
    /// whole at the end or not at all.
    ///
    /// - Parameters:
    ///   - input: A CSV file, or `-`.
    ///   - output: Where the scores go, or `-`.
    ///   - rejects: Where rows that break the schema go; nil only counts them.
    ///   - certainty: Whether each row also tells if the outcome is certain.
    ///   - onProgress: Called with the rows so far.
    /// - Returns: How many rows went where.
    /// - Throws: `FileError`, `CSVError`, `ColumnMismatch`, or `NoCertainty` where the model can't tell.
    public func run(
        input: String,
        output: String,
        rejects: String?,
        certainty: Bool = false,
        onProgress: (Counts) -> Void = { _ in }
    ) throws -> Counts {
        guard !certainty || model.conformal != nil else { throw NoCertainty() }
        var reader = try CSVReader(input)
        let scorer = BatchScorer(
            model: model,
            decoder: try SchemaDecoder(
                model.schema,
                header: reader.header,
                needsTarget: false,
                decimalComma: reader.dialect.decimalComma
            ),
            conformal: certainty ? model.conformal : nil
        )
        var scores = try AtomicFile(output)
        try scores.write("identifier,churn_probability,risk\(certainty ? ",certainty" : "")\n")
        var rejected = try rejects.map { try AtomicFile($0) }
        try rejected?.write("line,reason,row\n")
        var counts = Counts()
        try reader.forEachBatch(threads: threads) {
            try scorer.score($0)
        } consume: {
            try counts.take($0, scores: &scores)
            try rejected?.write($0.rejects)
            onProgress(counts)
        }
        try rejected?.commit()
        try scores.commit()
        return counts
    }
}

/// Certainty is asked of a model that was trained without rows held out for it.
public struct NoCertainty: Error, Equatable, Sendable, CustomStringConvertible {
    /// One line: what, why, how to fix it.
    public var description: String {
        "--certainty: this model can't tell for whom the outcome is certain, since no rows were held out"
            + " for it in training; train fast or best on at least 20 customers of each class"
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
