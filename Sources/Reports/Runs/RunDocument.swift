public import Tracking

/// A run as programs read it; numbers that are none are null.
public struct RunDocument: Encodable, Sendable {
    private let id: String
    private let name: String
    private let status: String
    private let experiment: String
    private let user: String
    private let start: String?
    private let end: String?
    private let seconds: Double?
    private let params: [String: String]
    private let metrics: [String: Double?]
    private let tags: [String: String]
    private let datasets: [Dataset]
    private var models: [String]?
    private var versions: [Version]?
    private var artifacts: [Artifact]?
    private var children: Int?

    private struct Dataset: Encodable {
        let name, digest, context, source: String
    }

    private struct Version: Encodable {
        let name: String
        let version: Int
        let aliases: [String]
    }

    private struct Artifact: Encodable {
        let path: String
        let size: Int64?
        let isFolder: Bool
    }

    /// What a list tells about a run.
    ///
    /// - Parameters:
    ///   - run: The run.
    ///   - experiment: Its experiment's name.
    public init(_ run: Run, experiment: String) {
        let info = run.info
        id = info.id
        name = info.name
        status = info.status.rawValue
        self.experiment = experiment
        user = info.user
        start = RunTime.iso8601(info.start)
        end = info.end.flatMap { RunTime.iso8601($0) }
        seconds = info.end.map { (Double($0) - Double(info.start)) / 1_000 }
        params = run.params
        metrics = run.metrics.mapValues { $0.value.isFinite ? $0.value : nil }
        tags = run.tags
        datasets = run.inputs.map {
            Dataset(name: $0.name, digest: $0.digest, context: $0.context, source: $0.source)
        }
    }

    /// Everything about a run.
    public init(_ details: RunDetails) {
        self.init(details.run, experiment: details.experiment)
        models = details.models.map(\.address)
        versions = details.versions.map {
            Version(name: $0.name, version: $0.version, aliases: $0.aliases)
        }
        artifacts = details.artifacts.sorted { $0.path < $1.path }.map {
            Artifact(path: $0.path, size: $0.size, isFolder: $0.isFolder)
        }
        children = details.children
    }
}
