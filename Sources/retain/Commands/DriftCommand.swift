import ArgumentParser
import ChurnModel
import Drift
import Files
import FoundationEssentials
import Lifecycle
import Output
import Reports
import Schema
import Tracking
import Training

/// `retain drift`: whether customers differ from those that a model knows.
struct DriftCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drift",
        abstract: "Compare customers with a model's or another file's, by columns and whole rows.",
        discussion: """
            Prints each column, the worst first. A column drifts where the difference is more than \
            chance and moves enough customers to matter; with a model its score is tested, too. Whole \
            rows drift where a network can tell now from before, also by how columns go together; a \
            model's reference has no rows, so give them with --rows. Exit code 3 where something \
            drifts. Memory stays constant at any length.

              retain drift model new-customers.csv --html drift.html
              retain drift last-year.csv this-year.csv --schema retain.yaml --junit drift.xml
              retain drift models:/churn@champion - --markdown - < new-customers.csv
              retain drift model new-customers.csv --rows training.csv

            Empty fields, unlisted levels and numbers out of their range are what is looked for, and so \
            no errors here.
            """
    )

    @Argument(
        help: """
            What to compare with: a model folder, runs:/ID/model, models:/NAME/VERSION, \
            models:/NAME@ALIAS, or a CSV file.
            """
    )
    var reference: String

    @Argument(help: "A CSV file with a header, or - for standard input.")
    var current: String

    @Option(
        help: """
            With a model, the CSV file that it was trained on: its rows, for the comparison of whole rows.
            """
    )
    var rows: String?

    @Option(help: "Also write both distributions of each column as one HTML file.")
    var html: String?

    @OptionGroup var language: PageLanguageOption

    @Option(help: "Write a test for each column in JUnit's form; - is standard output.")
    var junit: String?

    @Option(help: "Write the table as Markdown; - is standard output.")
    var markdown: String?

    @Option(
        parsing: .unconditional,
        help: "The largest expected share of false alarms among alarms."
    )
    var rate = DriftVerdict.usualRate

    @Option(
        parsing: .unconditional,
        help: "The smallest share of customers whose change matters."
    )
    var least = DriftVerdict.usualFloor

    /// Of the current file; the other one's is its own.
    @OptionGroup var asOf: AsOfOption
    @OptionGroup var schema: SchemaOption
    @OptionGroup var targetOption: TargetOption
    @OptionGroup var tracking: TrackingOptions
    @OptionGroup var encoding: EncodingOption
    @OptionGroup var threads: ThreadOption
    @OptionGroup var asJSON: JSONOption

    func validate() throws {
        guard rate > 0, rate < 1 else { throw ValidationError("--rate must be between 0 and 1") }
        guard least >= 0, least < 1 else {
            throw ValidationError("--least must be at least 0 and under 1")
        }
        guard [junit == "-", markdown == "-", html == "-", asJSON.isOn].count(where: \.self) <= 1
        else {
            throw ValidationError("only one of the results can go to standard output")
        }
        guard [reference, current, rows].count(where: { $0 == "-" }) <= 1 else {
            throw ValidationError("only one of the files can be standard input")
        }
        guard
            !isModel
                || (schema.path == nil && targetOption.target == nil
                    && targetOption.levels.positive == nil
                    && targetOption.levels.negative == nil)
        else {
            throw ValidationError(
                "a model has a schema of its own; leave out --schema, --target and --positive"
            )
        }
        guard rows == nil || isModel else {
            throw ValidationError("--rows is for a model: a file's rows are at hand")
        }
    }

    func run() async throws {
        let old = try await readReference()
        try asOf.check(old.workflow.schema)
        let counted = try count(current, old.workflow, asOf: asOf.day)
        if let asOf = counted.asOf { note("\(current): \(asOf.note)") }
        let report = try DriftReport(
            reference: (reference, old.value),
            current: (current, counted.profile),
            unreadableRows: counted.unreadable,
            refusedRows: old.workflow.model == nil ? nil : counted.refused,
            rows: old.sample.map { ($0, counted.sample) },
            rate: rate,
            floor: least
        )
        try write(report)
        try check(counted, current)
        if report.verdict.hasDrifted { throw DriftFound(headline: report.headline) }
    }

    private func write(_ report: DriftReport) throws {
        for (file, text) in [
            (html, { DriftPage(report, language: language.choice).document }),
            (junit, { report.junit }),
            (markdown, { report.markdown }),
        ] {
            guard let file else { continue }
            try AtomicFile.write(Array(text().utf8), to: file)
            if file != "-" { note("Wrote \(file).") }
        }
        if asJSON.isOn {
            try say(json(report))
        } else if ![html, junit, markdown].contains("-") {
            try AtomicFile.write(Array(report.text.utf8), to: "-")
        }
    }

    /// What to compare with, and what reads the current file as it was read.
    private func readReference() async throws -> Reference {
        if isModel {
            let saved = try await loadModel(reference, tracking)
            return Reference(
                value: saved.reference,
                sample: try rows.map { try sample($0, saved.model.schema) },
                workflow: DriftWorkflow(saved.model, threads: threads.count)
            )
        }
        let counted: DriftWorkflow.Counted
        let workflow: DriftWorkflow
        if let project = try schema.project() {
            try targetOption.check(project.schema, in: schema.name)
            workflow = DriftWorkflow(project.schema, threads: threads.count)
            counted = try count(reference, workflow)
        } else {
            let activity = Activity("reading", through: reference)
            let (rows, inferredSchema, inferred) = try showing(activity) {
                try DriftWorkflow.inferring(
                    reference,
                    targetOption.inference,
                    threads: threads.count,
                    encoding: encoding.choice
                ) {
                    activity.tell("\(countText($0)) rows")
                }
            }
            note(
                "There is no retain.yaml, so the columns are read as they look"
                    + (inferred == nil ? "." : " (`retain init` writes that to a file).")
            )
            inferred?.tell(givenTarget: targetOption.target)
            counted = rows
            workflow = DriftWorkflow(inferredSchema, threads: threads.count)
        }
        if let asOf = counted.asOf { note("\(reference): \(asOf.note)") }
        try check(counted, reference)
        return Reference(
            value: DriftReference(counted.profile, threads: threads.count),
            sample: counted.sample,
            workflow: workflow
        )
    }

    /// Some rows of a file that a model was trained on.
    private func sample(_ file: String, _ schema: Schema) throws -> RowSample {
        let counted = try count(file, DriftWorkflow(schema, threads: threads.count))
        try check(counted, file)
        return counted.sample
    }

    private func count(
        _ file: String,
        _ workflow: DriftWorkflow,
        asOf: Day? = nil
    ) throws -> DriftWorkflow.Counted {
        let activity = Activity("reading", through: file)
        return try showing(activity) {
            try workflow.run(file, asOf: asOf, encoding: encoding.choice) {
                activity.tell("\(countText($0)) rows")
            }
        }
    }

    private var isModel: Bool {
        if ModelAddress(reference) != nil { return true }
        var isFolder = false
        return FileManager.default.fileExists(atPath: reference, isDirectory: &isFolder) && isFolder
    }

    private func check(_ counted: DriftWorkflow.Counted, _ file: String) throws {
        note(counted.remarks, of: file)
        guard counted.unreadable > 0 else { return }
        note("The first row that can't be read: \(counted.firstProblem ?? "")")
        throw RejectedRows(
            source: file,
            rejected: counted.unreadable,
            rows: counted.rows,
            advice: "mend them: drift is judged on what can be read"
        )
    }
}

/// What to compare with.
private struct Reference {
    var value: DriftReference
    /// nil for a model whose training file was not named.
    var sample: RowSample?
    var workflow: DriftWorkflow
}

/// A column, the score or whole rows drift.
struct DriftFound: RetainError {
    let headline: String

    var exitStatus: ExitStatus { .refused }

    var description: String {
        "drift: \(headline) Look at the worst column first; where the change is real and stays, train anew"
    }
}
