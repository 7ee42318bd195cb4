import ArgumentParser
import Campaign
import Evaluation
import Kernels

/// `decision-study coverage`: how often intervals hold the truth.
struct CoverageStudy: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coverage",
        abstract: "How often the intervals of a report hold the truth."
    )

    @OptionGroup var work: WorkOptions

    /// Blocks are drawn anew a thousand times for each campaign, so there are fewer of them.
    private static let fewer = 2

    private struct Found: Sendable {
        var saved, adjusted, money: Bool?
        var always, moneyAlways: Bool
    }

    func run() throws {
        var table = StudyTable([
            "company", "effect", "campaigns", "customers saved (Newcombe)", "with the scores (Lin)",
            "money (blocks drawn anew)", "rate, every day of a year", "money, every day of a year",
        ])
        for (number, company) in SimulatedCompany.all.enumerated() {
            for keeps in [0, 1.0 / 3] {
                let company = company.keeping(keeps)
                let found = try concurrentMap(work.campaigns / Self.fewer, threads: work.threads) {
                    campaign in
                    let seed =
                        20_000_000 + number * 1_000_000 + campaign + (keeps > 0 ? 500_000 : 0)
                    return try judge(company.play(seed: UInt64(seed)))
                }
                table.add([
                    company.name, keeps > 0 ? "a third kept" : "none", "\(found.count)",
                    share(of: found) { $0.saved == true }, share(of: found) { $0.adjusted == true },
                    share(of: found) { $0.money == true }, share(of: found, \.always),
                    share(of: found, \.moneyAlways),
                ])
            }
        }
        print(table.markdown)
    }

    private func judge(_ played: PlayedCampaign) throws -> Found {
        // The study looks at intervals alone.
        let worth = try CampaignWorth(members: played.members, truths: played.truths, parts: [])
        let (difference, profit) = (played.difference, played.profit)
        var found = Found(always: true, moneyAlways: true)
        found.saved = worth.rates.interval.map { $0.low <= difference && difference <= $0.high }
        found.adjusted = worth.adjusted.map {
            abs($0.lin.difference - difference) <= 1.959963984540054 * $0.lin.standardError
        }
        found.money = worth.money?.interval.map { $0.low <= profit && profit <= $0.high }
        var rate = ConfidenceSequence(rho: worth.sequence.rho)
        var money = ConfidenceSequence(rho: worth.moneySequence.rho)
        let size = played.blocks[0].customers
        let share = 1 - 1 / Double(size)
        for block in played.inTime {
            for place in block * size ..< (block + 1) * size {
                let (member, truth) = (played.members[place], played.truths[place])
                let left = truth.left == true
                let contacted = member.arm == .contact
                rate.add(
                    ConfidenceSequence.value(
                        contacted: contacted,
                        share: share,
                        outcome: left ? 1 : 0,
                        expected: member.probability
                    )
                )
                money.add(
                    ConfidenceSequence.value(
                        contacted: contacted,
                        share: share,
                        outcome: (left ? 0 : member.value) - (truth.cost ?? 0),
                        expected: (1 - member.probability) * member.value
                    )
                )
            }
            if let interval = rate.interval, interval.low > difference || interval.high < difference
            {
                found.always = false
            }
            if let interval = money.interval, interval.low > profit || interval.high < profit {
                found.moneyAlways = false
            }
        }
        return found
    }
}
