import Campaign
import Evaluation
import Foundation
import Output
import TestSupport
import Testing

@Suite struct ChoiceTests {
    private struct Fixture: Decodable {
        struct Campaign: Decodable {
            let seed: UInt64
            let kind: String
            let budget: Double?
            let contacts: Int?
            let profit: Double
            let bound: Double
        }
        struct Enumeration: Decodable {
            let probabilities: [Float]
            let values: [Double]
            let profits: [Double]
            let costs: [Double]
            let bestOf3: Double
            let bestWithin25: Double
            let bestOf3Within20: Double
        }
        let campaigns: [Campaign]
        let enumeration: Enumeration
    }

    private static func load() throws -> Fixture {
        try fixture("campaigns", as: Fixture.self, in: .module)
    }

    @Test func `earns what an exact solver earns, under every kind of constraint`() throws {
        for wanted in try Self.load().campaigns {
            var numbers = PlainNumbers(seed: wanted.seed)
            let count = wanted.seed > 192 ? 300 : 5 + Int(numbers.next() % 56)
            let offers =
                wanted.kind.hasPrefix("offers")
                ? [RandomCampaign.rebate, RandomCampaign.upgrade, RandomCampaign.gift]
                : [wanted.kind == "always" ? RandomCampaign.gift : RandomCampaign.rebate]
            let customers = RandomCampaign.customers(count, &numbers, offers: offers)
            let plan = try RandomCampaign.planner(
                contacts: wanted.contacts,
                budget: wanted.budget,
                certain: wanted.kind.contains("certain")
            )
            .plan(customers)
            let choice = plan.choice
            let name = "campaign \(wanted.seed), \(wanted.kind)"
            // The solver lets constraints be broken by a millionth.
            #expect(choice.expectedProfit <= wanted.profit * (1 + 1e-6), "\(name)")
            #expect(choice.expectedProfit >= wanted.profit * (1 - 1e-4), "\(name)")
            #expect(choice.bound >= wanted.profit * (1 - 1e-6), "\(name)")
            #expect(choice.gap <= 1e-4, "\(name)")
            #expect(choice.cost <= (wanted.budget ?? .infinity) * (1 + 1e-9), "\(name)")
            #expect(choice.chosen <= wanted.contacts ?? .max, "\(name)")
        }
    }

    @Test func `earns what enumeration earns`() throws {
        let wanted = try Self.load().enumeration
        let customers = RandomCampaign.customers(
            wanted.probabilities,
            wanted.values,
            offers: [RandomCampaign.rebate]
        )
        func profit(_ contacts: Int?, _ budget: Double?) throws -> Double {
            try RandomCampaign.planner(contacts: contacts, budget: budget).plan(customers).choice
                .expectedProfit
        }
        #expect(abs(try profit(3, nil) - wanted.bestOf3) < 1e-9)
        #expect(abs(try profit(nil, 25) - wanted.bestWithin25) < 1e-9)
        #expect(abs(try profit(3, 20) - wanted.bestOf3Within20) < 1e-9)
        let all = try RandomCampaign.planner(contacts: 8).plan(customers)
        for member in all.members {
            let place = try #require(Int(member.customer)) - 1
            #expect(abs(member.expectedProfit - wanted.profits[place]) < 1e-12)
            #expect(abs(member.expectedCost - wanted.costs[place]) < 1e-12)
        }
    }

    @Test func `ranks by profit, not by probability`() throws {
        let customers = RandomCampaign.customers(
            [0.9, 0.3],
            [100, 2_000],
            offers: [RandomCampaign.rebate]
        )
        let plan = try RandomCampaign.planner(contacts: 1).plan(customers)
        #expect(plan.members.map(\.customer) == ["2"])
        #expect(plan.justOutside.map(\.customer) == ["1"])
        let cut = try #require(plan.members.last).expectedProfit
        let next = try #require(plan.justOutside.first)
        #expect(next.distance == cut - next.expectedProfit)
        #expect(!next.isSkipped)
    }

    @Test(arguments: [
        (contacts: 40 as Int?, budget: nil as Double?), (nil, 300), (40, 250),
    ])
    func `the order of the file is no part of the list`(
        contacts: Int?,
        budget: Double?
    ) throws {
        var numbers = PlainNumbers(seed: 5)
        // Few different customers, so that many are equal.
        let kinds = (0 ..< 12).map { _ in
            (Float(numbers.next() >> 7) / 0x1p24, 20 + Double(numbers.next() % 1_000))
        }
        let people = (0 ..< 300).map { (kinds[$0 % 12].0, kinds[$0 % 12].1, "c\($0)") }
        func members(_ people: [(Float, Double, String)]) throws -> [CampaignMember] {
            let customers = RandomCampaign.customers(
                people.map(\.0),
                people.map(\.1),
                offers: [RandomCampaign.rebate, RandomCampaign.gift],
                identifiers: people.map(\.2)
            )
            let planner = RandomCampaign.planner(
                contacts: contacts,
                budget: budget,
                holdOut: 0.1
            )
            return try planner.plan(customers).members
        }
        let straight = try members(people)
        #expect(try members(people.reversed()) == straight)
        #expect(try members(people.sorted { $0.0 < $1.0 }) == straight)
        // Equals are told apart by lot, not by who has the lower number.
        #expect(straight.map(\.customer) != straight.map(\.customer).sorted())
    }

    @Test func `more budget never earns less`() throws {
        var numbers = PlainNumbers(seed: 11)
        let customers = RandomCampaign.customers(
            40,
            &numbers,
            offers: [RandomCampaign.rebate, RandomCampaign.upgrade, RandomCampaign.gift]
        )
        var last = 0.0
        for step in 1 ... 60 {
            let plan = try RandomCampaign.planner(budget: 8 * Double(step)).plan(customers)
            #expect(plan.choice.expectedProfit >= last * (1 - 1e-4))
            #expect(plan.choice.bound >= last)
            last = plan.choice.expectedProfit
        }
    }

    @Test func `with very many customers the gap is proved small`() throws {
        var numbers = PlainNumbers(seed: 3)
        let customers = RandomCampaign.customers(
            50_000,
            &numbers,
            offers: [RandomCampaign.rebate, RandomCampaign.upgrade, RandomCampaign.gift]
        )
        for (contacts, budget) in [(nil, 40_000), (4_000, 40_000)] as [(Int?, Double)] {
            let choice = try RandomCampaign.planner(contacts: contacts, budget: budget)
                .plan(customers).choice
            #expect(choice.gap <= 1e-4)
            #expect(choice.cost <= budget)
            #expect(choice.cost > 0.999 * budget)
            let price = try #require(choice.perUnitOfBudget)
            let more = try RandomCampaign.planner(contacts: contacts, budget: budget + 400)
                .plan(customers).choice
            let earned = (more.expectedProfit - choice.expectedProfit) / 400
            #expect(abs(earned / price - 1) < 0.05, "λ is what one more unit earns")
        }
    }

    @Test func `who is skipped for what contacting costs is told of`() throws {
        // The second earns most, but costs the whole budget.
        let offer = CampaignOffer(
            name: "rebate",
            offerCost: CampaignAmount(column: "cost", typical: 10),
            contactCost: CampaignAmount(0),
            acceptanceRate: CampaignAmount(1),
            paid: .always
        )
        let customers = CampaignCustomers(
            CampaignTerms(customerValue: CampaignAmount(100), offers: [offer]),
            identifiers: IdentifierList(["a", "b", "c", "d"]),
            probabilities: [0.5, 0.75, 0.5, 0.5],
            amounts: ["cost": [8, 20, 10, 24]]
        )
        let plan = try RandomCampaign.planner(budget: 20).plan(customers)
        #expect(plan.members.map(\.customer) == ["a", "c"])
        #expect(plan.choice.expectedProfit == 82)
        let skipped = plan.justOutside.filter(\.isSkipped).map(\.customer)
        #expect(skipped == ["b"])
        #expect(Set(plan.justOutside.map(\.customer)) == ["b", "d"])
    }

    @Test func `who is worth no more than the offer is counted and left out`() throws {
        let customers = RandomCampaign.customers(
            [0.9, 0.9, 0.9],
            [10, 9.5, 300],
            offers: [RandomCampaign.rebate]
        )
        let plan = try RandomCampaign.planner(contacts: 3).plan(customers)
        #expect(plan.members.map(\.customer) == ["3"])
        #expect(plan.choice.worthless == 2)
        #expect(plan.choice.paying == 1)
        #expect(plan.choice.considered == 3)
    }

    @Test func `a budget that allows nobody, and customers whom contacting does not pay`() throws {
        let customers = RandomCampaign.customers([0.5], [300], offers: [RandomCampaign.rebate])
        var error = #expect(throws: CampaignError.self) {
            try RandomCampaign.planner(budget: 5).plan(customers)
        }
        #expect(
            error?.description
                == "a budget of 5.00 allows nobody: the cheapest contact that pays costs 7.50 on average; raise --budget,"
                + " or lower the costs in retain.yaml"
        )
        #expect(error?.exitStatus == .usage)
        let poor = RandomCampaign.customers([0.1], [20], offers: [RandomCampaign.rebate])
        error = #expect(throws: CampaignError.self) {
            try RandomCampaign.planner(contacts: 1).plan(poor)
        }
        #expect(
            error?.description
                == "nobody of 1 customers is worth contacting: the best contact loses 9.70 on average; check the costs in"
                + " retain.yaml"
        )
        #expect(error?.exitStatus == .badData)
    }
}
