import ChurnModel
import Evaluation
import Schema
public import Tracking
public import Training

/// What a run tells of its making beside the model folder.
public struct RunEvidence: Equatable, Sendable {
    /// The compiler that built the Retain of the run; nil where it is not told.
    public var compiler: String?
    /// The compiler that built this Retain; nil where it is not told.
    public var ownCompiler: String?
    /// The commit that the run was started from; nil where it is not told.
    public var commit: String?
    /// The run's `retain.yaml`; nil where it has none.
    public var project: Project?

    /// Creates evidence.
    public init(
        compiler: String? = nil,
        ownCompiler: String? = nil,
        commit: String? = nil,
        project: Project? = nil
    ) {
        self.compiler = compiler
        self.ownCompiler = ownCompiler
        self.commit = commit
        self.project = project
    }

    /// Why training anew gives another model although the data is the same.
    func cause(
        of record: TrainingRecord,
        schema: Schema,
        costs: CampaignCosts
    ) -> (ReproductionReport.Cause, String) {
        let source = commit.map { "; the run was started from commit \($0)" } ?? ""
        guard record.retainVersion == RetainVersion.current else {
            return (
                .version,
                "the run was made by Retain \(record.retainVersion), this is \(RetainVersion.current);"
                    + " reproduce it with that version\(source)"
            )
        }
        if let compiler, let ownCompiler, compiler != ownCompiler {
            return (
                .version,
                "the run's Retain was built by \(compiler), this one by \(ownCompiler); reproduce it with"
                    + " that build\(source)"
            )
        }
        if let project {
            let parts = [
                ("training", project.training == record.settings),
                ("costs", project.costs == costs),
                ("columns", project.schema.withoutDays == schema.withoutDays),
            ].filter { !$0.1 }.map(\.0)
            if !parts.isEmpty {
                return (
                    .settings,
                    "the run's retain.yaml does not say what its model folder recorded"
                        + " (\(parts.joined(separator: ", "))): one of them was changed after training"
                )
            }
        }
        return (
            .model,
            "data, version and settings are those of the run: the model was changed after training, or"
                + " one of the two builds of Retain \(record.retainVersion) is not the released one\(source)"
        )
    }
}

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
