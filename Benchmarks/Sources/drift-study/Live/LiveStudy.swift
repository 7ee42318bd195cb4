import ArgumentParser

/// `drift-study live`: a service's traffic that does not change, watched as `retain serve` watches it.
struct LiveStudy: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "live",
        abstract: "False alarms of the drift watch of `retain serve`, as Markdown."
    )

    @Option(help: "Years with each reference.")
    var years = 200

    @OptionGroup var options: LiveOptions
    @OptionGroup var table: TableRows

    func validate() throws {
        guard years >= 1 else { throw ValidationError("--years must be 1 or more") }
    }

    func run() throws {
        try options.study(poolRows: LiveOptions.poolRows, falseAlarms)
    }

    /// How often customers who have not changed raise an alarm within a year.
    private func falseAlarms(_ bench: LiveBench) throws {
        print(
            """
            Years of customers who do not change, a hundred predictions an hour, fewer at night, with a look every \
            hour (`--drift-every 3600`): 8,760 looks at 13 columns and the score. *Exact*: the reference is the \
            very distribution that the traffic is drawn from. *Model*: each year has a reference of its own, as \
            the folder of a model trained on 10,000 customers holds it. *Naive*: the tests of a single look, made at every look at the same \
            columns and as many of the newest rows.

            | reference | years | with a false alarm | 95 % interval | naive, p < 0.05 | naive, p < 0.001 |
            |---|--:|--:|--:|--:|--:|
            """
        )
        for (number, kind) in LiveBench.Reference.allCases.enumerated() {
            try table.write(number + 1) { try falseAlarms(bench, kind) }
        }
    }

    private func falseAlarms(_ bench: LiveBench, _ kind: LiveBench.Reference) throws -> String {
        let years = try bench.years(years, kind, looksPerHour: 1)
        let alarms = Share(of: years) { $0.alarm != nil }
        let naive = NaiveTests.levels.indices.map { level in
            Share(of: years) { $0.naive[level] }
        }
        return "| \(kind.rawValue) | \(years.count) | \(alarms) | \(alarms.interval) | "
            + "\(naive[0]) | \(naive[1]) |"
    }
}
