public import ArgumentParser
public import ChurnModel
import Explanation
import FoundationEssentials
import Lifecycle
import Record
import Schema
import Tabular
import Tracking

/// `retain score`: CSV in, CSV out.
struct Score: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Score customers: CSV in, CSV out, in the order of the file.",
        discussion: """
            Writes identifier, churn_probability and risk: high from the model's threshold on, where \
            contacting the customer pays; medium from half of the threshold; else low. Memory stays \
            constant at any length. A row that breaks the schema goes to the file of --rejects, or stays in its \
            place with --all-rows, which adds a column `rejected` with what is wrong; \
            without either such rows make the exit code 65. A number outside its range counts as the nearest \
            bound (`outside: error` in retain.yaml refuses it); such rows are counted. Rows without an \
            identifier are called by their number.

            The file may be an Arrow stream or file instead of CSV, and --arrow writes a stream: data frames and Spark \
            hand over columns so, without text between.

            --json writes an object a line, which names these fields in `outside`; where the scores go to a \
            file, that is CSV all the same, and the counts are printed as JSON.

            --database keeps the predictions in a record besides, as `retain serve` does: model, day, identifiers and \
            features that are not personal. Outcomes find them there (`retain outcomes`), and so do campaigns.

            --reasons 3 adds reason_1, points_1 and so on: the columns that add most to each customer's \
            probability or take most from it. That costs some thousands of scores a customer; --risk high \
            writes, and explains, only the customers whom contacting pays. `retain explain` tells more.

              retain score model new-customers.csv -o scores.csv --rejects rejects.csv
              retain score model new-customers.csv --risk high --reasons 3 -o list.csv
              retain score model november.csv -o scores.csv --database retain.db
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
            Write a line for each row: those that break the schema have no score, and what is wrong in a last \
            column, rejected.
            """
    )
    var allRows = false

    @Flag(help: "Write the scores as an Arrow stream instead of CSV.")
    var arrow = false

    @Option(
        help:
            "Keep the predictions in this record, too: a file, or postgres://user@host/database (default: none is kept)."
    )
    var database: String?

    @Flag(
        help: """
            Add a column: certain_to_leave, certain_to_stay or unclear, right at retain.yaml's coverage for \
            each class.
            """
    )
    var certainty = false

    @Option(
        help: "Write only customers of this risk or a higher one: low (all), medium or high."
    )
    var risk: Risk?

    @Option(
        parsing: .unconditional,
        help: "Add so many columns that weigh most in each score, and their points."
    )
    var reasons: Int?

    @OptionGroup var method: ExplanationMethodOptions
    @OptionGroup var asOf: AsOfOption
    @OptionGroup var tracking: TrackingOptions
    @OptionGroup var encoding: EncodingOption
    @OptionGroup var threads: ThreadOption
    @OptionGroup var asJSON: JSONOption

    func validate() throws {
        guard rejects == nil || rejects != output else {
            throw ValidationError("--output and --rejects must be different files")
        }
        guard !allRows || (risk ?? .low) == .low else {
            throw ValidationError(
                "--all-rows writes every row, and --risk only some; leave out one"
            )
        }
        guard !arrow || output != "-" || !asJSON.isOn else {
            throw ValidationError("--arrow and --json are two forms of the same output; choose one")
        }
        guard (reasons ?? 1) >= 1 else { throw ValidationError("--reasons must be 1 or more") }
        guard reasons != nil || !method.isGiven else {
            throw ValidationError("--exact and --pairs go with --reasons")
        }
    }

    func run() async throws {
        let (saved, version) = try await loadVersion(model, tracking)
        let workflow = ScoringWorkflow(saved.model, threads: threads.count)
        let columns = try reasons.map { count in
            ReasonColumns(
                try CustomerExplainer(saved, levers: []),
                count: count,
                method.choice,
                threads: threads.count
            )
        }
        try asOf.check(workflow.model.schema)
        let store = try database.map { try openRecord($0) }
        let record = store.map { store in
            BatchRecord(
                store,
                RecordedModel(
                    name: version?.name ?? URL(filePath: model).lastPathComponent,
                    version: version.map { "\($0.version)" } ?? String(saved.digest.prefix(12)),
                    digest: saved.digest,
                    schema: saved.model.schema
                )
            )
        }
        let activity = Activity("scoring", through: data)
        let counts = try showing(activity) {
            try workflow.run(
                input: data,
                output: output,
                rejects: rejects,
                asOf: asOf.day,
                encoding: encoding.choice,
                certainty: certainty,
                form: arrow ? .arrow : asJSON.isOn && output == "-" ? .json : .csv,
                record: record,
                atLeast: risk,
                reasons: columns,
                allRows: allRows
            ) {
                activity.tell("\(countText($0.read)) rows")
            }
        }
        try store?.close()
        note(counts.remarks, of: data)
        if counts.unnamed > 0 {
            note(
                "\(countText(counts.unnamed)) scored rows have no identifier and are not in the record."
            )
        }
        if let text = counts.datesNote { note(text) }
        if asJSON.isOn, output != "-" { try say(json(Counts(counts))) }
        if let sentence = counts.outside.sentence { note(sentence) }
        if counts.rejected > 0 {
            note("The first rejected row: \(counts.firstProblem ?? "")")
        }
        guard counts.rejected == 0 || rejects != nil || allRows else {
            throw RejectedRows(
                source: data,
                rejected: counts.rejected,
                rows: counts.read,
                advice: "the others are scored; keep these with --rejects FILE, or mend them"
            )
        }
        note(
            "\(counts.read) rows read, \(counts.scored) scored, \(counts.rejected) rejected"
                + (risk.map { ", \(counts.listed) of risk \($0.andAbove) written" } ?? "")
                + (rejects.map { " to \($0)" } ?? "") + "."
        )
    }
}

extension Risk: ExpressibleByArgument {
    /// `medium or high`.
    fileprivate var andAbove: String {
        let all = Self.allCases.filter { $0 >= self }.map(\.rawValue)
        return all.joined(separator: " or ")
    }
}

/// What `--json` prints where the scores go to a file.
private struct Counts: Encodable {
    let read, scored, rejected: Int
    let outside: Outside

    struct Outside: Encodable {
        let rows, values: Int
        let columns: [String: Int]
        let first: [ScoringWorkflow.OutsideValue]
    }

    init(_ counts: ScoringWorkflow.Counts) {
        read = counts.read
        scored = counts.scored
        rejected = counts.rejected
        outside = Outside(
            rows: counts.outsideRows,
            values: counts.outside.values,
            columns: counts.outside.columns,
            first: counts.flagged
        )
    }
}
