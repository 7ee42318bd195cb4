import ArgumentParser
import Drift

/// `drift-study batch`: files of simulated customers compared with a file and with a model.
struct BatchStudy: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch",
        abstract: "False alarms and power of `retain drift` on files, as Markdown."
    )

    @Option(
        help: "Comparisons of each kind; of files of 300,000 rows a tenth of them, of changes half."
    )
    var checks = 600

    @Option(help: "Random seed: the same one gives the same bytes.")
    var seed: UInt64 = 42

    @OptionGroup var table: TableRows

    func validate() throws {
        guard checks >= 20 else { throw ValidationError("--checks must be 20 or more") }
    }

    func run() throws {
        let folder = try StudyFolder("batch")
        let bench = StudyBench(folder: folder, seed: seed)
        try falseAlarms(bench)
        try power(bench)
        try folder.remove()
    }

    /// How often customers who have not changed raise an alarm.
    private func falseAlarms(_ bench: StudyBench) throws {
        print(
            """
            Customers who have not changed, compared with a file of 10,000 customers and with a model trained on \
            10,000. Every tenth comparison has a reference of its own. *Naive*: a column alarms where its p-value \
            is under 0.05.

            | reference | rows now | comparisons | with a false alarm of a column | 95 % interval | of the score | naive |
            |---|--:|--:|--:|--:|--:|--:|
            """
        )
        let kinds = StudyBench.Reference.allCases.flatMap { kind in
            Self.rows.map { (kind, $0) }
        }
        for (number, (kind, rows)) in kinds.enumerated() {
            try table.write(number + 1) { try falseAlarms(bench, kind, rows) }
        }
    }

    private static let rows = [300, 3_000, 300_000]

    private func falseAlarms(
        _ bench: StudyBench,
        _ kind: StudyBench.Reference,
        _ rows: Int
    ) throws -> String {
        let count = rows > 100_000 ? checks / 10 : checks
        let verdicts = try bench.verdicts(count, kind, rows: rows, change: .none)
        let alarms = Share(of: verdicts) { !$0.drifted.isEmpty }
        let scores = Share(of: verdicts) { $0.score?.hasDrifted == true }
        let naive = Share(of: verdicts) { verdict in
            verdict.columns.contains { $0.tests.contains { $0.pValue < 0.05 } }
        }
        return "| \(kind.rawValue) | \(rows.grouped) | \(count) | \(alarms) | \(alarms.interval) | "
            + "\(kind == .model ? "\(scores)" : "") | \(naive) |"
    }

    /// How often a change is found, and nothing else.
    private func power(_ bench: StudyBench) throws {
        print(
            """

            Customers who have changed, compared with a file of 10,000. *Exactly*: all changed columns alarm and no \
            other.

            | change | rows now | comparisons | all changed columns alarm | exactly these | another column alarms |
            |---|--:|--:|--:|--:|--:|
            """
        )
        let kinds = Change.studied.flatMap { change in
            Self.rows.prefix(2).map { (change, $0) }
        }
        for (number, (change, rows)) in kinds.enumerated() {
            try table.write(2 * Self.rows.count + number + 1) { try power(bench, change, rows) }
        }
    }

    private func power(_ bench: StudyBench, _ change: Change, _ rows: Int) throws -> String {
        let verdicts = try bench.verdicts(checks / 2, .file, rows: rows, change: change)
        let found = verdicts.map { Set($0.drifted.map(\.name)) }
        let all = Share(of: found) { $0.isSuperset(of: change.columns) }
        let exactly = Share(of: found) { $0 == change.columns }
        let others = Share(of: found) { !$0.isSubset(of: change.columns) }
        return "| \(change.name) | \(rows.grouped) | \(found.count) | \(all) | \(exactly) | "
            + "\(others) |"
    }
}
