import Campaign
import Testing

/// What a campaign may be called.
@Suite struct CampaignEntryTests {
    @Test(arguments: ["spring", "Spring-2026_b.2", "1", String(repeating: "a", count: 100)])
    func `a name that files can have`(name: String) { #expect(CampaignEntry.isName(name)) }

    @Test(arguments: [
        "", ".spring", "-spring", "a/b", "a b", "primavera\u{301}", "á", "..",
        String(repeating: "a", count: 101),
    ])
    func `a name that they can't have`(name: String) { #expect(!CampaignEntry.isName(name)) }
}
