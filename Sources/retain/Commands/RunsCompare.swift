import ArgumentParser
import Files
import Reports
import Tracking

/// `retain runs compare`: runs side by side.
struct RunsCompare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Put runs side by side: parameters that differ, metrics, learning curves.",
        discussion: """
            The others are compared with the first. The page of --html has the learning curves, needs no \
            network and can be sent to others.

              retain runs compare best-42 seed-42
              retain runs compare 3f2a 77e0 b1c4 --html compare.html
            """
    )

    @Argument(help: "Runs: the first digits of their identifiers, or their names.")
    var ids: [String]

    @Option(help: "Also write a page with learning curves to this file.")
    var html: String?

    @OptionGroup var language: PageLanguageOption

    @Flag(help: "Also tell what is the same in all runs, and what the machine was busy with.")
    var all = false

    @OptionGroup var tracking: TrackingOptions
    @OptionGroup var asJSON: JSONOption

    func validate() throws {
        guard ids.count >= 2 else { throw ValidationError("name two runs or more") }
    }

    func run() async throws {
        try await tracking.withStore { store in
            let meant = try await ids.concurrentMap { try await store.run(meant: $0) }
            var seen: Set<String> = []
            let runs = meant.filter { seen.insert($0.info.id).inserted }
            guard runs.count >= 2 else {
                throw ValidationError("\(ids.joined(separator: " ")) is one run; name two or more")
            }
            let comparison = RunComparison(runs, all: all)
            let now = milliseconds()
            if let html {
                let curves = try await store.curves(of: comparison, withSystem: all)
                let page = RunComparisonPage(
                    comparison,
                    curves: curves,
                    now: now,
                    language: language.choice
                )
                try AtomicFile.write(Array(page.document.utf8), to: html)
                note("Wrote the comparison to \(html).")
            }
            if asJSON.isOn {
                try say(json(RunComparisonDocument(comparison)))
            } else {
                try say(String(comparison.text(now: now).dropLast()))
            }
        }
    }
}

extension RunStore {
    /// The metrics of compared runs, step by step.
    fileprivate func curves(
        of comparison: RunComparison,
        withSystem: Bool
    ) async throws -> [RunCurve] {
        let keys = comparison.curveKeys(withSystem: withSystem)
        let wanted = keys.flatMap { key in comparison.runs.map { (key: key, run: $0) } }
        let histories = try await wanted.concurrentMap { key, run in
            run.metrics[key] == nil ? [] : try await history(of: key, in: run.info.id)
        }
        let count = comparison.runs.count
        return keys.enumerated().map { place, key in
            RunCurve(key, histories: Array(histories[place * count ..< (place + 1) * count]))
        }
    }
}
