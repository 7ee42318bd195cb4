public import FoundationEssentials
public import Schema

/// A record: what was predicted, what came true, whom campaigns chose, and what operations may want to know later.
///
/// Each store passes one suite of contract tests; who needs but a part of it asks for that part.
public protocol RecordStore: PredictionStore, OutcomeStore, CampaignStore, CustomerStore, StateStore
{
    /// The record, as it is named to people.
    var path: String { get }

    /// Whether services on several machines may write to it, so that an outcome can be here before its prediction.
    var isShared: Bool { get }

    /// Closes it once nobody uses it.
    ///
    /// - Throws: `RecordStoreError`.
    func close() throws(RecordStoreError)
}

/// Where predictions are kept.
public protocol PredictionStore: Sendable {
    /// Writes predictions down, all of them or none.
    ///
    /// - Throws: `RecordStoreError`.
    func append(_ batches: [PredictionBatch]) async throws(RecordStoreError)

    /// Begins to write a file's predictions.
    ///
    /// - Parameters:
    ///   - model: What predicts.
    ///   - source: Names the file for people.
    ///   - time: When the predictions are made, in milliseconds since 1970.
    /// - Returns: What takes the predictions.
    /// - Throws: `RecordStoreError`.
    func beginBatch(
        of model: RecordedModel,
        source: String,
        at time: Int64
    ) throws(RecordStoreError) -> any BatchWriter

    /// Number of predictions and of outcomes.
    ///
    /// - Throws: `RecordStoreError`.
    func counts() async throws(RecordStoreError) -> (predictions: Int, outcomes: Int)

    /// The probabilities that a model answered last, the oldest first.
    ///
    /// - Throws: `RecordStoreError`.
    func scores(of digest: String, newest count: Int) async throws(RecordStoreError) -> [Double]

    /// What was predicted of customers the last time that it was something else than now: another model's, or of other
    /// features. Of customers of whom always the same was predicted it is the latest prediction.
    ///
    /// - Parameters:
    ///   - rows: The customers as they are, the features of the model's schema.
    ///   - customers: Their identifiers; nil for who has none.
    ///   - time: Predictions from then on do not count, in milliseconds since 1970.
    ///   - model: Predicts now.
    /// - Returns: One for each customer, nil where there is none.
    /// - Throws: `RecordStoreError`.
    func earlier(
        _ rows: CodedRows,
        of customers: [String?],
        than time: Int64,
        _ model: RecordedModel
    ) async throws(RecordStoreError) -> [EarlierPrediction?]

    /// Removes what the record's retention does not keep.
    ///
    /// - Parameters:
    ///   - now: Milliseconds since 1970.
    ///   - horizonDays: Of the model that answers: predictions stay at least so long and a month; nil where it has none.
    /// - Returns: How many predictions were removed.
    /// - Throws: `RecordStoreError`.
    func prune(now: Int64, horizonDays: Int?) async throws(RecordStoreError) -> Int
}

/// Where the truth is kept.
public protocol OutcomeStore: Sendable {
    /// Whether the predictions of all outcomes are there.
    ///
    /// - Throws: `RecordStoreError`.
    func hasPredictions(of outcomes: [Outcome]) async throws(RecordStoreError) -> Bool

    /// Keeps what was said of customers, all of it or nothing, and joins it to predictions and to members of campaigns.
    ///
    /// - Parameters:
    ///   - outcomes: In the order in which they were said.
    ///   - keepsStrangers: Whether to keep what is said of customers whom the record does not know.
    ///   - received: Milliseconds since 1970; nil for now.
    ///   - waitingUntil: Until when to keep outcomes of nobody whom the record knows for `recordWaiting(now:)`, in
    ///     milliseconds since 1970; nil takes them for strangers at once.
    /// - Returns: A receipt for each outcome.
    /// - Throws: `RecordStoreError`.
    func record(
        _ outcomes: [Outcome],
        keepsStrangers: Bool,
        received: Int64?,
        waitingUntil: Int64?
    ) async throws(RecordStoreError) -> [OutcomeReceipt]

    /// Records outcomes that waited: those whose prediction came, and those whose time is over.
    ///
    /// - Parameter now: Milliseconds since 1970.
    /// - Returns: What was recorded, in the order in which it came, each for one caller only.
    /// - Throws: `RecordStoreError`.
    func recordWaiting(
        now: Int64
    ) async throws(RecordStoreError) -> [(outcome: Outcome, receipt: OutcomeReceipt)]

    /// What a model said of customers whose truth counts and who are not known to have been treated, the newest first.
    ///
    /// - Parameters:
    ///   - digest: Names the model's content.
    ///   - count: The most that are returned.
    ///   - maturing: When truth counts; nil as soon as it is known.
    /// - Returns: A judgement for each prediction.
    /// - Throws: `RecordStoreError`.
    func judgements(
        of digest: String,
        newest count: Int,
        maturing: Maturity?
    ) async throws(RecordStoreError) -> [DatedJudgement]
}

extension OutcomeStore {
    /// The same, now, with what is said of customers whom the record does not know.
    ///
    /// - Throws: `RecordStoreError`.
    @discardableResult
    public func record(
        _ outcomes: [Outcome]
    ) async throws(RecordStoreError) -> [OutcomeReceipt] {
        try await record(outcomes, keepsStrangers: true, received: nil)
    }

    /// The same, where nothing waits.
    ///
    /// - Throws: `RecordStoreError`.
    public func record(
        _ outcomes: [Outcome],
        keepsStrangers: Bool,
        received: Int64?
    ) async throws(RecordStoreError) -> [OutcomeReceipt] {
        try await record(
            outcomes,
            keepsStrangers: keepsStrangers,
            received: received,
            waitingUntil: nil
        )
    }
}

/// When the truth of a prediction counts: once so many days are over.
public struct Maturity: Equatable, Sendable {
    /// Within how many days of a prediction leaving counts.
    public var days: Int
    /// By when it is judged what has matured, in milliseconds since 1970.
    public var time: Int64

    /// A horizon, judged at a time.
    public init(days: Int, at time: Int64) {
        self.days = days
        self.time = time
    }

    /// The same for the horizon of a schema; nil where it has none.
    public init?(days: Int?, at time: Int64) {
        guard let days else { return nil }
        self.init(days: days, at: time)
    }
}

/// Where is kept what operations may want to know, and what programs agree upon.
public protocol StateStore: Sendable {
    /// Adds entries, and keeps a state that goes on after a restart, all of it or nothing.
    ///
    /// - Throws: `RecordStoreError`.
    func keep(
        _ entries: [AuditEntry],
        state: Data,
        named name: String
    ) async throws(RecordStoreError)

    /// A state as it was last kept; nil where there is none.
    ///
    /// - Throws: `RecordStoreError`.
    func state(named name: String) async throws(RecordStoreError) -> Data?

    /// The newest entries, newest first.
    ///
    /// - Throws: `RecordStoreError`.
    func audit(newest count: Int) async throws(RecordStoreError) -> [AuditEntry]

    /// Takes or renews what only one program may have at a time.
    ///
    /// - Parameters:
    ///   - name: What it is.
    ///   - holder: Names the program; no other has this name.
    ///   - now: Milliseconds since 1970.
    ///   - duration: Milliseconds after which others may take it, unless it is renewed.
    /// - Returns: Whether the program has it now.
    /// - Throws: `RecordStoreError`.
    func takeLease(
        _ name: String,
        holder: String,
        now: Int64,
        for duration: Int64
    ) async throws(RecordStoreError) -> Bool

    /// Gives back what a program has, so that others need not wait.
    ///
    /// - Throws: `RecordStoreError`.
    func releaseLease(_ name: String, holder: String) async throws(RecordStoreError)

    /// Leaves something for the program that has a lease.
    ///
    /// - Throws: `RecordStoreError`.
    func handOver(_ content: Data, named name: String) async throws(RecordStoreError)

    /// Takes what others left, in the order in which they did; nobody gets it a second time.
    ///
    /// - Throws: `RecordStoreError`.
    func takeHandovers(named name: String) async throws(RecordStoreError) -> [Data]
}

/// Opens a record for reading and writing, and makes it where it is not there.
///
/// - Parameters:
///   - address: The path of an SQLite file, whose folder must be there, or `postgres://user@host/database`.
///   - retention: What `prune` leaves.
/// - Returns: The store that the address names.
/// - Throws: `RecordStoreError`, also for a record of a newer program and for what is none.
public func openRecord(
    _ address: String,
    retention: Retention = Retention()
) throws(RecordStoreError) -> any RecordStore {
    guard let server = PostgresAddress(address) else {
        return SQLRecord(try SQLiteDatabase(address), retention: retention)
    }
    return SQLRecord(try PostgresDatabase(server), retention: retention)
}
