import Campaign
import Testing

@Suite struct CampaignMemberTests {
    @Test(arguments: [("contact", CampaignMember.Arm.contact), ("hold-out", .heldOut)])
    func `each arm is kept by its word`(word: String, arm: CampaignMember.Arm) {
        #expect(CampaignMember.Arm(rawValue: word) == arm)
        #expect(arm.rawValue == word)
    }
}
