import ArgumentParser
import ChurnModel
import FoundationEssentials
import Output
import Record
import Schema
import Training

/// `retain outcomes FILE`: what became of customers, into the record.
struct Outcomes: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Tell the record what became of customers: who left, who was contacted, what it cost.",
        discussion: """
            The file has a column customer (or prediction_id), and of these what is known: date (when it was known), \
            left (true or false), occurred (when the customer left), contacted, offer_taken, treatment, cost, by (who \
            says so). Dates are written as 2026-11-24 or 2026-11-24T10:30:00Z. With a schema (retain.yaml in this \
            folder, --schema or --model) its names and words for identifier and target are understood, too.

            Each outcome is joined to the customer's latest prediction at or before its date, and to campaigns that \
            chose the customer, also where no prediction is kept. One that differs from what was said before takes \
            its place; the former stays in the history. Contradictions, customers whom nobody knows, and customers who \
            were contacted although a campaign holds them out are counted and named. The same file may be read again.

              retain outcomes november.csv
              retain outcomes november.csv.gz --database campaigns.db --rejects rejects.csv
              retain outcomes - --model models:/churn@champion --json < november.csv
            """
    )

    @Argument(help: "A CSV file with a header, or - for standard input.")
    var data: String

    @Option(
        help:
            "The record, as `retain serve` and `retain score` keep it: a file, or postgres://user@host/database."
    )
    var database = "retain.db"

    @Option(help: "Take the schema of this model instead of retain.yaml.")
    var model: String?

    @Option(help: "Where rows that tell no outcome go: line, reason, the row as it was.")
    var rejects: String?

    @OptionGroup var schema: SchemaOption
    @OptionGroup var tracking: TrackingOptions
    @OptionGroup var encoding: EncodingOption
    @OptionGroup var asJSON: JSONOption

    func validate() throws {
        guard model == nil || schema.path == nil else {
            throw ValidationError("a model has a schema of its own; give --model or --schema")
        }
    }

    func run() async throws {
        guard !RecordAddress(database).isMissingFile else {
            throw ValidationError(
                "--database \(database): there is no such file; name the record that `retain serve`, `retain score"
                    + " --database` or `retain campaign plan` keeps"
            )
        }
        let known =
            if let model { try await loadModel(model, tracking).model.schema as Schema? } else {
                try schema.project()?.schema
            }
        let record = try openRecord(database)
        let activity = Activity("reading", through: data)
        defer { activity.end() }
        let result = try await OutcomeImport(record: record, schema: known)
            .run(data, rejects: rejects, encoding: encoding.choice) {
                activity.tell("\(countText($0.read)) rows")
            }
        try record.close()
        note(result.remarks, of: data)
        tell(result)
        if asJSON.isOn { try say(json(OutcomeAnswer(result))) }
        guard result.rejected == 0 || rejects != nil else {
            throw RejectedOutcomes(source: data, rejected: result.rejected, rows: result.read)
        }
    }

    private func tell(_ result: OutcomeImport.Result) {
        if !result.unused.isEmpty {
            let names = result.unused.prefix(20).map { "\"\($0)\"" }.joined(separator: ", ")
            let more = result.unused.count > 20 ? " and \(result.unused.count - 20) more" : ""
            note("Not used: the columns \(names)\(more).")
        }
        let counts = result.counts
        tell(counts.unmatched, "of nobody whom the record knows", counts, \.unmatched)
        tell(counts.contradictions, "against what was said before", counts, \.contradiction)
        tell(counts.heldOut, "of customers held out and yet contacted", counts, \.contamination)
        if let problem = result.firstProblem { note("The first rejected row: \(problem)") }
        note(
            "\(countText(result.read)) rows read, \(countText(counts.recorded)) recorded,"
                + " \(countText(counts.members)) of them of campaign members,"
                + " \(countText(counts.repeated)) known before,"
                + " \(countText(result.rejected)) rejected" + (rejects.map { " to \($0)" } ?? "")
                + "."
        )
    }

    private func tell(
        _ count: Int,
        _ what: String,
        _ counts: OutcomeCounts,
        _ problem: @escaping (OutcomeCounts.Finding) -> String?
    ) {
        guard count > 0 else { return }
        let first = counts.findings.lazy.compactMap { finding in
            problem(finding).map { "line \(finding.place): \($0)" }
        }
        .first
        note(
            "\(countText(count)) outcome\(count == 1 ? "" : "s") \(what)"
                + (first.map { "; the first, \($0)." } ?? ".")
        )
    }
}

/// What `--json` prints.
private struct OutcomeAnswer: Encodable {
    let read, rejected, recorded, members, repeated, unmatched, contradictions, heldOut: Int
    let unused: [String]
    /// The first of them.
    let findings: [Finding]

    struct Finding: Encodable {
        let line: Int
        let kind: String
        let problem: String
    }

    enum CodingKeys: String, CodingKey {
        case read, rejected, recorded, members, repeated, unmatched, contradictions
        case heldOut = "held_out"
        case unused, findings
    }

    init(_ result: OutcomeImport.Result) {
        let counts = result.counts
        read = result.read
        rejected = result.rejected
        recorded = counts.recorded
        members = counts.members
        repeated = counts.repeated
        unmatched = counts.unmatched
        contradictions = counts.contradictions
        heldOut = counts.heldOut
        unused = result.unused
        findings = counts.findings.flatMap { finding in
            [
                ("unmatched", finding.unmatched), ("contradiction", finding.contradiction),
                ("held_out", finding.contamination),
            ]
            .compactMap { kind, problem in
                problem.map { Finding(line: finding.place, kind: kind, problem: $0) }
            }
        }
    }
}

/// Rows of a file tell no outcome.
private struct RejectedOutcomes: RetainError {
    let source: String
    let rejected, rows: Int

    var exitStatus: ExitStatus { .badData }

    var description: String {
        "\(source): \(rejected) of \(rows) rows tell\(rejected == 1 ? "s" : "") no outcome; the others are recorded;"
            + " keep these with --rejects FILE, or mend them and read the file again"
    }
}
