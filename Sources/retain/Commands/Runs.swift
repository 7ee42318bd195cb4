import ArgumentParser
import Reports
import Tracking

/// `retain runs`: looks into what was trained.
struct Runs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List, show and compare runs.",
        discussion: """
            A run is named by the first digits of its identifier, as many as tell it apart, or by its name.

              retain runs list --filter "metrics.test_log_loss < 0.35"
              retain runs show 3f2a9c1b
              retain runs compare 3f2a9c1b 77e0 best-42 --html compare.html
            """,
        subcommands: [RunsList.self, RunsShow.self, RunsCompare.self]
    )
}

extension RunStore {
    /// The run that a person means.
    ///
    /// - Throws: `RunReferenceError` where there is none, or more than one; `TrackingError`.
    func run(meant text: String) async throws -> Run {
        let reference = RunReference(text)
        if reference.isWhole {
            do {
                return try await run(text)
            } catch let error as TrackingError where error.kind == .notFound {
                throw RunReferenceError.notFound(text, address: address)
            }
        }
        // One more than an error lists, to tell whether there are more.
        let found = try await runs(RunQuery(filter: reference.filter, limit: 11))
        return try reference.run(among: found, at: address)
    }

    /// Names of the active experiments by identifier.
    func experimentNames() async throws -> [String: String] {
        try await experiments().reduce(into: [:]) { $0[$1.id] = $1.name }
    }
}
