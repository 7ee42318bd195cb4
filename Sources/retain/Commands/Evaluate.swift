import ArgumentParser
import ChurnModel
import Evaluation
import Files
import Reports
import Tabular
import Training

/// `retain evaluate`: all metrics of a model on labelled customers.
struct Evaluate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Judge a model on labelled customers: metrics with intervals, plots, slices.",
        discussion: """
            On the file that the model was trained on, only the rows that training never saw count \
            (--all-rows takes all of them).

              retain evaluate model customers.csv --html report.html
              retain evaluate model customers.csv --slice Gender --json
            """
    )

    @Argument(help: "A model folder, runs:/ID/model, models:/NAME/VERSION or models:/NAME@ALIAS.")
    var model: String

    @Argument(help: "A CSV file with a header and the target column, or - for standard input.")
    var data: String

    @Option(help: "Also write the report as one HTML file.")
    var html: String?

    @Option(
        name: .customLong("slice"),
        help:
            "A category column to judge level by level; may be repeated (default: every feature with levels)."
    )
    var slices: [String] = []

    @Flag(help: "Judge on every row, also those that the model was trained on.")
    var allRows = false

    @OptionGroup var tracking: TrackingOptions
    @OptionGroup var threads: ThreadOption
    @OptionGroup var asJSON: JSONOption

    func run() async throws {
        let folder = try await loadModel(model, tracking)
        let record = try folder.record()
        var customers = try CustomerData(
            data,
            schema: folder.model.schema,
            threads: threads.count
        )
        var judgedFile: String? = customers.name
        if !allRows, let heldOut = customers.heldOut(of: record) {
            note(
                "\(data) is the file that the model was trained on: judged on the "
                    + "\(heldOut.labels.count) rows that training never saw (--all-rows takes all)."
            )
            customers = heldOut
            judgedFile = nil
        }
        let report = try folder.model.evaluated(
            on: customers.table,
            labels: customers.labels,
            slices: slices.isEmpty ? nil : slices,
            seed: record.seed
        )
        let content = ReportContent(
            folder.model,
            record,
            report,
            data: judgedFile
        )
        if let html {
            try AtomicFile.write(Array(HTMLReport(content).document.utf8), to: html)
            note("Wrote the report to \(html).")
        }
        try say(asJSON.isOn ? json(report) : TextReport(content).text)
    }
}
