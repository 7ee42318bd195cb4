import ArgumentParser
import ChurnModel
import Files
import Tracking
import Training

/// `retain sync`: replays this machine's runs to a server.
struct Sync: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Replay the runs and versions of this machine to an MLflow server.",
        discussion: """
            The server is MLFLOW_TRACKING_URI or --to. May be stopped at any point and run again: what is \
            there already is found, nothing is lost, nothing is there twice. Runs that have not ended stay.

              MLFLOW_TRACKING_URI=http://127.0.0.1:5000 retain sync
              retain sync --from elsewhere/mlflow.db --to https://dagshub.com/owner/repository.mlflow
            """
    )

    @Option(name: .customLong("from"), help: "The file in which the runs lie.")
    var file = "mlflow.db"

    @Option(name: .customLong("to"), help: "The server (default: MLFLOW_TRACKING_URI).")
    var server: String?

    @OptionGroup var asJSON: JSONOption

    func run() async throws {
        var tracking = TrackingOptions()
        tracking.uri = server
        guard case .server = try tracking.configuration().place else {
            throw ValidationError("name a server by MLFLOW_TRACKING_URI or --to")
        }
        _ = try BlockReader(file)
        let local = try LocalStore(file)
        let report = try await tracking.withStore { store in
            let activity = Activity("sending runs")
            defer { activity.end() }
            return try await TrackingSync(
                from: local,
                to: store,
                labelled: ModelFolder.labelled(_:as:)
            )
            .run { name, done, total in
                activity.tell("run \(done + 1) of \(total) (\(name))")
                activity.tell("sending runs", share: Double(done) / Double(max(1, total)))
            }
        }
        for notice in report.notices { note(notice) }
        if asJSON.isOn { return try say(json(report)) }
        try say(
            "\(report.runs) runs and \(report.versions) versions sent, \(report.present) runs were there"
                + (report.unfinished > 0 ? ", \(report.unfinished) have not ended and stay" : "")
                + "."
        )
    }
}
