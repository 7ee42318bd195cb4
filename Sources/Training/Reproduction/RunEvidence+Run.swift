private import ChurnModel
public import Tracking

extension RunEvidence {
    /// Reads what a run tells.
    ///
    /// - Parameters:
    ///   - run: The run.
    ///   - project: Its `retain.yaml`; nil where it has none.
    public init(_ run: Run, project: Project?) {
        self.init(
            compiler: run.tags["retain.swift"].map { "Swift \($0)" },
            ownCompiler: "Swift \(RetainVersion.swift)",
            commit: run.tags["mlflow.source.git.commit"],
            project: project
        )
    }
}

extension RunStore {
    /// The `retain.yaml` among a run's artifacts; nil where there is none that this Retain can read.
    ///
    /// It only helps to explain a difference, so a fault in it is none of the run's reproduction.
    ///
    /// - Throws: `TrackingError`.
    public func settings(of run: Run) async throws -> Project? {
        let bytes: [UInt8]
        do {
            bytes = try await artifact(at: "retain.yaml", in: run.info.id)
        } catch let error as TrackingError where error.kind == .notFound {
            return nil
        }
        return try? Project(
            yaml: String(decoding: bytes, as: UTF8.self),
            file: "retain.yaml of run \(run.info.id)"
        )
    }
}
