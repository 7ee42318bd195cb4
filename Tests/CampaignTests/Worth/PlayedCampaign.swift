import Campaign
import Kernels

/// A campaign in blocks of ten, one of each held out, played to its end.
struct PlayedCampaign {
    var members: [CampaignMember] = []
    var truths: [MemberTruth] = []

    /// - Parameters:
    ///   - blocks: How many.
    ///   - keeps: Which share of leavers stays because of the contact; below 0, which share of stayers leaves.
    ///   - open: Which share has not matured.
    ///   - censored: Of which share nobody said what became.
    ///   - seed: Random seed.
    init(
        blocks: Int,
        keeps: Double,
        open: Double = 0,
        censored: Double = 0,
        seed: UInt64 = 1
    ) {
        var generator = SeededGenerator(seed: seed)
        for block in 0 ..< blocks {
            let alone = generator.below(10)
            for place in 0 ..< 10 {
                let rank = block * 10 + place + 1
                let score = 0.8 - 0.6 * Double(rank) / Double(10 * blocks + 1)
                let isContact = place != alone
                var left = generator.uniform() < score
                let chance = generator.uniform()
                if isContact, left, chance < keeps { left = false }
                if isContact, !left, chance < -keeps { left = true }
                let state: MemberTruth.State =
                    generator.uniform() < open
                    ? .open : generator.uniform() < censored ? .censored : .matured
                let customer = "c\(1_000_000 + rank &* 7919 % 900_000)"
                members.append(
                    CampaignMember(
                        customer: customer,
                        arm: isContact ? .contact : .heldOut,
                        block: block,
                        rank: rank,
                        offer: "rebate",
                        probability: score,
                        value: 50 + 400 * generator.uniform(),
                        expectedProfit: 10,
                        expectedCost: 4
                    )
                )
                truths.append(
                    MemberTruth(
                        customer: customer,
                        state: state,
                        left: state == .matured ? left : nil,
                        contacted: isContact,
                        cost: isContact ? 3 : nil
                    )
                )
            }
        }
    }

    var worth: CampaignWorth {
        get throws { try CampaignWorth(members: members, truths: truths) }
    }
}
