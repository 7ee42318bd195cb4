import ArgumentParser
import Kernels

/// `decision-study looks`: how often a campaign without any effect is called one that works.
struct LooksStudy: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "looks",
        abstract: "False \"it works\" in a year of daily looks."
    )

    @OptionGroup var work: WorkOptions

    func run() {
        var table = StudyTable([
            "company", "campaigns", "evidence by lot, daily", "or by the test at the end",
            "Turner's e-value, daily", "test for one look, daily",
        ])
        for (number, company) in SimulatedCompany.all.enumerated() {
            let looks = concurrentMap(work.campaigns, threads: work.threads) { campaign in
                DailyLooks(company.play(seed: UInt64(number * 1_000_000 + campaign)))
            }
            table.add([
                company.name, "\(looks.count)",
                share(of: looks) { $0.byLot != nil },
                share(of: looks) { $0.byLot != nil || $0.saysItWorks },
                share(of: looks) { $0.byPlugin != nil },
                share(of: looks) { $0.naive != nil },
            ])
        }
        print(table.markdown)
    }
}
