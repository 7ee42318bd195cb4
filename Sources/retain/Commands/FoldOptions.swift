import ArgumentParser
import Evaluation
import Files
import Reports
import Training

/// `--folds` and what goes with it: cross-validation in place of one split.
struct FoldOptions: ParsableArguments {
    @Option(help: "Cross-validate with so many folds instead of writing a model.")
    var folds: Int?

    @Option(help: "Deal the rows to folds anew so many times.")
    var repeats = 1

    @Option(
        help: """
            Cross-validate on the folds of a CSV file: the row's place from 0, then a column for each \
            repetition with the row's fold from 0; a column of 0 and 1 is one split that holds out its 1s.
            """
    )
    var foldFile: String?

    @Option(
        help: "Compare fold by fold with another model (seed, fast, best) or another retain.yaml."
    )
    var against: String?

    var isOn: Bool { folds != nil || foldFile != nil }

    func validate() throws {
        guard folds == nil || foldFile == nil else {
            throw ValidationError("--folds and --fold-file exclude each other")
        }
        guard (folds ?? 2) >= 2, repeats >= 1 else {
            throw ValidationError("--folds must be 2 or more, --repeats 1 or more")
        }
        guard foldFile == nil || repeats == 1 else {
            throw ValidationError("--fold-file has repetitions of its own; leave out --repeats")
        }
        guard isOn || (against == nil && repeats == 1) else {
            throw ValidationError("--repeats and --against go with --folds or --fold-file")
        }
    }

    /// Cross-validates and prints the table.
    func run(
        _ customers: CustomerData,
        _ project: Project,
        seed: UInt64,
        threads: Int,
        asJSON: Bool,
        settings: (ModelKind) throws -> TrainingSettings
    ) throws {
        let plan =
            if let foldFile {
                try FoldPlan(file: foldFile, rows: customers.labels.count)
            } else {
                FoldPlan(
                    labels: customers.labels,
                    folds: folds ?? 5,
                    repeats: repeats,
                    seed: seed
                )
            }
        func validate(_ project: Project) throws -> CrossValidation {
            let activity = Activity(TrainingProgress.Stage.validating.rawValue)
            activity.tell(project.training.model.rawValue)
            return try showing(activity) {
                try CrossValidation(
                    customers,
                    project: project,
                    plan: plan,
                    seed: seed,
                    threads: threads
                ) {
                    activity.tell($0)
                }
            }
        }
        let first = try validate(project)
        guard let against else {
            return try say(
                asJSON
                    ? json(first)
                    : FoldsText(first.configuration(named: first.model.rawValue)).text
            )
        }
        let second = try validate(try other(project, against, settings))
        let comparisons = try first.compared(with: second)
        if asJSON {
            try say(json(FoldsComparison(first, second, comparisons)))
        } else {
            try say(
                FoldsText(
                    first.configuration(named: first.model.rawValue),
                    against: second.configuration(named: against),
                    comparisons: comparisons
                ).text
            )
        }
    }

    /// The project with the other model's settings, or those of another file.
    private func other(
        _ project: Project,
        _ name: String,
        _ settings: (ModelKind) throws -> TrainingSettings
    ) throws -> Project {
        var other = project
        if let kind = ModelKind(rawValue: name) {
            other.training = try settings(kind)
            return other
        }
        let bytes = try BlockReader.contents(of: name)
        other.training =
            try Project(yaml: String(decoding: bytes, as: UTF8.self), file: name)
            .training
        return other
    }
}

/// What `--against --json` prints.
private struct FoldsComparison: Encodable {
    let first: CrossValidation
    let second: CrossValidation
    let differences: [String: PairedComparison]

    init(
        _ first: CrossValidation,
        _ second: CrossValidation,
        _ comparisons: [(metric: MetricName, comparison: PairedComparison)]
    ) {
        self.first = first
        self.second = second
        differences = Dictionary(
            uniqueKeysWithValues: comparisons.map { ($0.metric.rawValue, $0.comparison) }
        )
    }
}
