public import Campaign

/// Where campaigns are kept, with who was chosen and what became of them.
///
/// Each store passes one suite of contract tests. Campaigns and members stay whatever becomes of predictions.
public protocol CampaignStore: Sendable {
    /// Keeps a campaign and its members, all of it or nothing.
    ///
    /// - Throws: `RecordStoreError`, also where a campaign of this name is there.
    func add(
        _ campaign: CampaignEntry,
        members: [CampaignMember]
    ) async throws(RecordStoreError)

    /// All campaigns, the newest first.
    ///
    /// - Throws: `RecordStoreError`.
    func campaigns() async throws(RecordStoreError) -> [CampaignEntry]

    /// The campaign of a name; nil where there is none.
    ///
    /// - Throws: `RecordStoreError`.
    func campaign(named name: String) async throws(RecordStoreError) -> CampaignEntry?

    /// Whom a campaign chose, by rank.
    ///
    /// - Throws: `RecordStoreError`.
    func members(of name: String) async throws(RecordStoreError) -> [CampaignMember]

    /// Which of some customers are members of campaigns that are open, in the order given.
    ///
    /// - Throws: `RecordStoreError`.
    func openCampaigns(
        of customers: [String]
    ) async throws(RecordStoreError) -> [(customer: String, campaign: String)]

    /// Ends a campaign: its members may be chosen by others.
    ///
    /// - Parameters:
    ///   - name: Of the campaign.
    ///   - time: Milliseconds since 1970.
    /// - Throws: `RecordStoreError`, also where there is none of this name.
    func close(_ name: String, at time: Int64) async throws(RecordStoreError)

    /// What became of a campaign's members, by rank.
    ///
    /// - Parameters:
    ///   - name: Of the campaign.
    ///   - time: Milliseconds since 1970, by which it is judged what has matured.
    /// - Returns: A truth for each member.
    /// - Throws: `RecordStoreError`, also where there is none of this name.
    func truths(of name: String, asOf time: Int64) async throws(RecordStoreError) -> [MemberTruth]
}
