import ArgumentParser
import FoundationEssentials
import Lifecycle
import Tracking
import Training

/// `retain runs reproduce ID`: trains a run's model anew and compares bit for bit.
struct RunsReproduce: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reproduce",
        abstract: "Train a run's model anew and compare it, bit for bit.",
        discussion: """
            Finds the data by its digest (where it was, then among the CSV files below this folder), trains \
            with the recorded settings, and compares every tensor and metric. Exit code 0 where all is the \
            same; 3 with the first difference and its likely cause: data, version, settings.

              retain runs reproduce 3f2a…
              retain runs reproduce 3f2a… --data customers.csv
            """
    )

    @Argument(help: "The run's identifier.")
    var id: String

    @Option(help: "The training file (default: found by its digest).")
    var data: String?

    @Option(
        name: .customLong("search"),
        help: "A folder to search for the training file; may be repeated (default: this folder)."
    )
    var folders: [String] = []

    @OptionGroup var tracking: TrackingOptions
    @OptionGroup var encoding: EncodingOption
    @OptionGroup var threads: ThreadOption
    @OptionGroup var asJSON: JSONOption

    func validate() throws {
        guard data == nil || folders.isEmpty else {
            throw ValidationError("--search looks for the training file; leave it out with --data")
        }
    }

    func run() async throws {
        let (run, settings) = try await tracking.withStore { store in
            let run = try await store.run(meant: id)
            return (run, try await store.settings(of: run))
        }
        let reproduction = try Reproduction(
            try await loadModel("\(ModelAddress.run(run.info.id, path: "model"))", tracking),
            evidence: RunEvidence(run, project: settings)
        )
        let path =
            try data
            ?? DataSearch(
                for: reproduction.record,
                of: run,
                below: folders.isEmpty ? ["."] : folders
            ).path(digest: reproduction.record.data.digest)
        let others = try (reproduction.record.data.beside ?? []).map { other in
            try DataSearch(first: [other.name], folders: folders.isEmpty ? ["."] : folders)
                .path(digest: other.digest)
        }
        note("Training anew on \(path).")
        let activity = Activity("reading", through: path)
        let report = try showing(activity) {
            try reproduction.run(
                path,
                beside: others,
                threads: threads.count,
                encoding: encoding.choice
            ) {
                activity.tell($0)
            }
        }
        try say(asJSON.isOn ? json(report) : report.text)
        guard report.isIdentical else { throw NotReproduced(report) }
    }
}
