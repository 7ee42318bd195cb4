public import ChurnModel
private import Files
public import Output
private import Record
public import Schema
public import Tabular

/// Streams a customer file through a model: CSV in, CSV out, in the order of the file.
///
/// Memory does not grow with the file: a few blocks of rows are in flight at a time.
///
/// ```swift
/// let model = try ModelFolder.load(from: "model").model
/// let counts = try ScoringWorkflow(model, threads: 2)
///     .run(input: "customers.csv", output: "scores.csv", rejects: "rejects.csv")
/// print(counts.scored, counts.rejected)
/// ```
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
        /// Rows that have a score.
        public var scored = 0
        /// Rows in the output: all that have a score, or those of the risk that was asked for.
        public var listed = 0
        /// Rows that break the schema.
        public var rejected = 0
        /// What is wrong with rejected rows, the first twenty problems.
        public var problems: [String] = []
        /// The first rejected row's problem.
        public var firstProblem: String? { problems.first }
        /// What a person should know of how the file was read, such as its encoding.
        public var remarks: [String] = []
        /// What dates were counted back from; nil where the model reads none.
        public var asOf: AsOf?
        /// The least age among the dates in days, where it is known.
        public var leastAge: Double?
        /// Dates after the day from which they are counted back, in columns whose dates must not lie ahead.
        public var lateDates = 0
        /// The numbers of scored rows that are out of range and count as the nearest bound.
        public var outside = OutsideCounts()
        /// How many scored rows have such numbers.
        public var outsideRows = 0
        /// Scored rows without an identifier, which no record gets; 0 where there is none.
        public var unnamed = 0
        /// The first of these numbers.
        public var flagged: [OutsideValue] = []

        /// So many of them are kept, since memory must not grow with the file.
        static let mostFlagged = 1_000
        static let mostProblems = 20
    }

    /// A number that is out of range and counts as the nearest bound.
    public struct OutsideValue: Equatable, Sendable, Encodable {
        /// Line of the file, from 1.
        public let line: Int
        /// Name of the column.
        public let column: String
        /// As it stands in the file, cut to 40 characters.
        public let value: String
        /// What it counts as.
        public let bound: Double
    }

    /// What each customer's line is written as.
    public enum Form: Sendable {
        /// CSV with a header.
        case csv
        /// An object in a line of its own, which also names the fields that count as a bound.
        case json
        /// Columns, as a stream of Arrow.
        case arrow
    }

    /// Scores a file.
    ///
    /// The output has the columns `identifier,churn_probability,risk`, if asked for `certainty`, and `as_of` where dates are
    /// counted back from one day, then `reason_1,points_1` and so on where asked for, and `rejected` with all rows; the identifier
    /// is the schema's, or the row's number from 1 where the schema or the file has none. As JSON it has them as
    /// members, and `outside` beside them. The rejects have `line,reason,row`. Both files appear
    /// whole at the end or not at all.
    ///
    /// - Parameters:
    ///   - input: A CSV file, or `-`.
    ///   - output: Where the scores go, or `-`.
    ///   - rejects: Where rows that break the schema go; nil only counts them.
    ///   - given: What dates are counted back from; nil for the file's reference column, or the present day.
    ///   - encoding: How the file's characters are written; nil finds out.
    ///   - certainty: Whether each row also tells if the outcome is certain.
    ///   - form: What each customer's line is written as.
    ///   - record: Where the predictions are kept besides; nil keeps none.
    ///   - least: Only customers of this risk or a higher one are written; nil writes all.
    ///   - reasons: Why each customer that is written has this score; nil does not tell.
    ///   - allRows: Whether rows that break the schema are written in their places, too, without a score.
    ///   - onProgress: Called with the rows so far.
    /// - Returns: How many rows went where.
    /// - Throws: `FileError`, `CSVError`, `ColumnMismatch`, or `NoCertainty` where the model can't tell; `UnrecordableFile` and
    ///   `RecordStoreError` where the predictions can't be kept.
    public func run(
        input: String,
        output: String,
        rejects: String?,
        asOf given: Day? = nil,
        encoding: TextEncoding? = nil,
        certainty: Bool = false,
        form: Form = .csv,
        record: BatchRecord? = nil,
        atLeast least: Risk? = nil,
        reasons: ReasonColumns? = nil,
        allRows: Bool = false,
        onProgress: (Counts) -> Void = { _ in }
    ) throws -> Counts {
        guard !certainty || model.conformal != nil else { throw NoCertainty() }
        var reader = try CSVReader(input, encoding: encoding)
        let asOf = model.schema.asOf(scoring: reader.header, given: given)
        let decoder = try SchemaDecoder(
            model.schema,
            header: reader.header,
            needsTarget: false,
            decimalComma: reader.dialect.decimalComma,
            asOf: asOf
        )
        if record != nil { try UnrecordableFile.check(model.schema, decoder, source: input) }
        let layout = ScoreLayout(
            form: form,
            conformal: certainty ? model.conformal : nil,
            asOf: asOf?.day,
            reasons: reasons,
            allRows: allRows
        )
        let scorer = BatchScorer(
            model: model,
            decoder: decoder,
            layout: layout,
            isKept: record != nil,
            least: least
        )
        let identifier =
            decoder.identifierColumn.map { RowIdentifier.column($0) } ?? .number(first: 1)
        var scores = try AtomicFile(output)
        try scores.write(layout.header(identifier))
        var rejected = try rejects.map { try AtomicFile($0) }
        try rejected?.write("line,reason,row\n")
        var counts = Counts()
        counts.asOf = asOf
        let writer = try record?.begin(source: input, asOf: given)
        do {
            if reasons == nil {
                try reader.forEachBatch(threads: threads) {
                    try scorer.score($0)
                } consume: {
                    try counts.take($0, scores: &scores)
                    try rejected?.write($0.rejects)
                    if let kept = $0.kept { try writer?.append(kept, &counts) }
                    onProgress(counts)
                }
            } else {
                // A block would take minutes; within a few customers all threads work.
                try reader.forEachBatch(threads: 1) {
                    $0
                } consume: { batch in
                    for first in stride(from: 0, to: batch.rowCount, by: Self.group) {
                        let rows = first ..< min(first + Self.group, batch.rowCount)
                        let scored = try scorer.score(batch.selecting(Array(rows)))
                        try counts.take(scored, scores: &scores)
                        try rejected?.write(scored.rejects)
                        if let kept = scored.kept { try writer?.append(kept, &counts) }
                        onProgress(counts)
                    }
                }
            }
            try scores.write(layout.footer)
            counts.remarks = reader.remarks
            try rejected?.commit()
            try scores.commit()
            try writer?.end()
        } catch {
            // What is wrong with the file is worth more than that its beginning can't be removed: the next batch does that.
            try? writer?.abandon()
            throw error
        }
        return counts
    }

    /// So many customers are explained before they are written.
    private static let group = 64
}

/// Certainty is asked of a model that was trained without rows held out for it.
public struct NoCertainty: RetainError, Equatable {
    /// The call is to blame.
    public var exitStatus: ExitStatus { .usage }

    /// One line: what, why, how to fix it.
    public var description: String {
        "--certainty: this model can't tell for whom the outcome is certain, since no rows were held out"
            + " for it in training; train fast or best on at least 20 customers of each class"
    }
}

extension ScoringWorkflow.Counts {
    fileprivate mutating func take(_ batch: ScoredBatch, scores: inout AtomicFile) throws {
        try scores.write(batch.scores.bytes(firstRow: read + 1))
        read += batch.scored + batch.rejected
        scored += batch.scored
        listed += batch.listed
        rejected += batch.rejected
        problems += batch.problems.prefix(max(0, Self.mostProblems - problems.count))
        lateDates += batch.lateDates
        leastAge = [leastAge, batch.leastAge].compactMap(\.self).min()
        outside.add(batch.outside)
        outsideRows += Set(batch.outside.map(\.row)).count
        flagged += batch.outside.prefix(max(0, Self.mostFlagged - flagged.count)).map { found in
            ScoringWorkflow.OutsideValue(
                line: found.line,
                column: found.column ?? "",
                value: found.value,
                bound: found.bound ?? .nan
            )
        }
    }
}
