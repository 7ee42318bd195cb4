/// What people who work through a campaign's list ask of the record, and what they say.
///
/// Each store passes one suite of contract tests.
public protocol CustomerStore: Sendable {
    /// A part of a campaign's list.
    ///
    /// - Throws: `RecordStoreError`.
    func queue(_ query: QueueQuery) async throws(RecordStoreError) -> QueuePage

    /// How a campaign's list stands; nil where there is no such campaign.
    ///
    /// - Throws: `RecordStoreError`.
    func standing(of campaign: String) async throws(RecordStoreError) -> QueueStanding?

    /// All that is known of a customer; nil where nothing is.
    ///
    /// - Parameters:
    ///   - customer: The identifier.
    ///   - most: How many predictions and sayings at most, the newest first.
    /// - Returns: Predictions, sayings and campaigns.
    /// - Throws: `RecordStoreError`.
    func history(
        of customer: String,
        most: Int
    ) async throws(RecordStoreError) -> CustomerHistory?

    /// Customers who were ever predicted, by their latest prediction.
    ///
    /// - Parameters:
    ///   - prefix: With what identifiers begin; empty for all.
    ///   - first: How many to pass over.
    ///   - count: How many at most.
    ///   - withFeatures: Whether what they were predicted from comes, too.
    /// - Returns: In the order of their identifiers.
    /// - Throws: `RecordStoreError`.
    func customers(
        prefix: String,
        from first: Int,
        count: Int,
        withFeatures: Bool
    ) async throws(RecordStoreError) -> CustomerPage

    /// Keeps what a person says of a member of a campaign, or takes back what was said.
    ///
    /// What somebody else said after `seen` stays, and is told; what comes second is kept as set aside.
    ///
    /// - Returns: What became of it.
    /// - Throws: `RecordStoreError`, also where there is no such campaign.
    func mark(_ mark: ContactMark) async throws(RecordStoreError) -> MarkReceipt

    /// What was set aside since a time because somebody had said something else before: those are told of it.
    ///
    /// - Parameters:
    ///   - source: Who had said something else.
    ///   - time: Milliseconds since 1970.
    /// - Returns: The earliest first.
    /// - Throws: `RecordStoreError`.
    func setAside(
        against source: String,
        since time: Int64
    ) async throws(RecordStoreError) -> [SetAsideMark]

    /// Keeps why members were chosen, to be shown beside them.
    ///
    /// - Parameters:
    ///   - notes: By rank.
    ///   - campaign: Its name.
    /// - Throws: `RecordStoreError`.
    func keep(_ notes: [Int: MemberNote], of campaign: String) async throws(RecordStoreError)
}

extension CustomerStore {
    /// Customers who were ever predicted, without what they were predicted from.
    ///
    /// - Throws: `RecordStoreError`.
    public func customers(
        prefix: String,
        from first: Int,
        count: Int
    ) async throws(RecordStoreError) -> CustomerPage {
        try await customers(prefix: prefix, from: first, count: count, withFeatures: false)
    }
}
