import FoundationEssentials
public import Output
public import Record
import Schema
import Tabular

/// Where the predictions of a file are kept, and as whose.
public struct BatchRecord: Sendable {
    /// The record.
    public let store: any PredictionStore
    /// The model as the record names it.
    public let model: RecordedModel

    /// Names both.
    public init(_ store: any PredictionStore, _ model: RecordedModel) {
        self.store = store
        self.model = model
    }

    /// Begins a batch: now, or at the end of an earlier day from which dates are counted back.
    func begin(source: String, asOf: Day?) throws -> any BatchWriter {
        let now = Int64(Date.now.timeIntervalSince1970 * 1000)
        let end = asOf.map { Int64($0.number + 1) * 86_400_000 - 1 } ?? now
        let name = source == "-" ? "standard input" : URL(filePath: source).lastPathComponent
        return try store.beginBatch(of: model, source: name, at: min(now, end))
    }
}

/// The scored customers of a batch, as a record keeps them.
struct KeptCustomers: Sendable {
    var customers: [String] = []
    var asOf: [Day] = []
    var rows: CodedRows
    var probabilities: [Float] = []
    /// Scored rows without an identifier.
    var unnamed = 0

    init(
        _ decoded: DecodedBatch,
        of batch: RecordBatch,
        by decoder: SchemaDecoder,
        columns names: [String],
        _ probabilities: [Float],
        _ day: Day?
    ) {
        rows = CodedRows(width: names.count)
        guard let column = decoder.identifierColumn else { return }
        var named: [Int] = []
        for (place, row) in decoded.acceptedRows.enumerated() {
            let customer = batch.text(row: row, column: column)
            guard !customer.isEmpty else {
                unnamed += 1
                continue
            }
            named.append(place)
            customers.append(customer)
            self.probabilities.append(probabilities[place])
        }
        rows.append(named, of: decoded.table, columns: names)
        if let day { asOf = Array(repeating: day, count: named.count) }
    }
}

extension BatchWriter {
    /// Writes the customers of a batch.
    func append(
        _ kept: KeptCustomers,
        _ counts: inout ScoringWorkflow.Counts
    ) throws(RecordStoreError) {
        counts.unnamed += kept.unnamed
        guard !kept.customers.isEmpty else { return }
        try append(
            customers: kept.customers,
            asOf: kept.asOf,
            rows: kept.rows,
            probabilities: kept.probabilities
        )
    }
}

/// A file names no customers, so that no outcome could be joined to its predictions.
public struct UnrecordableFile: RetainError, Equatable {
    /// The file.
    public let source: String
    /// Why, and how to mend it.
    public let reason: String

    /// What was read is to blame.
    public var exitStatus: ExitStatus { .badData }

    /// One line: what, why, how to fix it.
    public var description: String {
        "\(source) can't enter the record: \(reason)"
    }

    static func check(
        _ schema: Schema,
        _ decoder: SchemaDecoder,
        source: String
    ) throws(UnrecordableFile) {
        guard let identifier = schema.identifier else {
            throw UnrecordableFile(
                source: source,
                reason:
                    "the model's schema names no identifier, so no outcome could be joined to a customer; name the column in retain.yaml (identifier: …) and train anew, or leave out --database"
            )
        }
        guard decoder.identifierColumn != nil else {
            throw UnrecordableFile(
                source: source,
                reason:
                    "it lacks the identifier \"\(identifier)\", so no outcome could be joined to a customer; add the column, or leave out --database"
            )
        }
        guard !schema.columns.contains(where: { $0.name == identifier && $0.personal }) else {
            throw UnrecordableFile(
                source: source,
                reason:
                    "the identifier \"\(identifier)\" is personal (privacy: personal) and not kept, so no outcome could be joined to a customer; leave out --database"
            )
        }
    }
}
