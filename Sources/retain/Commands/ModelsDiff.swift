import ArgumentParser
import ChurnModel
import Files
import Lifecycle
import Training

/// `retain models diff A B DATA`: who enters and who leaves the top of the list.
struct ModelsDiff: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract:
            "Show which customers enter or leave the top of the list from one model to another.",
        discussion: """
            Both models score the same customers, who need no target. Of equal probabilities the earlier \
            row comes first.

              retain models diff models:/churn@champion models:/churn/3 customers.csv --top 100
              retain models diff old new customers.csv -o changes.csv
            """
    )

    @Argument(help: "The model in use: a folder, runs:/ID/model or models:/NAME/VERSION.")
    var first: String

    @Argument(help: "The model that would take its place.")
    var second: String

    @Argument(help: "A CSV file with a header, or - for standard input.")
    var data: String

    @Option(parsing: .unconditional, help: "How many customers the list holds.")
    var top = 100

    @Option(name: .shortAndLong, help: "Also write the changes as CSV; - is standard output.")
    var output: String?

    @OptionGroup var tracking: TrackingOptions
    @OptionGroup var encoding: EncodingOption
    @OptionGroup var threads: ThreadOption
    @OptionGroup var asJSON: JSONOption

    func validate() throws {
        guard top >= 1 else { throw ValidationError("--top must be 1 or more") }
        guard output != "-" || !asJSON.isOn else {
            throw ValidationError("--json and -o - both go to standard output; name a file")
        }
    }

    func run() async throws {
        let diff = try ModelDiff(
            try await loadModel(first, tracking).model,
            try await loadModel(second, tracking).model,
            on: try showing(Activity("reading", through: data)) {
                try CustomerFile(data, threads: threads.count, encoding: encoding.choice)
            },
            top: top
        )
        if let output { try AtomicFile.write(diff.csv, to: output) }
        guard output != "-" else { return }
        try say(asJSON.isOn ? json(diff) : diff.text(first: first, second: second))
    }
}
