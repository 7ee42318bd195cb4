import ArgumentParser
import Files
import FoundationEssentials
import Tracking

/// Where runs and registered models are kept.
struct TrackingOptions: ParsableArguments {
    @Option(
        name: .customLong("tracking-uri"),
        help: "Where runs are kept (default: MLFLOW_TRACKING_URI, else sqlite:///mlflow.db)."
    )
    var uri: String?

    /// MLflow's variables, `~/.mlflow/credentials` and the option.
    func configuration() throws -> TrackingConfiguration {
        let environment = ProcessInfo.processInfo.environment
        let credentials = environment["HOME"].flatMap {
            try? BlockReader.contents(of: $0 + "/.mlflow/credentials")
        }
        return try TrackingConfiguration(
            environment: environment,
            credentialsFile: credentials.map { String(decoding: $0, as: UTF8.self) },
            uri: uri
        )
    }

    /// Opens the store and closes it again.
    ///
    /// - Parameters:
    ///   - existing: Whether a store of this machine must be there, and is not to be made.
    ///   - body: Uses the store.
    /// - Returns: What the body returns.
    /// - Throws: What opening and the body throw.
    func withStore<Value>(
        existing: Bool = false,
        _ body: (any TrackingStore) async throws -> Value
    ) async throws -> Value {
        let configuration = try configuration()
        switch configuration.place {
        case .file(let path):
            return try await body(
                existing ? try LocalStore(existing: path) : try LocalStore(path)
            )
        case .server(let address):
            let store = try ServerStore(address, configuration)
            do {
                let value = try await body(store)
                await store.close()
                return value
            } catch {
                await store.close()
                throw error
            }
        }
    }
}

/// What training tells of itself, where it is asked to.
struct RecordingOptions: ParsableArguments {
    @OptionGroup var tracking: TrackingOptions

    @Option(help: "Name under which runs are gathered (default: MLFLOW_EXPERIMENT_NAME, Default).")
    var experiment: String?

    @Option(help: "Name of this run (default: the model and the random seed).")
    var runName: String?

    @Flag(name: .customLong("no-tracking"), help: "Keep no record of this run.")
    var isOff = false

    func validate() throws {
        guard isOff else { return }
        for (option, isGiven) in [
            ("--experiment", experiment != nil), ("--run-name", runName != nil),
            ("--tracking-uri", tracking.uri != nil),
        ] where isGiven {
            throw ValidationError("\(option) is of the record that --no-tracking leaves out")
        }
    }

    /// Makes sure that a record can be kept, before work begins whose end it is to tell.
    func prove() async throws {
        try await withRecorder { try await $0.prove(within: .seconds(5)) }
    }

    /// Opens what keeps runs, and closes it again.
    func withRecorder<Value>(_ body: (RunRecorder) async throws -> Value) async throws -> Value {
        let configuration = try tracking.configuration()
        let experiment = experiment ?? configuration.experiment ?? "Default"
        return try await tracking.withStore { store in
            if store is LocalStore {
                return try await body(RunRecorder(store, experiment: experiment))
            }
            // In which runs wait for a server that can't be reached.
            return try await body(
                RunRecorder(
                    store,
                    fallback: { try LocalStore("mlflow.db") },
                    experiment: experiment
                )
            )
        }
    }
}

/// Milliseconds since 1970.
func milliseconds() -> Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

/// Who starts a run, and how: MLflow's tags.
func sourceTags() async -> [String: String] {
    var tags = await SourceControl.tags()
    tags["mlflow.source.name"] = "retain"
    tags["mlflow.source.type"] = "LOCAL"
    tags["retain.command"] = (["retain"] + CommandLine.arguments.dropFirst()).joined(separator: " ")
    return tags
}

/// The name by which the store or this machine knows who is at work.
func userName(_ configuration: TrackingConfiguration) -> String {
    configuration.credentials.user ?? ProcessInfo.processInfo.userName
}
