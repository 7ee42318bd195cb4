public import ChurnModel
public import Explanation
public import Record
public import Schema

/// Tells why scores moved since the record's earlier predictions, by the models that made these.
///
/// ```swift
/// let moves = try RecordedMoves(to: model, from: [.init(model, digest: saved.digest)])
/// let earlier = [EarlierPrediction?](repeating: nil, count: coded.count)
/// for finding in try moves.findings(earlier, of: earlier.map { _ in nil }, to: coded) {
///     print(finding.move == nil)
/// }
/// ```
public struct RecordedMoves: Sendable {
    private let known: [String: Known]
    /// The identifier's name where the record does not keep it.
    private let secret: String?

    private struct Known: Sendable {
        let explainer: MoveExplainer
        let reader: RecordedRowReader
    }

    /// A model, and what names its content in the record.
    public struct Named: Sendable {
        let model: ChurnModel
        let digest: String

        /// Names a model.
        public init(_ model: ChurnModel, digest: String) {
            self.model = model
            self.digest = digest
        }
    }

    /// Prepares models.
    ///
    /// - Parameters:
    ///   - new: The model that scores customers now.
    ///   - others: Models that may have made the earlier predictions; of equal ones the first counts.
    /// - Throws: `FeatureError` where two of them read a column as different kinds.
    public init(to new: ChurnModel, from others: [Named]) throws {
        var known: [String: Known] = [:]
        for old in others where known[old.digest] == nil {
            known[old.digest] = Known(
                explainer: try MoveExplainer(from: old.model, to: new),
                reader: RecordedRowReader(old.model.schema)
            )
        }
        self.known = known
        let columns = new.schema.columns
        secret = columns.first { $0.name == new.schema.identifier && $0.personal }?.name
    }

    /// Tells why the scores of some customers moved.
    ///
    /// - Parameters:
    ///   - earlier: What was predicted of each; nil for those of whom nothing is known.
    ///   - identifiers: Of the customers; nil for who has none.
    ///   - rows: The customers as they are, the features of the new model's schema.
    ///   - threads: How many work at once; the result does not depend on it.
    /// - Returns: A finding for each customer.
    /// - Throws: `FeatureError` where a column is of another kind than in the schema.
    public func findings(
        _ earlier: [EarlierPrediction?],
        of identifiers: [String?],
        to rows: CodedRows,
        threads: Int = 1
    ) throws -> [MoveFinding] {
        try earlier.indices.map { row in
            if let secret { return .untold(.secret(identifier: secret)) }
            guard identifiers[row]?.isEmpty == false else { return .untold(.nameless) }
            guard let then = earlier[row] else { return .untold(.unknown) }
            guard let model = known[then.model.digest] else {
                let label = "\(then.model.name)/\(then.model.version)"
                return .untold(.otherModel(label: label, day: then.day))
            }
            guard let values = model.reader.values(of: then) else {
                return .untold(.broken(day: then.day))
            }
            let move = try model.explainer.move(
                from: values,
                of: then.probability,
                to: Array(rows[row: row]),
                threads: threads
            )
            return move.map { .told($0, by: model.explainer, since: then.day) }
                ?? .untold(.unkept(day: then.day))
        }
    }
}

/// Customers as a record has them, to tell why their scores moved since they were last predicted.
public struct RecordedPast: PastCustomers {
    private let record: any LabelledRecord
    private let moves: RecordedMoves
    private let model: RecordedModel
    private let time: Int64

    /// Names what is known.
    ///
    /// - Parameters:
    ///   - record: Has earlier predictions.
    ///   - old: The model that made them where it was another; nil for none.
    ///   - new: The model that scores customers now.
    ///   - time: Predictions from then on do not count, in milliseconds since 1970.
    /// - Throws: `NoIdentifier` where customers can't be told apart; `FeatureError`.
    public init(
        _ record: any LabelledRecord,
        _ old: SavedModel?,
        now new: SavedModel,
        before time: Int64
    ) throws {
        guard new.model.schema.identifier != nil else { throw NoIdentifier(column: nil, file: "") }
        self.record = record
        self.time = time
        moves = try RecordedMoves(
            to: new.model,
            from: ([new] + (old.map { [$0] } ?? [])).map { .init($0.model, digest: $0.digest) }
        )
        // Its name and version play no part where nothing is written.
        model = RecordedModel(
            name: "",
            version: "",
            digest: new.digest,
            schema: new.model.schema
        )
    }

    /// Nothing is known before a customer is sought.
    public var start: BeforeCounts { BeforeCounts() }

    /// Tells why the scores of some customers moved; see `PastCustomers`.
    ///
    /// - Throws: `RecordStoreError`; `FeatureError` where a model reads a column as another kind.
    public func moves(
        of identifiers: [String],
        to rows: CodedRows,
        threads: Int
    ) throws -> [MoveFinding] {
        try moves.findings(
            try record.earlier(rows, of: identifiers, than: time, model),
            of: identifiers,
            to: rows,
            threads: threads
        )
    }
}
