public import Schema

/// What a record holds of predictions, for those who only read.
public protocol LabelledRecord: Sendable {
    /// The record, as it was named.
    var path: String { get }

    /// What a model said of customers whose truth counts, in the order in which it was asked.
    ///
    /// - Parameters:
    ///   - name: Name of the registered model.
    ///   - version: Its version.
    ///   - digest: Of the model's content: it may have answered under another name.
    ///   - maturing: When truth counts; nil as soon as it is known.
    /// - Returns: A judgement for each prediction.
    /// - Throws: `RecordStoreError`.
    func judgements(
        of name: String,
        version: String,
        digest: String,
        maturing: Maturity?
    ) throws(RecordStoreError) -> [Judgement]

    /// Reads the customers whose truth came to count after a time, in the order in which they were asked about.
    ///
    /// - Parameters:
    ///   - schema: What the columns mean.
    ///   - time: Milliseconds since 1970; what counted by then a model may have learned.
    ///   - maturing: When truth counts; nil as soon as it is known.
    ///   - treatedColumn: What the column that says who was treated is to be called.
    /// - Returns: The customers, none where nothing new is known.
    /// - Throws: `RecordStoreError`; `UntrainableLog` where the record has no customer with all columns.
    func customers(
        _ schema: Schema,
        knownAfter time: Int64,
        maturing: Maturity?,
        treatedColumn: String
    ) throws -> RecordedCustomers

    /// The model that answered last; nil where nobody did.
    ///
    /// - Throws: `RecordStoreError`.
    func newestModel() throws(RecordStoreError) -> NamedModel?

    /// The probabilities that a model answered last, the oldest first.
    ///
    /// - Throws: `RecordStoreError`.
    func scores(of digest: String, newest count: Int) throws(RecordStoreError) -> [Double]

    /// What a model said of customers whose truth counts and who are not known to have been treated, the newest first.
    ///
    /// - Throws: `RecordStoreError`.
    func judgements(
        of digest: String,
        newest count: Int,
        maturing: Maturity?
    ) throws(RecordStoreError) -> [DatedJudgement]

    /// What was predicted of customers the last time that it was something else; see `PredictionStore`.
    ///
    /// - Throws: `RecordStoreError`.
    func earlier(
        _ rows: CodedRows,
        of customers: [String?],
        than time: Int64,
        _ model: RecordedModel
    ) throws(RecordStoreError) -> [EarlierPrediction?]
}

/// What a model said of a customer, and what became of that.
public struct Judgement: Equatable, Sendable {
    /// The probability that was answered.
    public let probability: Double
    /// Whether the customer left.
    public let left: Bool
    /// Whether the customer was offered something to stay; nil where that is not known.
    public let treated: Bool?
}

/// A model as the record names it.
public struct NamedModel: Equatable, Sendable {
    /// Name of the registered model, or of the folder.
    public let name: String
    /// Version in the registry, or the beginning of the digest.
    public let version: String
    /// Names the model's content.
    public let digest: String
}

/// Opens a record for reading only; it stays as it is, also while a service writes to it.
///
/// - Parameter address: The path of an SQLite file, or `postgres://user@host/database`.
/// - Returns: What reads it.
public func readRecord(_ address: String) -> any LabelledRecord {
    guard let server = PostgresAddress(address) else {
        return SQLRecordReader(database: SQLiteReader(path: address))
    }
    return SQLRecordReader(database: PostgresReader(address: server))
}
