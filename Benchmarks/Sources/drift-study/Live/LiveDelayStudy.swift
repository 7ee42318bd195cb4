import ArgumentParser
import Drift

/// `drift-study live-delay`: how soon the watch of `retain serve` finds a change.
struct LiveDelayStudy: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "live-delay",
        abstract: "Delay of the drift watch of `retain serve`, as Markdown."
    )

    @Option(help: "Changes of each kind, a quarter as many with a look every minute.")
    var changes = 200

    @OptionGroup var options: LiveOptions
    @OptionGroup var table: TableRows

    func validate() throws {
        guard changes >= 4 else { throw ValidationError("--changes must be 4 or more") }
    }

    func run() throws { try options.study(poolRows: LiveOptions.fewRows, delays) }

    private func delays(_ bench: LiveBench) throws {
        print(
            """
            The same traffic, but customers change after one to two weeks, and are watched for two more. Each time \
            with another reference, as the folder of a model trained on 10,000 holds it. *Found*: all changed columns have alarmed. \
            The score may alarm, too: it follows its columns.

            | change | a look every | changes | found | hours: median | 95 % | predictions: median | 95 % | the score alarms | another column |
            |---|---|--:|--:|--:|--:|--:|--:|--:|--:|
            """
        )
        let kinds = Change.studied.flatMap { change in
            [(change, "hour", 1), (change, "minute", 60)]
        }
        for (number, (change, name, looksPerHour)) in kinds.enumerated() {
            try table.write(number + 1) {
                let findings = try bench.findings(
                    looksPerHour == 1 ? changes : changes / 4,
                    change,
                    in: bench.changed(change, rows: LiveOptions.fewRows),
                    looksPerHour: looksPerHour
                )
                return "| \(change.name) | \(name) | \(row(findings))"
            }
        }
    }

    private func row(_ findings: [LiveBench.Finding]) -> String {
        let found = Share(of: findings) { $0.delay != nil }
        let score = DriftReference.scoreName
        let scores = Share(of: findings) { $0.others.contains(score) }
        let others = Share(of: findings) { !$0.others.isSubset(of: [score]) }
        let hours = findings.map { $0.delay?.hours ?? .infinity }.sorted()
        let rows = findings.map { Double($0.delay?.rows ?? .max) }.sorted()
        // Where it was not found, nothing is known but that it takes longer.
        func quantiles(_ values: [Double]) -> String {
            [0.5, 0.95].map { share in
                let place = Int((Double(values.count) * share).rounded(.up)) - 1
                let isKnown = hours[place] < .infinity
                return isKnown ? Int(values[place].rounded(.up)).grouped : "longer"
            }.joined(separator: " | ")
        }
        return "\(findings.count) | \(found) | \(quantiles(hours)) | \(quantiles(rows)) | "
            + "\(scores) | \(others) |"
    }
}
