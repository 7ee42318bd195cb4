import Campaign
import Evaluation
import Kernels
import Testing

@Suite struct CampaignWorthTests {
    @Test func `contacting that keeps a third works, and costs are counted`() throws {
        let played = PlayedCampaign(blocks: 400, keeps: 0.33)
        let worth = try played.worth
        #expect(worth.verdict == .works && !worth.isAlarming && worth.isFinished)
        #expect(worth.contact.matured == 3_600 && worth.heldOut.matured == 400)
        let saved = try #require(worth.rates.saved)
        let interval = try #require(worth.rates.savedInterval)
        #expect(interval.low > 0 && interval.low < saved && saved < interval.high)
        let money = try #require(worth.money)
        #expect(money.bookedCosts == 3_600 && money.expectedCosts == 0 && money.notCompared == 0)
        #expect(try #require(money.interval).low < money.perContacted)
        let curve = try #require(worth.curve)
        #expect(curve.deciles.count == 10 && curve.deciles.last?.customers == 4_000)
        #expect(isClose(curve.points.last?.saved, saved * 4_000 / 3_600, within: 1e-9))
        #expect(curve.pValue > 0 && curve.pValue <= 1)
        #expect(try #require(worth.sequence.interval).high < 0)
        #expect(try #require(worth.adjusted).lin.difference < 0)
    }

    @Test func `contacting that drives customers away is an alarm`() throws {
        let worth = try PlayedCampaign(blocks: 400, keeps: -0.5).worth
        #expect(worth.verdict == .harms && worth.isAlarming)
    }

    @Test func `contacting without an effect shows nothing at the end`() throws {
        let worth = try PlayedCampaign(blocks: 200, keeps: 0, seed: 3).worth
        #expect(worth.verdict == .noEvidence && !worth.isAlarming)
    }

    @Test func `the order of members and outcomes changes no number`() throws {
        let played = PlayedCampaign(blocks: 120, keeps: 0.2, open: 0.1, censored: 0.1)
        let first = try played.worth
        var (members, truths) = (played.members, played.truths)
        var generator = SeededGenerator(seed: 5)
        generator.shuffle(&members)
        generator.shuffle(&truths)
        let second = try CampaignWorth(members: members, truths: truths)
        #expect(first.evidence == second.evidence && first.sequence == second.sequence)
        #expect(first.money == second.money && first.curve == second.curve)
        #expect(first.contamination == second.contamination && first.adjusted == second.adjusted)
        #expect(first.rates == second.rates && first.verdict == second.verdict)
    }

    @Test func `as long as nobody has matured there is nothing to say`() throws {
        let worth = try PlayedCampaign(blocks: 30, keeps: 0.3, open: 1).worth
        #expect(worth.verdict == .nothingYet && worth.matured == 0 && !worth.isFinished)
        #expect(worth.rates.interval == nil && worth.money == nil && worth.curve == nil)
        #expect(worth.evidence.worksValue == 1 && worth.sequence.interval == nil)
        #expect(worth.worksTest == nil && worth.adjusted == nil)
    }

    @Test(arguments: [CampaignMember.Arm.contact, .heldOut])
    func `one arm alone can't be compared`(arm: CampaignMember.Arm) throws {
        var played = PlayedCampaign(blocks: 30, keeps: 0.3)
        for place in played.members.indices where played.members[place].arm != arm {
            played.truths[place] = MemberTruth(
                customer: played.members[place].customer,
                state: .open
            )
        }
        let worth = try played.worth
        #expect(worth.verdict == .oneArm && worth.money == nil && worth.rates.difference == nil)
        #expect(worth.evidence.worksValue == 1, "no block is finished")
    }

    @Test(arguments: [true, false])
    func `all of one fate show nothing`(left: Bool) throws {
        var played = PlayedCampaign(blocks: 120, keeps: 0)
        for place in played.truths.indices { played.truths[place].left = left }
        let worth = try played.worth
        #expect(worth.verdict == .noEvidence && worth.evidence.worksValue == 1)
        #expect(worth.rates.difference == 0)
        let interval = try #require(worth.rates.interval)
        #expect(interval.low < 0 && interval.high > 0)
        #expect(worth.worksTest?.pValue == 1 && worth.harmsTest?.pValue == 1)
        #expect(worth.curve?.area == 0)
    }

    @Test func `nobody is a member`() throws {
        let worth = try CampaignWorth(members: [], truths: [])
        #expect(worth.verdict == .nothingYet && worth.members == 0 && worth.money == nil)
    }

    @Test func `outcomes that are open or unknown are counted and do not count`() throws {
        let played = PlayedCampaign(blocks: 100, keeps: 0.3, open: 0.2, censored: 0.1)
        let worth = try played.worth
        let arms = [worth.contact, worth.heldOut]
        #expect(arms.allSatisfy { $0.members == $0.open + $0.matured + $0.censored })
        #expect(arms.allSatisfy { $0.open > 0 && $0.censored > 0 })
        #expect(worth.matured == worth.sequence.customers)
        #expect(worth.evidence.customers < worth.matured, "blocks with open customers wait")
        #expect(worth.worksTest == nil, "the test is for the end")
    }

    @Test func `as long as more than a decile is not told of, the test for one look waits`() throws
    {
        let few = try PlayedCampaign(blocks: 100, keeps: 0.3, censored: 0.05).worth
        #expect(few.isFinished && few.worksTest != nil && few.evidence.customers == few.matured)
        let many = try PlayedCampaign(blocks: 100, keeps: 0.3, censored: 0.2).worth
        #expect(
            !many.isFinished && many.worksTest == nil && many.missing == many.members - many.matured
        )
        #expect(many.evidence.customers < many.matured)
        guard case .noEvidenceYet = many.verdict else {
            #expect(many.evidence.works20)
            return
        }
    }

    @Test func `held-out customers who were contacted are named and stay where they were`() throws {
        var played = PlayedCampaign(blocks: 60, keeps: 0.3)
        let clean = try played.worth
        let alone = played.members.indices.filter { played.members[$0].arm == .heldOut }
        for place in alone.prefix(12) { played.truths[place].contacted = true }
        let reached = played.members.indices.filter { played.members[$0].arm == .contact }
        for place in reached.prefix(54) { played.truths[place].contacted = false }
        let worth = try played.worth
        #expect(worth.isAlarming && worth.contamination.isContaminated)
        #expect(worth.contamination.heldOutContacted == 12 && worth.contamination.notReached == 54)
        let named = worth.contamination.heldOutContactedNames
        #expect(named.count == Contamination.mostNamed && named == named.sorted())
        #expect(worth.rates == clean.rates && worth.evidence == clean.evidence)
        let share = try #require(worth.contamination.shareReached)
        #expect(isClose(share, 0.9 - 0.2))
        let difference = try #require(worth.rates.difference)
        #expect(isClose(worth.differenceOfReached, difference / share))
        #expect(clean.differenceOfReached == nil, "nobody's contact differs")
    }

    @Test func `without booked costs the expected ones count for who was reached`() throws {
        var played = PlayedCampaign(blocks: 40, keeps: 0.3)
        for place in played.truths.indices { played.truths[place].cost = nil }
        let money = try #require(try played.worth.money)
        #expect(money.bookedCosts == 0 && money.expectedCosts == 360)
        let reached = played.members.indices.filter { played.members[$0].arm == .contact }
        for place in reached { played.truths[place].contacted = false }
        let without = try #require(try played.worth.money)
        // Each contact was expected to cost 4.
        #expect(isClose(without.perContacted - money.perContacted, 4, within: 1e-9))
    }

    @Test func `members and outcomes that do not fit are refused by name`() {
        let played = PlayedCampaign(blocks: 3, keeps: 0)
        var truths = played.truths
        truths.removeLast()
        #expect(throws: WorthError.self) {
            try CampaignWorth(members: played.members, truths: truths)
        }
        let stranger = MemberTruth(customer: "stranger", state: .open)
        #expect(throws: WorthError.self) {
            try CampaignWorth(members: played.members, truths: played.truths + [stranger])
        }
        let error = #expect(throws: WorthError.self) {
            try CampaignWorth(members: played.members, truths: played.truths + [played.truths[0]])
        }
        #expect(error?.description.contains(played.truths[0].customer) == true)
        #expect(throws: WorthError.self) {
            try CampaignWorth(
                members: played.members + [played.members[0]],
                truths: played.truths
            )
        }
    }

    @Test func `under a thousand matured customers there is no curve`() throws {
        #expect(try PlayedCampaign(blocks: 99, keeps: 0.3).worth.curve == nil)
        #expect(try PlayedCampaign(blocks: 100, keeps: 0.3).worth.curve != nil)
    }
}
