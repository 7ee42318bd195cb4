import ArgumentParser
import Campaign
import Kernels

/// `decision-study power`: how many customers it takes to see that a third of the leavers is kept.
struct PowerStudy: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "power",
        abstract: "Customers that it takes to see a third saved, beside a test of fixed size."
    )

    @OptionGroup var work: WorkOptions

    /// How many customers there are to come, so that nearly all campaigns end in evidence.
    private static let most = 6_000

    func run() {
        var table = StudyTable([
            "company", "campaigns", "test of fixed size: 80 % see it with",
            "looking daily: half see it with",
            "80 % see it with", "of the fixed size, it takes",
        ])
        for (number, company) in SimulatedCompany.all.enumerated() {
            let company = company.keeping(1.0 / 3).choosing(Self.most)
            let looks = concurrentMap(work.campaigns, threads: work.threads) { campaign in
                let played = company.play(seed: UInt64(7_000_000 + number * 1_000_000 + campaign))
                return (found: DailyLooks(played).byLot ?? .max, fixed: fixed(played))
            }
            let found = looks.map(\.found).sorted()
            let (half, most) = (found[found.count / 2], found[found.count * 8 / 10])
            let sizes = looks[0].fixed.indices.map { place in
                (place + 1, looks.count { $0.fixed[place] })
            }
            let size = sizes.first { 10 * $0.1 >= 8 * looks.count }.map { $0.0 * Self.step }
            table.add([
                company.name, "\(looks.count)", size.map { "\($0)" } ?? "over \(Self.most)",
                told(half), told(most),
                size.map { "\((100 * Double(most) / Double($0)).rounded() / 100) ×" } ?? "",
            ])
        }
        print(table.markdown)
    }

    private static let step = 50

    /// Whether a single look at so many customers shows it, for each multiple of `step`.
    private func fixed(_ campaign: PlayedCampaign) -> [Bool] {
        var rates = DailyLooks.none
        var found: [Bool] = []
        for block in campaign.inTime {
            rates.add(campaign.blocks[block])
            if (rates.contacted + rates.heldOut) % Self.step == 0 {
                found.append(DailyLooks.isSignificant(rates))
            }
        }
        return found
    }

    private func told(_ customers: Int) -> String {
        customers < .max ? "\(customers)" : "over \(Self.most)"
    }
}
