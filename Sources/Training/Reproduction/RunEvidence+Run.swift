public import Tracking

extension RunEvidence {
    /// The tag of a run that names the compiler of its Retain.
    public static let compilerTag = "retain.compiler"

    /// What built this Retain.
    public static var currentCompiler: String {
        #if compiler(>=6.4)
        "Swift 6.4 or later"
        #elseif compiler(>=6.3)
        "Swift 6.3"
        #else
        "Swift 6.2"
        #endif
    }

    /// Reads what a run tells.
    ///
    /// - Parameters:
    ///   - run: The run.
    ///   - project: Its `retain.yaml`; nil where it has none.
    public init(_ run: Run, project: Project?) {
        self.init(
            compiler: run.tags[Self.compilerTag],
            ownCompiler: Self.currentCompiler,
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
