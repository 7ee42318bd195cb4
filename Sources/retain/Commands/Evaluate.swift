import ArgumentParser
import ChurnModel
import Evaluation
import Explanation
import Files
import Reports
import Schema
import Tabular
import Texts
import Training

/// `retain evaluate`: all metrics of a model on labelled customers.
struct Evaluate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Judge a model on labelled customers: metrics with intervals, plots, slices.",
        discussion: """
            On the file that the model was trained on, only the rows that training never saw count \
            (--all-rows takes all of them).

              retain evaluate model customers.csv --html report.html
              retain evaluate model customers.csv --html report.html --language pt-BR
              retain evaluate model customers.csv --slice Gender --json
            """
    )

    @Argument(help: "A model folder, runs:/ID/model, models:/NAME/VERSION or models:/NAME@ALIAS.")
    var model: String

    @Argument(help: "A CSV file with a header and the target column, or - for standard input.")
    var data: String

    @Option(help: "Also write the report as one HTML file.")
    var html: String?

    @OptionGroup var language: PageLanguageOption

    @Option(
        name: .customLong("slice"),
        help:
            "A category column to judge level by level; may be repeated (default: every feature with levels)."
    )
    var slices: [String] = []

    @Flag(help: "Judge on every row, also those that the model was trained on.")
    var allRows = false

    @OptionGroup var asOf: AsOfOption
    @OptionGroup var tracking: TrackingOptions
    @OptionGroup var encoding: EncodingOption
    @OptionGroup var threads: ThreadOption
    @OptionGroup var asJSON: JSONOption

    func run() async throws {
        let folder = try await loadModel(model, tracking)
        let record = try folder.record()
        try asOf.check(folder.model.schema)
        var customers = try showing(Activity("reading", through: data)) {
            try CustomerData(
                data,
                schema: folder.model.schema,
                asOf: asOf.day ?? recordedDay(folder.model.schema, record),
                threads: threads.count,
                encoding: encoding.choice
            )
        }
        note(customers.remarks, of: data)
        noteUnlabelled(customers, folder.model.schema)
        if let asOf = customers.asOf { note(asOf.note) }
        if let sentence = customers.outside.sentence { note(sentence) }
        var judgedFile: String? = customers.name
        let treated =
            try allRows
            ? nil : treatedCustomers(customers, record, folder.model.schema)
        if !allRows, let heldOut = customers.heldOut(of: record, leavingOut: treated) {
            note(
                "\(data) is the file that the model was trained on: judged on the "
                    + "\(heldOut.labels.count) rows that training never saw"
                    + (treated == nil ? "" : " of customers who got no offer")
                    + " (--all-rows takes all)."
            )
            customers = heldOut
            judgedFile = nil
        }
        let report = try showing(Activity(TrainingProgress.Stage.judging.rawValue)) {
            try folder.model.evaluated(
                on: customers.table,
                labels: customers.labels,
                slices: slices.isEmpty ? nil : slices,
                seed: record.seed
            )
        }
        let reasons = html == nil && !asJSON.isOn ? nil : try self.reasons(folder, customers.table)
        func content(_ language: Language) -> ReportContent {
            ReportContent(
                folder.model,
                record,
                report,
                data: judgedFile,
                reasons: reasons,
                language: language
            )
        }
        if let html {
            let page = HTMLReport(content(language.choice)).document
            try AtomicFile.write(Array(page.utf8), to: html)
            note("Wrote the report to \(html).")
        }
        try say(
            asJSON.isOn
                ? json(Judged(report: report, reasons: reasons))
                : TextReport(content(.english)).text
        )
    }

    /// Which columns move the customers' scores most; nil for a model that tells no reasons.
    private func reasons(_ folder: SavedModel, _ table: Table) throws -> GlobalReasons? {
        guard let references = folder.references else {
            note("The model was trained by a Retain that told no reasons: train anew for them.")
            return nil
        }
        let schema = folder.model.schema
        var rows = CodedRows(width: schema.features.count)
        rows.append(
            Array(0 ..< table.rowCount),
            of: table,
            columns: schema.features.map(\.name)
        )
        return try showing(Activity("finding what moves scores")) {
            GlobalReasons(
                try Explainer(folder.model, references),
                rows,
                schema: schema,
                threads: threads.count
            )
        }
    }

    /// The report, and beside it what moves scores.
    private struct Judged: Encodable {
        let report: EvaluationReport
        let reasons: GlobalReasons?

        private enum Key: String, CodingKey { case reasons }

        func encode(to encoder: any Encoder) throws {
            try report.encode(to: encoder)
            var fields = encoder.container(keyedBy: Key.self)
            try fields.encodeIfPresent(reasons, forKey: .reasons)
        }
    }

    /// What the dates of the training file were counted back from; nil for another file.
    private func recordedDay(_ schema: Schema, _ record: TrainingRecord) throws -> Day? {
        guard let day = schema.dates?.trained, data != "-",
            try fileDigest(data) == record.data.digest
        else { return nil }
        return day
    }

    /// Who in the training file got an offer; nil for another file, or where training did not ask.
    private func treatedCustomers(
        _ customers: CustomerData,
        _ record: TrainingRecord,
        _ schema: Schema
    ) throws -> TreatedCustomers? {
        guard let column = record.data.treated?.column, customers.digest != nil,
            customers.digest == record.data.digest
        else { return nil }
        let file = try CustomerFile(data, threads: threads.count, encoding: encoding.choice)
            .labelled(by: schema)
        return try TreatedCustomers(in: file, by: column)
    }
}
