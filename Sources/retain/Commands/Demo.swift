import ArgumentParser
import ChurnModel
import Files
import FoundationEssentials
import Lifecycle
import Output
import Record
import Reports
import Schema
import Simulation
import Tabular
import Tracking
import Training

/// `retain demo`: the main job from nothing.
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Run the main job from nothing: simulate, check, train, evaluate, register, score, report.",
        discussion: """
            On simulated customers, or on your own with --data.

              retain demo
              retain demo --data customers.csv --target Churned
            """
    )

    @Option(help: "Your own CSV file in place of simulated customers.")
    var data: String?

    @OptionGroup var target: TargetOption

    @Option(parsing: .unconditional, help: "Random seed: the same one gives the same bytes.")
    var seed: UInt64 = 42

    @Option(name: .shortAndLong, help: "The folder for everything that the demo writes.")
    var output = "retain-demo"

    @OptionGroup var threads: ThreadOption

    func run() async throws {
        try makeFolder()
        let start = ContinuousClock.now
        let customers = try customerFile()
        note("2. What each column means (\(output)/retain.yaml)\n")
        let (rows, inferred) = try CustomerData.inferring(
            customers,
            target.inference,
            threads: threads.count
        )
        let project = Project(schema: inferred.schema)
        inferred.tell(givenTarget: target.target)
        try AtomicFile.write(
            Array(inferred.yaml(sections: project.sections).utf8),
            to: output + "/retain.yaml"
        )

        note(
            "3. Train on \(rows.labels.count) customers and judge on those held out (\(output)/model)\n"
        )
        let result = try await RecordedTraining(
            recorder: RunRecorder(try LocalStore(output + "/mlflow.db"), experiment: "Default"),
            user: ProcessInfo.processInfo.userName,
            source: customers,
            registeredName: "churn"
        )
        .run(rows, project, seed: seed) {
            try showingTraining { onProgress in
                try TrainingWorkflow(project, seed: seed, threads: threads.count)
                    .run(rows, onProgress: onProgress)
            }
        }
        let outcome = result.outcome
        try outcome.save(to: output + "/model")
        note(
            "Recorded as run \(result.recorded.id), registered as version"
                + " \(result.version?.version ?? 0) of churn (\(output)/mlflow.db)\n"
        )
        guard let test = outcome.record.test else { throw TrainingError.noLabels }
        let content = ReportContent(outcome.model, outcome.record, test)
        try AtomicFile.write(
            Array(HTMLReport(content).document.utf8),
            to: output + "/report.html"
        )
        try say(TextReport(content).text)

        note("\n4. Score every customer (\(output)/scores.csv)\n")
        let saved = try ModelFolder.load(from: output + "/model")
        let counts = try ScoringWorkflow(saved.model, threads: threads.count).run(
            input: customers,
            output: output + "/scores.csv",
            rejects: output + "/rejects.csv",
            record: try record(of: saved)
        )
        note("\(counts.read) rows read, \(counts.scored) scored, \(counts.rejected) rejected.\n")
        let seconds = Double((ContinuousClock.now - start) / .milliseconds(1)) / 1000
        note("Done in \(NumberFormat.fixed(1).text(seconds)) s. The report: \(output)/report.html")
        let program = CommandLine.arguments[0]
        note(
            "Open the desk: \(program) serve \(output)/model --database \(output)/retain.db, then http://127.0.0.1:8080/"
        )
    }

    /// Makes the folder, unless it holds what no demo wrote and might be dear to someone.
    private func makeFolder() throws {
        let own = [
            "customers.csv", "retain.yaml", "model", "report.html", "scores.csv", "rejects.csv",
            "mlflow.db", "mlflow.db-shm", "mlflow.db-wal", "mlruns",
            // What the desk leaves that is opened on it.
            "retain.db", "retain.db-shm", "retain.db-wal", "retain.db.key", "retain.db.desk",
        ]
        let held = (try? FileManager.default.contentsOfDirectory(atPath: output)) ?? []
        if let other = held.sorted().first(where: { !own.contains($0) }) {
            throw FileError(
                kind: .cannotWrite,
                path: output,
                reason: "the folder holds other files, such as \(other)",
                fix: "choose a new or empty folder with --output"
            )
        }
        try makeOutputFolder(output)
    }

    /// Where the desk finds the customers; nil where no column says who they are.
    private func record(of saved: SavedModel) throws -> BatchRecord? {
        guard saved.model.schema.identifier != nil else {
            note("No column says who a customer is, so that the desk begins without customers.\n")
            return nil
        }
        return BatchRecord(
            try openRecord(output + "/retain.db"),
            RecordedModel(
                name: "model",
                version: String(saved.digest.prefix(12)),
                digest: saved.digest,
                schema: saved.model.schema
            )
        )
    }

    private func customerFile() throws -> String {
        if let data {
            note("1. Your customers: \(data)\n")
            return data
        }
        let path = output + "/customers.csv"
        note("1. Simulate 10,000 customers of a bank (\(path))\n")
        try BankSimulator(seed: seed).write(rows: 10_000, to: path)
        return path
    }
}
