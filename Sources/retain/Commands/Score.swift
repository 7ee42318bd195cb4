import ArgumentParser
import ChurnModel
import Tabular
import Training

/// `retain score`: CSV in, CSV out.
struct Score: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Score customers: CSV in, CSV out, in the order of the file.",
        discussion: """
            Writes identifier, churn_probability and risk (high, medium: contacting pays; low: it does \
            not). Memory stays constant at any length. A row that breaks the schema goes to the file \
            of --rejects; without one such rows make the exit code 65.

              retain score model new-customers.csv -o scores.csv --rejects rejects.csv
              cat new-customers.csv | retain score model - -o - | sort -t, -k2 -gr | head
            """
    )

    @Argument(help: "A model folder, runs:/ID/model, models:/NAME/VERSION or models:/NAME@ALIAS.")
    var model: String

    @Argument(help: "A CSV file with a header, or - for standard input.")
    var data: String

    @Option(name: .shortAndLong, help: "Where the scores go; - is standard output.")
    var output = "-"

    @Option(help: "Where rows that break the schema go: line, reason, the row as it was.")
    var rejects: String?

    @Flag(
        help: """
            Add a column: certain_to_leave, certain_to_stay or unclear, right at retain.yaml's coverage for \
            each class.
            """
    )
    var certainty = false

    @OptionGroup var tracking: TrackingOptions
    @OptionGroup var threads: ThreadOption

    func validate() throws {
        guard rejects == nil || rejects != output else {
            throw ValidationError("--output and --rejects must be different files")
        }
    }

    func run() async throws {
        let workflow = ScoringWorkflow(
            try await loadModel(model, tracking).model,
            threads: threads.count
        )
        var progress = ProgressLine()
        let counts = try workflow.run(
            input: data,
            output: output,
            rejects: rejects,
            certainty: certainty
        ) {
            progress.show("\($0.read) rows")
        }
        progress.end()
        if counts.rejected > 0 {
            note("The first rejected row: \(counts.firstProblem ?? "")")
        }
        guard counts.rejected == 0 || rejects != nil else {
            throw RejectedRows(
                source: data,
                rejected: counts.rejected,
                rows: counts.read,
                advice: "the others are scored; keep these with --rejects FILE, or mend them"
            )
        }
        note(
            "\(counts.read) rows read, \(counts.scored) scored, \(counts.rejected) rejected"
                + (rejects.map { " to \($0)" } ?? "") + "."
        )
    }
}
