import Evaluation
import TestSupport
import Testing

private struct Campaigns: Decodable, Sendable {
    struct Campaign: Decodable, Sendable {
        var alpha: Double
        var beta: Double
        var customerValue: Double
        var offerCost: Double
        var contactCost: Double
        var profit: Double
        var share: Double
    }
    var labels: [Bool]
    var scores: [Double]
    var campaigns: [Campaign]
}

@Suite struct CampaignTests {
    let labels = [false, true, false, true, false, true, false, true]
    let scores = [0.1, 0.9, 0.2, 0.8, 0.3, 0.4, 0.6, 0.7]

    @Test func `EMPC of the known example`() throws {
        let costs = CampaignCosts(customerValue: 200, offerCost: 10, contactCost: 1)
        let found = try #require(
            expectedMaximumProfit(labels: labels, scores: scores, costs: costs, alpha: 6, beta: 14)
        )
        #expect(abs(found.profit - 26.62519780614213) < 1e-12)
        #expect(abs(found.share - 0.6247900252683013) < 1e-12)
        let report = try evaluate(labels: labels, probabilities: scores, replicates: 0)
        #expect(report.profit.expectedMaximum == found)
    }

    @Test func `EMPC equals empulse's`() throws {
        for rows in try fixture("empc", as: [Campaigns].self, in: .module) {
            for campaign in rows.campaigns {
                let found = try #require(
                    expectedMaximumProfit(
                        labels: rows.labels,
                        scores: rows.scores,
                        costs: CampaignCosts(
                            customerValue: campaign.customerValue,
                            offerCost: campaign.offerCost,
                            contactCost: campaign.contactCost
                        ),
                        alpha: campaign.alpha,
                        beta: campaign.beta
                    )
                )
                // empulse integrates numerically where its closed form does not apply.
                #expect(abs(found.profit - campaign.profit) < 1e-10 * max(1, campaign.profit))
                #expect(abs(found.share - campaign.share) < 1e-10)
            }
        }
    }

    @Test func `EMPC needs rows, a distribution and a gain`() {
        let costs = CampaignCosts()
        #expect(expectedMaximumProfit(labels: [], scores: [], costs: costs) == nil)
        #expect(
            expectedMaximumProfit(labels: [true], scores: [1], costs: costs, alpha: 0) == nil
        )
        #expect(
            expectedMaximumProfit(
                labels: [true],
                scores: [1],
                costs: CampaignCosts(customerValue: 5, offerCost: 5)
            ) == nil
        )
        #expect(
            expectedMaximumProfit(labels: [false, false], scores: [0.5, 0.1], costs: costs)
                == ExpectedMaximumProfit(profit: 0, share: 0)
        )
    }

    @Test(arguments: try ScikitLearnCase.all())
    func `profit is the mean over all rows`(rows: ScikitLearnCase) throws {
        let profit = try rows.report().profit
        #expect(agrees(profit.atThreshold.profit, rows.profits["threshold"]))
        #expect(agrees(profit.atHalf.profit, rows.profits["half"]))
        #expect(agrees(profit.everyone.profit, rows.profits["everyone"]))
        #expect(agrees(profit.best.profit, rows.profits["best"]))
        #expect(profit.everyone.share == 1)
        #expect(profit.curve.first == ProfitPoint(threshold: nil, share: 0, profit: 0))
        #expect(profit.curve.last?.share == 1)
    }

    @Test func `break-even follows from the costs`() {
        #expect(abs(CampaignCosts().breakEvenProbability - 11.0 / 67) < 1e-15)
        let free = CampaignCosts(customerValue: 100, offerCost: 0, contactCost: 0)
        #expect(free.breakEvenProbability == 0)
    }

    @Test func `on calibrated rows break-even and the most profitable cut nearly agree`() throws {
        let rows = SimulatedRows(count: 50_000, seed: 9)
        let costs = CampaignCosts()
        let best = try ThresholdPolicy.mostProfitable(costs)
            .threshold(labels: rows.labels, probabilities: rows.probabilities)
        let breakEven = try ThresholdPolicy.breakEven(costs).threshold(
            labels: [],
            probabilities: []
        )
        #expect(breakEven == costs.breakEvenProbability)
        #expect(abs(best - breakEven) < 0.03)
        let money = try rows.report(threshold: best).profit
        #expect(money.atThreshold.profit == money.best.profit)
        #expect(money.atThreshold.profit > money.atHalf.profit)
        #expect(money.atThreshold.profit > money.everyone.profit)
    }

    @Test func `the most profitable cut lies between two customers`() throws {
        let policy = ThresholdPolicy.mostProfitable(CampaignCosts())
        #expect(
            try policy.threshold(labels: [true, false, false], probabilities: [0.75, 0.25, 0])
                == 0.5
        )
        #expect(try policy.threshold(labels: [true], probabilities: [0.75]) == 0.75)
        #expect(
            try policy.threshold(labels: [false], probabilities: [0.75])
                == CampaignCosts().breakEvenProbability
        )
        #expect(try policy.threshold(labels: [], probabilities: []) == 11.0 / 67)
        #expect(try ThresholdPolicy.fixed(0.3).threshold(labels: [], probabilities: []) == 0.3)
    }

    @Test(arguments: [
        (
            CampaignCosts(customerValue: -5),
            "campaign costs: the customer value is -5.0; it must be 0 or more"
        ),
        (
            CampaignCosts(contactCost: .nan),
            "campaign costs: the contact cost is nan; it must be 0 or more"
        ),
        (
            CampaignCosts(offerCost: .infinity),
            "campaign costs: the offer cost is inf; it must be finite"
        ),
        (
            CampaignCosts(acceptanceRate: 1.5),
            "campaign costs: the acceptance rate is 1.5; it must be above 0 and at most 1"
        ),
        (
            CampaignCosts(acceptanceRate: 0),
            "campaign costs: the acceptance rate is 0.0; it must be above 0 and at most 1"
        ),
        (
            CampaignCosts(customerValue: 10, offerCost: 20),
            "campaign costs: the customer value 10.0 is not above the offer cost 20.0, so keeping a "
                + "customer never pays; raise the value or lower the offer"
        ),
        (
            CampaignCosts(customerValue: 20, offerCost: 10, contactCost: 4, acceptanceRate: 0.25),
            "campaign costs: contacting even a certain leaver loses 1.5 on average; raise the "
                + "customer value or the acceptance rate, or lower the offer or contact cost"
        ),
    ])
    func `costs that make no sense are refused`(costs: CampaignCosts, message: String) {
        #expect {
            try costs.validate()
        } throws: {
            "\($0)" == message
        }
        #expect(throws: CampaignCostsError.self) {
            try evaluate(labels: [true], probabilities: [0.5], costs: costs)
        }
        #expect(throws: CampaignCostsError.self) {
            try ThresholdPolicy.breakEven(costs).threshold(labels: [], probabilities: [])
        }
    }
}
