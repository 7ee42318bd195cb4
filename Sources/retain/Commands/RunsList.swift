import ArgumentParser
import Output
import Reports
import Tracking

/// `retain runs list`: runs in a table.
struct RunsList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List runs, the latest first.",
        discussion: """
            The filter is MLflow's search syntax, with OR and parentheses besides its AND: metrics.x is \
            compared with numbers, params.x, tags.x and properties (status, run_name, user_id) with text in \
            quotes. Child runs, as the trials of a search, are hidden unless --children is given or the \
            filter asks for them.

              retain runs list --filter "params.model = 'best' OR status = 'FAILED'"
              retain runs list --order "metrics.test_log_loss ASC" --limit 5
              retain runs list --columns status,params.seed,metrics.test_f1
              retain runs list --filter "tags.mlflow.parentRunId = '3f2a9c…'"
            """
    )

    @Option(help: "Which runs, in MLflow's search syntax.")
    var filter: String?

    @Option(
        name: .customLong("order"),
        help: "What to sort by, such as \"metrics.test_log_loss ASC\"; may be repeated."
    )
    var orders: [String] = []

    @Option(help: "At most so many; 0 for all.")
    var limit = 20

    @Option(help: "Only the runs of this experiment (default: all).")
    var experiment: String?

    @Option(help: "What to show besides identifier and name, with commas between.")
    var columns: String?

    @Flag(help: "Also show runs that belong to another.")
    var children = false

    @OptionGroup var tracking: TrackingOptions
    @OptionGroup var asJSON: JSONOption

    func validate() throws {
        guard limit >= 0 else { throw ValidationError("--limit must be 0 or more") }
    }

    func run() async throws {
        let filter = try filter.map { try RunFilter(parsing: $0) }
        let order = try orders.map(runOrder)
        try await tracking.withStore { store in
            let experiments = try await store.experimentNames()
            var query = RunQuery(filter: filter, order: order)
            if let experiment {
                let ids = experiments.filter { $0.value == experiment }.keys.sorted()
                guard !ids.isEmpty else {
                    throw UnknownExperiment(
                        name: experiment,
                        address: store.address,
                        known: experiments.values.sorted()
                    )
                }
                query.experimentIDs = ids
            }
            let selection = try await RunSelection(
                limit: limit,
                withChildren: children || filter?.asksForChildren == true
            ) { count in
                var query = query
                query.limit = count
                return try await store.runs(query)
            }
            try tell(selection, experiments, at: store.address)
        }
    }

    private func tell(
        _ selection: RunSelection,
        _ experiments: [String: String],
        at address: String
    ) throws {
        if asJSON.isOn {
            try say(
                json(
                    selection.runs.map {
                        RunDocument(
                            $0,
                            experiment: experiments[$0.info.experimentID] ?? $0.info.experimentID
                        )
                    }
                )
            )
        } else if selection.runs.isEmpty {
            note("\(address): no run fits.")
        } else {
            let table = RunsTable(
                selection.runs,
                columns: columns.map { text in
                    text.split(separator: ",").map { $0.trimmingPrefix(" ") }.map(String.init)
                },
                experiments: experiments,
                now: milliseconds()
            )
            // The table ends its own lines.
            try say(String(table.text.dropLast()))
            for column in table.unknownColumns {
                note("No run that is shown has \"\(column)\": the column is left out.")
            }
        }
        if let notice = selection.notice { note(notice) }
    }
}

/// Reads `--order`.
///
/// - Throws: `ValidationError`.
private func runOrder(_ text: String) throws -> RunOrder {
    do {
        return try RunOrder(parsing: text)
    } catch RunFilterError.unexpected(_, let position, let expected) {
        throw ValidationError(
            "--order \"\(text)\": at character \(position + 1) \(expected) is expected, as in"
                + " \"metrics.test_log_loss ASC\""
        )
    }
}

/// No experiment of a name.
private struct UnknownExperiment: RetainError {
    let name: String
    let address: String
    let known: [String]

    var exitStatus: ExitStatus { .usage }

    var description: String {
        let names = known.prefix(20).map { "\"\($0)\"" }.joined(separator: ", ")
        let more = known.count > 20 ? " and \(known.count - 20) more" : ""
        return "--experiment \"\(name)\": \(address) has no such experiment; it has"
            + " \(known.isEmpty ? "none" : names + more)"
    }
}
