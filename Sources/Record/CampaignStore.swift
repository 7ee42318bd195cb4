public import Campaign

/// Where campaigns are kept, with who was chosen and what became of them.
///
/// Each store passes one suite of contract tests. Campaigns and members stay whatever becomes of predictions.
public protocol CampaignStore: Sendable {
    /// Keeps a campaign and its members, all of it or nothing.
    ///
    /// - Throws: `RecordError`, also where a campaign of this name is there.
    func add(
        _ campaign: CampaignEntry,
        members: [CampaignMember]
    ) async throws(RecordError)

    /// All campaigns, the newest first.
    ///
    /// - Throws: `RecordError`.
    func campaigns() async throws(RecordError) -> [CampaignEntry]

    /// The campaign of a name; nil where there is none.
    ///
    /// - Throws: `RecordError`.
    func campaign(named name: String) async throws(RecordError) -> CampaignEntry?

    /// Whom a campaign chose, by rank.
    ///
    /// - Throws: `RecordError`.
    func members(of name: String) async throws(RecordError) -> [CampaignMember]

    /// Which of some customers are members of campaigns that are open, in the order given.
    ///
    /// - Throws: `RecordError`.
    func openCampaigns(
        of customers: [String]
    ) async throws(RecordError) -> [(customer: String, campaign: String)]

    /// Ends a campaign: its members may be chosen by others.
    ///
    /// - Parameters:
    ///   - name: Of the campaign.
    ///   - time: Milliseconds since 1970.
    /// - Throws: `RecordError`, also where there is none of this name.
    func close(_ name: String, at time: Int64) async throws(RecordError)

    /// What became of a campaign's members, by rank.
    ///
    /// - Parameters:
    ///   - name: Of the campaign.
    ///   - time: Milliseconds since 1970, by which it is judged what has matured.
    /// - Returns: A truth for each member.
    /// - Throws: `RecordError`, also where there is none of this name.
    func truths(of name: String, asOf time: Int64) async throws(RecordError) -> [MemberTruth]
}
