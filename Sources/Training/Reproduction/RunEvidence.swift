import ChurnModel
import Evaluation
import Schema

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
                ("columns", project.schema == schema),
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
