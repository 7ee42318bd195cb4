import Campaign
import Foundation
import TestSupport
import Testing

@Suite struct HoldOutTests {
    private struct Fixture: Decodable {
        struct Lots: Decodable {
            struct Row: Decodable { let customer, holdout, tie: String }
            let id: String
            let rows: [Row]
        }
        struct Size: Decodable {
            let p0, p1: Double
            let list: Int
            let held: Int?
            let power: Double?
            let half: Double
        }
        let lots: Lots
        let sizes: [Size]
        let acceptance: [Double]
    }

    private static func load() throws -> Fixture {
        try fixture("campaigns", as: Fixture.self, in: .module)
    }

    @Test func `lots are those of HMAC-SHA-256`() throws {
        let wanted = try Self.load().lots
        #expect(RandomCampaign.key.id == wanted.id)
        for row in wanted.rows {
            for (purpose, lot) in [(CampaignKey.Purpose.holdOut, row.holdout), (.tie, row.tie)] {
                let drawn = RandomCampaign.key.lot(
                    purpose,
                    campaign: "2026-12-retain",
                    customer: row.customer.utf8
                )
                #expect("\(drawn)" == lot)
            }
        }
    }

    @Test func `the fewest that show a difference, and how surely`() throws {
        for size in try Self.load().sizes {
            let held = HoldOutPower.fewest(untreated: size.p0, treated: size.p1, list: size.list)
            #expect(held == size.held)
            if let held, let power = size.power {
                let own = HoldOutPower.power(
                    untreated: size.p0,
                    treated: size.p1,
                    heldOut: held,
                    contacted: size.list - held
                )
                #expect(abs(own - power) < 1e-12)
            }
            let half = HoldOutPower.power(
                untreated: size.p0,
                treated: size.p1,
                heldOut: size.list / 2,
                contacted: size.list - size.list / 2
            )
            #expect(abs(half - size.half) < 1e-12)
        }
    }

    @Test func `the smallest effect that shows is the one at which power is as asked`() throws {
        let fall = try #require(
            HoldOutPower.detectable(untreated: 0.47, heldOut: 150, contacted: 150)
        )
        let power = HoldOutPower.power(
            untreated: 0.47,
            treated: 0.47 - fall,
            heldOut: 150,
            contacted: 150
        )
        #expect(abs(power - 0.8) < 1e-6)
        #expect(HoldOutPower.detectable(untreated: 0.1, heldOut: 1, contacted: 2) == nil)
    }

    @Test(arguments: [
        (share: 0.1, list: 1_000, held: 100), (0.07, 100, 7), (0.3, 1_000, 300), (0.1, 1, 0),
        (0.1, 15, 2), (0.5, 7, 3), (0, 50, 0),
    ])
    func `the share is never fewer than asked, and at most half`(
        share: Double,
        list: Int,
        held: Int
    ) {
        #expect(HoldOut.count(share, of: list) == held)
    }

    @Test func `one of each block is held out, and blocks follow the score`() {
        var numbers = PlainNumbers(seed: 9)
        let scores = (0 ..< 100).map { _ in Float(numbers.next() >> 7) / 0x1p24 }
        let lots = (0 ..< 100).map { _ in numbers.next() }
        let holdOut = HoldOut(scores: scores, lots: lots, count: 30)
        for block in 0 ..< 30 {
            let members = scores.indices.filter { holdOut.blocks[$0] == block }
            #expect(members.count == 3 || members.count == 4)
            let held = members.filter { holdOut.isHeldOut[$0] }
            #expect(held == [members.min { lots[$0] < lots[$1] }])
            let lowest = members.map { scores[$0] }.min() ?? 0
            #expect(
                scores.indices.allSatisfy { holdOut.blocks[$0] <= block || scores[$0] <= lowest }
            )
        }
    }

    @Test func `each customer of a block is held out equally often`() {
        var counts = [Int](repeating: 0, count: 10)
        let scores = (0 ..< 10).map { Float($0) / 10 }
        for campaign in 0 ..< 4_000 {
            let lots = (0 ..< 10).map {
                RandomCampaign.key.lot(.holdOut, campaign: "\(campaign)", customer: "\($0)".utf8)
            }
            let holdOut = HoldOut(scores: scores, lots: lots, count: 1)
            for place in 0 ..< 10 where holdOut.isHeldOut[place] { counts[place] += 1 }
        }
        // Five standard deviations of a binomial with 4,000 trials and p = 0.1.
        #expect(counts.allSatisfy { abs($0 - 400) < 95 })
    }

    @Test func `nobody held out is on the list, and the files share everyone who is chosen`() throws
    {
        var numbers = PlainNumbers(seed: 21)
        let customers = RandomCampaign.customers(
            500,
            &numbers,
            offers: [RandomCampaign.rebate]
        )
        let plan = try RandomCampaign.planner(contacts: 200, holdOut: 0.25).plan(customers)
        func names(_ file: [UInt8]) -> Set<Substring> {
            Set(
                String(decoding: file, as: UTF8.self).split(separator: "\n").dropFirst()
                    .compactMap { $0.split(separator: ",").first }
            )
        }
        let list = names(CampaignFiles.list(plan.members))
        let held = names(CampaignFiles.heldOut(plan.members))
        #expect(list.count == 150)
        #expect(held.count == 50)
        #expect(list.isDisjoint(with: held))
        #expect(plan.holdOut.customers == 50)
        let price = plan.members.filter { $0.arm == .heldOut }.reduce(0) { $0 + $1.expectedProfit }
        #expect(abs(plan.holdOut.price - price) < 1e-9)
        #expect(abs(plan.expected.profit + price - plan.choice.expectedProfit) < 1e-6)
    }

    @Test func `of itself it is as large as half the assumed effect needs`() throws {
        let customers = RandomCampaign.customers(
            Array(repeating: 0.47, count: 3_000),
            Array(repeating: 200, count: 3_000),
            offers: [RandomCampaign.rebate]
        )
        let plan = try RandomCampaign.planner(contacts: 3_000, holdOut: nil).plan(customers)
        #expect(abs(plan.holdOut.expectedChurn - 0.47) < 1e-6)
        #expect(abs(plan.holdOut.effect - 0.0705) < 1e-6)
        let wanted = HoldOutPower.fewest(
            untreated: plan.holdOut.expectedChurn,
            treated: plan.holdOut.expectedChurn - plan.holdOut.effect,
            list: 3_000
        )
        #expect(plan.holdOut.customers == wanted)
        #expect((plan.holdOut.power ?? 0) >= 0.8)
        let few = try RandomCampaign.planner(contacts: 100, holdOut: nil).plan(customers)
        #expect(few.holdOut.customers == 50)
        #expect((few.holdOut.power ?? 1) < 0.8)
        #expect((few.holdOut.detectable ?? 0) > few.holdOut.effect)
    }

    @Test func `the acceptance rate may be off as Beta(6, 14) says`() throws {
        let wanted = try Self.load().acceptance
        #expect(abs(ProfitInterval.acceptanceFactor(chance: 0.025) - wanted[0]) < 1e-9)
        #expect(abs(ProfitInterval.acceptanceFactor(chance: 0.975) - wanted[1]) < 1e-9)
    }
}
