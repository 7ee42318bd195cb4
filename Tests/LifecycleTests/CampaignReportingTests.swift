import Campaign
import Lifecycle
import Record
import Reports
import Testing
import Texts

/// A record of one campaign in memory; all that a report asks of a store.
private struct OneCampaign: CampaignStore {
    var entry: CampaignEntry
    var chosen: [CampaignMember]
    var told: [MemberTruth]

    func add(
        _ campaign: CampaignEntry,
        members: [CampaignMember]
    ) async throws(RecordStoreError) {}

    func campaigns() async throws(RecordStoreError) -> [CampaignEntry] { [entry] }

    func campaign(named name: String) async throws(RecordStoreError) -> CampaignEntry? {
        name == entry.name ? entry : nil
    }

    func members(of name: String) async throws(RecordStoreError) -> [CampaignMember] { chosen }

    func openCampaigns(
        of customers: [String]
    ) async throws(RecordStoreError) -> [(customer: String, campaign: String)] { [] }

    func close(_ name: String, at time: Int64) async throws(RecordStoreError) {}

    func truths(
        of name: String,
        asOf time: Int64
    ) async throws(RecordStoreError) -> [MemberTruth] {
        let isOver = time >= entry.created + Int64(entry.horizonDays) * 86_400_000
        return isOver ? told : told.map { MemberTruth(customer: $0.customer, state: .open) }
    }
}

@Suite struct CampaignReportingTests {
    private static let day: Int64 = 86_400_000
    private static let start: Int64 = 20_000 * day

    /// Blocks of five; of the contacted one leaves, and the one held out in most blocks.
    private static func store() -> OneCampaign {
        var store = OneCampaign(
            entry: CampaignEntry(
                name: "spring",
                created: start,
                horizonDays: 90,
                keyID: "key",
                decision: "{}"
            ),
            chosen: [],
            told: []
        )
        for block in 0 ..< 60 {
            for place in 0 ..< 5 {
                let customer = "\(block)-\(place)"
                store.chosen.append(
                    CampaignMember(
                        customer: customer,
                        arm: place == 0 ? .heldOut : .contact,
                        block: block,
                        rank: 5 * block + place + 1,
                        offer: "offer",
                        probability: 0.5,
                        value: 100,
                        expectedProfit: 5,
                        expectedCost: 2
                    )
                )
                store.told.append(
                    MemberTruth(
                        customer: customer,
                        state: .matured,
                        left: place == 0 ? block % 4 > 0 : place == 1,
                        contacted: place > 0
                    )
                )
            }
        }
        return store
    }

    @Test func `a report tells what is known by its day`() async throws {
        let reporting = CampaignReporting(store: Self.store())
        let early = try await reporting.report(on: "spring", asOf: Self.start + 30 * Self.day)
        #expect(early.worth.verdict == .nothingYet && early.text.contains("2024-11-03"))
        let late = try await reporting.report(
            on: "spring",
            asOf: Self.start + 90 * Self.day,
            language: .portuguese
        )
        #expect(late.worth.verdict == .works && late.worth.rates.heldOutLeft == 45)
        #expect(late.text.contains("Campanha spring"))
    }

    @Test func `a campaign that is not there is refused, with those that are`() async {
        let error = await #expect(throws: CampaignReportError.self) {
            try await CampaignReporting(store: Self.store()).report(on: "autumn", asOf: Self.start)
        }
        #expect(error?.description.contains("it has") == false)
        #expect(error?.description.contains("\"spring\"") == true)
    }

    @Test func `a day before the campaign is refused`() async {
        let error = await #expect(throws: CampaignReportError.self) {
            try await CampaignReporting(store: Self.store())
                .report(on: "spring", asOf: Self.start - Self.day)
        }
        #expect(error?.description.contains("--as-of") == true)
    }
}
