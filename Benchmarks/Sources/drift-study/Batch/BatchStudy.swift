import ArgumentParser
import Drift
import Evaluation
import Files
import FoundationEssentials

/// `drift-study batch`: files of simulated customers compared with a file and with a model.
struct BatchStudy: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch",
        abstract: "False alarms and power of `retain drift` on files, as Markdown."
    )

    @Option(help: "Comparisons of each kind; of files of 300,000 rows a tenth of them.")
    var checks = 1_000

    @Option(help: "Seed of everything random.")
    var seed: UInt64 = 42

    func validate() throws {
        guard checks >= 10 else { throw ValidationError("--checks must be 10 or more") }
    }

    func run() throws {
        let folder = "\(FileManager.default.temporaryDirectory.path)/drift-study-\(seed)"
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true
        )
        let bench = StudyBench(folder: folder, seed: seed)
        print("\(try falseAlarms(bench))\n\(try power(bench))")
        try FileManager.default.removeItem(atPath: folder)
    }

    /// How often customers who have not changed raise an alarm.
    private func falseAlarms(_ bench: StudyBench) throws -> String {
        var text = """
            Customers who have not changed, compared with a file of 10,000 customers and with a model trained on \
            10,000. Every tenth comparison has a reference of its own. *Naive*: a column alarms where its p-value \
            is under 0.05.

            | reference | rows now | comparisons | with a false alarm of a column | 95 % interval | of the score | naive |
            |---|--:|--:|--:|--:|--:|--:|

            """
        for kind in StudyBench.Reference.allCases {
            for rows in [300, 3_000, 300_000] {
                let count = rows > 100_000 ? max(10, checks / 10) : checks
                let verdicts = try bench.verdicts(count, kind, rows: rows, change: .none)
                let alarms = verdicts.count { !$0.drifted.isEmpty }
                let naive = verdicts.count { verdict in
                    verdict.columns.contains { $0.tests.contains { $0.pValue < 0.05 } }
                }
                let scores = verdicts.compactMap(\.score).count(where: \.hasDrifted)
                text +=
                    "| \(kind.rawValue) | \(rows) | \(count) | \(share(alarms, count)) | "
                    + "\(interval(alarms, count)) | "
                    + (kind == .model ? share(scores, count) : "") + " | \(share(naive, count)) |\n"
            }
        }
        return text
    }

    /// How often a change is found, and nothing else.
    private func power(_ bench: StudyBench) throws -> String {
        var text = """
            Customers who have changed, compared with a file of 10,000. *Exactly*: all changed columns alarm and no \
            other.

            | change | rows now | comparisons | all changed columns alarm | exactly these | another column alarms |
            |---|--:|--:|--:|--:|--:|

            """
        for change in StudyBench.Change.studied {
            for rows in [300, 3_000] {
                let verdicts = try bench.verdicts(checks, .file, rows: rows, change: change)
                let found = verdicts.map { Set($0.drifted.map(\.name)) }
                let all = found.count { $0.isSuperset(of: change.columns) }
                let exactly = found.count { $0 == change.columns }
                let others = found.count { !$0.isSubset(of: change.columns) }
                text +=
                    "| \(change.name) | \(rows) | \(checks) | \(share(all, checks)) | "
                    + "\(share(exactly, checks)) | \(share(others, checks)) |\n"
            }
        }
        return text
    }

    private func share(_ hits: Int, _ count: Int) -> String {
        percent(Double(hits) / Double(count))
    }

    private func interval(_ hits: Int, _ count: Int) -> String {
        guard let interval = ConfidenceInterval.wilson(successes: hits, trials: count) else {
            return ""
        }
        return "\(percent(interval.low)) to \(percent(interval.high))"
    }

    private func percent(_ share: Double) -> String {
        "\((share * 1_000).rounded() / 10) %"
    }
}
