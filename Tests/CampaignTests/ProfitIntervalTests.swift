import Campaign
import Evaluation
import Kernels
import Testing

@Suite struct ProfitIntervalTests {
    /// Probabilities that customers of a made-up company leave with, by uniform numbers.
    private static func probability(_ generator: inout SeededGenerator) -> Double {
        let uniform = generator.uniform()
        return 0.02 + 0.9 * uniform * uniform
    }

    @Test func `covers what is earned, where the chance of each customer alone does not`() throws {
        let campaigns = 1_000
        var covered = 0
        var coveredByChance = 0
        for campaign in 0 ..< campaigns {
            var generator = SeededGenerator(seed: 7, stream: UInt64(campaign))
            // A model that is off, by itself as much as one fitted on some thousand rows is.
            let shift = 0.3 * (generator.uniform() - 0.5)
            let scale = 1 + 0.2 * (generator.uniform() - 0.5)
            func truth(_ probability: Double) -> Double {
                Logit.probability(shift + scale * Logit.of(probability))
            }
            var labels: [Bool] = []
            var probabilities: [Double] = []
            for _ in 0 ..< 2_000 {
                let probability = Self.probability(&generator)
                probabilities.append(probability)
                labels.append(generator.uniform() < truth(probability))
            }
            let recalibration = try #require(
                try Recalibration(labels: labels, probabilities: probabilities)
            )
            var contacts: [ContactWorth] = []
            var earned = 0.0
            for _ in 0 ..< 4_000 {
                let contact = ContactWorth(
                    probability: Self.probability(&generator),
                    acceptance: 0.3,
                    gain: 190,
                    fixed: 1,
                    stayer: 10
                )
                guard contact.profit(contact.probability) > 0 else { continue }
                contacts.append(contact)
                earned += contact.profit(
                    generator.uniform() < truth(contact.probability) ? 1 : 0
                )
            }
            let interval = ProfitInterval(contacts, recalibration: recalibration)
            let range = try #require(interval.calibration)
            if range.low ... range.high ~= earned { covered += 1 }
            var (mean, variance) = (0.0, 0.0)
            for contact in contacts {
                mean += contact.profit(contact.probability)
                variance +=
                    contact.slope * contact.slope * contact.probability * (1 - contact.probability)
            }
            if abs(earned - mean) < 1.96 * variance.squareRoot() { coveredByChance += 1 }
        }
        #expect(covered >= 93 * campaigns / 100)
        #expect(covered <= 98 * campaigns / 100)
        #expect(coveredByChance < 80 * campaigns / 100)
    }

    @Test func `by acceptance it moves with what is accepted, and stops at everybody`() {
        let contact = ContactWorth(
            probability: 0.5,
            acceptance: 0.9,
            gain: 100,
            fixed: 1,
            stayer: 2
        )
        let interval = ProfitInterval([contact], recalibration: nil)
        #expect(interval.calibration == nil)
        #expect(interval.acceptance.high == 0.5 * 100 - 1 - 0.5 * 2)
        let least = 0.9 * ProfitInterval.acceptanceFactor(chance: 0.025)
        #expect(abs(interval.acceptance.low - (0.5 * least * 100 - 2)) < 1e-9)
    }

    @Test(arguments: CampaignOffer.Payment.allCases)
    func `a contact's worth is the customer's money`(paid: CampaignOffer.Payment) throws {
        let offer = CampaignOffer(
            name: "x",
            offerCost: CampaignAmount(12),
            contactCost: CampaignAmount(3),
            acceptanceRate: CampaignAmount(0.4),
            stayerAcceptanceRate: CampaignAmount(0.7),
            paid: paid
        )
        let customers = RandomCampaign.customers([0.625], [250], offers: [offer])
        let money = try #require(customers.money(0, customers.offers[0]))
        let worth = customers.worth(0, customers.offers[0])
        #expect(abs(worth.profit(worth.probability) - money.profit) < 1e-12)
        #expect(abs(worth.profit(1) - worth.profit(0) - worth.slope) < 1e-12)
    }
}
