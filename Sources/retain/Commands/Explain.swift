import ArgumentParser
import ChurnModel
import Explanation
import FoundationEssentials
import Lifecycle
import Record
import Schema
import Tabular
import Training

/// `retain explain`: why customers have their scores, why scores moved, what would change them.
struct Explain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tell why customers have their scores, why these moved, what would change them.",
        discussion: """
            Each column's points say by how much its value moves the score from the average of all \
            customers; together they are the whole way. They say how the model reaches its score, not why a \
            customer would leave. Columns with privacy: personal, or hidden in retain.yaml, are told together.

            --levers tries all that retain.yaml (or the model, trained with it) says the company can change, \
            and finds the cheapest change that brings the score below the threshold, or proves that there is \
            none. --before tells which columns moved a score since an older file, and how much of it \
            another model did; --database since the record last held something else of each customer.

              retain explain model list.csv
              retain explain model list.csv --levers --language pt-BR
              retain explain model today.csv --before last-month.csv --before-model old-model
              retain explain model today.csv --database retain.db
              retain explain model list.csv --json | jq '.[] | {identifier, reasons: .reasons[:3]}'
            """
    )

    @Argument(help: "A model folder, runs:/ID/model, models:/NAME/VERSION or models:/NAME@ALIAS.")
    var model: String

    @Argument(help: "A CSV file with a header, or - for standard input.")
    var data: String

    @Option(name: .shortAndLong, help: "Where the explanations go; - is standard output.")
    var output = "-"

    @Option(help: "Where rows that break the schema go: line, reason, the row as it was.")
    var rejects: String?

    @Flag(help: "Tell of every row in its place: of one that breaks the schema, what is wrong.")
    var allRows = false

    @Option(
        parsing: .unconditional,
        help: "How many columns are named for each customer; JSON always has all."
    )
    var reasons = 3

    @OptionGroup var method: ExplanationMethodOptions

    @Flag(help: "Search what the company can change for the cheapest way below the threshold.")
    var levers = false

    @Option(help: "With --levers, get below this probability in place of the model's threshold.")
    var target: Double?

    @Option(help: "The same customers as they were before, to tell why scores moved.")
    var before: String?

    @Option(
        help: """
            A record of predictions, a file or postgres://user@host/database: tell why scores moved since the last prediction of each customer that was another.
            """
    )
    var database: String?

    @Option(
        help: "With --before or --database, the model that scored them then (default: MODEL)."
    )
    var beforeModel: String?

    @OptionGroup var language: LanguageOption
    @OptionGroup var schema: SchemaOption
    @OptionGroup var asOf: AsOfOption
    @OptionGroup var tracking: TrackingOptions
    @OptionGroup var encoding: EncodingOption
    @OptionGroup var threads: ThreadOption
    @OptionGroup var asJSON: JSONOption

    func validate() throws {
        guard rejects == nil || rejects != output else {
            throw ValidationError("--output and --rejects must be different files")
        }
        guard reasons >= 1 else { throw ValidationError("--reasons must be 1 or more") }
        guard target == nil || levers else {
            throw ValidationError("--target goes with --levers")
        }
        guard (0 ... 1).contains(target ?? 0) else {
            throw ValidationError("--target must be a probability from 0 to 1, such as 0.2")
        }
        guard beforeModel == nil || before != nil || database != nil else {
            throw ValidationError(
                "--before-model goes with --before, which names the older file, or with --database"
            )
        }
        guard before == nil || database == nil else {
            throw ValidationError(
                "--before and --database exclude each other: scores move from one earlier time"
            )
        }
        guard before != "-" || data != "-" else {
            throw ValidationError("DATA and --before can't both be standard input")
        }
    }

    func run() async throws {
        let saved = try await loadModel(model, tracking)
        var manner = ExplanationWorkflow.Manner()
        manner.reasons = reasons
        manner.method = method.choice
        manner.withLevers = levers
        manner.target = target
        manner.language = language.choice
        manner.isJSON = asJSON.isOn
        manner.allRows = allRows
        let own = try levers ? schema.project()?.levers : nil
        let workflow = try ExplanationWorkflow(
            saved,
            manner,
            levers: own?.isEmpty == true ? nil : own,
            threads: threads.count
        )
        try asOf.check(workflow.model.schema)
        for warning in workflow.explainer.levers?.warnings ?? [] { note("Note: \(warning).") }
        let past = try await customersBefore(workflow, saved)
        let activity = Activity("explaining \(data == "-" ? "standard input" : data)")
        let counts = try showing(activity) {
            try workflow.run(
                input: data,
                output: output,
                rejects: rejects,
                before: past,
                asOf: asOf.day,
                encoding: encoding.choice
            ) {
                activity.tell("\(countText($0.explained)) customers")
            }
        }
        try tell(counts)
    }

    /// How customers were before, by the file or the record that knows it.
    private func customersBefore(
        _ workflow: ExplanationWorkflow,
        _ saved: SavedModel
    ) async throws -> (any PastCustomers)? {
        guard let source = before ?? database else { return nil }
        var old: SavedModel?
        if let beforeModel { old = try await loadModel(beforeModel, tracking) }
        guard before != nil else {
            let now = Int64(Date.now.timeIntervalSince1970 * 1000)
            // As of an earlier day only what was predicted by then is earlier.
            let end = asOf.day.map { Int64($0.number + 1) * 86_400_000 } ?? now
            return try RecordedPast(readRecord(source), old, now: saved, before: min(now, end))
        }
        return try showing(Activity("reading", through: source)) {
            let file = try CustomerFile(
                source,
                threads: threads.count,
                encoding: encoding.choice
            )
            note(file.remarks, of: source)
            return try BeforeCustomers(file, old?.model ?? workflow.model, now: workflow.model)
        }
    }

    private func tell(_ counts: ExplanationWorkflow.Counts) throws {
        note(counts.remarks, of: data)
        if let asOf = counts.asOf { note(asOf.note) }
        if let sentence = counts.outside.sentence { note(sentence) }
        for sentence in counts.before?.sentences(
            of: before ?? database.map { RecordAddress($0).name } ?? ""
        ) ?? [] {
            note(sentence)
        }
        if counts.rejected > 0 { note("The first rejected row: \(counts.firstProblem ?? "")") }
        guard counts.rejected == 0 || rejects != nil || allRows else {
            throw RejectedRows(
                source: data,
                rejected: counts.rejected,
                rows: counts.read,
                advice:
                    "the others are explained; keep these with --rejects FILE, tell of them with --all-rows, or mend them"
            )
        }
        note(
            "\(counts.read) rows read, \(counts.explained) explained, \(counts.rejected) rejected"
                + (rejects.map { " to \($0)" } ?? "") + "."
        )
    }
}
