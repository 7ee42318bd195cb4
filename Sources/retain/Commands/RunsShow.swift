import ArgumentParser
import Reports
import Tracking

/// `retain runs show`: everything about a run.
struct RunsShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract:
            "Show a run: how it went, its code, data, parameters, metrics, files and versions.",
        discussion: """
              retain runs show 3f2a9c1b
              retain runs show best-42 --json
            """
    )

    @Argument(help: "The first digits of a run's identifier, or its name.")
    var id: String

    @OptionGroup var tracking: TrackingOptions
    @OptionGroup var asJSON: JSONOption

    func run() async throws {
        try await tracking.withStore { store in
            let details = try await store.details(of: try await store.run(meant: id))
            if asJSON.isOn {
                try say(json(RunDocument(details)))
            } else {
                try say(String(RunText(details, now: milliseconds()).text.dropLast()))
            }
        }
    }
}

extension RunStore where Self: ModelRegistry {
    /// Everything about a run.
    fileprivate func details(of run: Run) async throws -> RunDetails {
        let id = run.info.id
        let children = RunFilter.comparison(
            .init(.tag("mlflow.parentRunId"), .equal, [.text(id)])
        )
        async let experiment = experimentNames()[run.info.experimentID]
        async let files = artifactTree(of: id)
        async let versions = versions(madeBy: id)
        async let parts = runs(
            RunQuery(experimentIDs: [run.info.experimentID], filter: children, limit: 10_000)
        ).count
        let (artifacts, hasMore) = try await files
        return RunDetails(
            run: run,
            experiment: try await experiment ?? "deleted",
            artifacts: artifacts,
            hasMoreArtifacts: hasMore,
            versions: try await versions,
            children: try await parts
        )
    }

    /// Files and folders of every level, folder by folder, until there are a thousand.
    private func artifactTree(of run: String) async throws -> ([ArtifactInfo], hasMore: Bool) {
        var found: [ArtifactInfo] = []
        var folders = [""][...]
        while let folder = folders.popFirst() {
            let content: [ArtifactInfo]
            do {
                content = try await artifacts(under: folder, in: run)
            } catch let error as TrackingError where error.kind != .unreachable {
                // A run is worth seeing, too, where its files can't be listed.
                note(error.description)
                continue
            }
            guard found.count + content.count <= 1_000 else { return (found, true) }
            found += content
            folders += content.filter(\.isFolder).map(\.path)
        }
        return (found, false)
    }

    /// The registered versions that a run made; none where the store keeps no registry.
    private func versions(madeBy run: String) async throws -> [ModelVersion] {
        do {
            let names = try await registeredModels().map(\.name)
            return try await names.concurrentMap { try await versions(of: $0) }
                .flatMap(\.self).filter { $0.runID == run }
        } catch let error as TrackingError where error.kind != .unreachable {
            note(error.description)
            return []
        }
    }
}
