import ArgumentParser
import ChurnModel
import Files
import NeuralNetwork
import Reports
import Schema
import Tabular
import Tracking
import Training

/// `retain train`: check, split, fit, evaluate, write the model folder.
struct Train: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Train a model: check, split, fit, evaluate, write the model folder.",
        discussion: """
            Stops with exit code 3 where a feature leaks the target. The same file, schema and seed \
            give the same bytes on any machine.

              retain train customers.csv --output model --html report.html
              MLFLOW_TRACKING_URI=http://127.0.0.1:5000 retain train customers.csv --register churn

            Every run is recorded as MLflow records runs: on the server that MLFLOW_TRACKING_URI names, else in \
            mlflow.db and mlruns of this folder, which `mlflow ui` shows. While the server can't be reached the \
            run is kept here, and `retain sync` sends it later.
            """
    )

    @Argument(help: "A CSV file with a header and the target column, or - for standard input.")
    var data: String

    @OptionGroup var schema: SchemaOption
    @OptionGroup var targetOption: TargetOption

    @Option(help: "Which model (default: retain.yaml's, best).", transform: modelKind)
    var model: ModelKind?

    @Option(parsing: .unconditional, help: "Seed of everything random.")
    var seed: UInt64 = 42

    @Option(
        parsing: .unconditional,
        help:
            "Share of rows held out for the judgement; 0 trains on every row (default: retain.yaml's, 0.3)."
    )
    var test: Double?

    @Option(name: .shortAndLong, help: "The model folder to write; an earlier one is replaced.")
    var output = "model"

    @Option(help: "Also write the report as one HTML file.")
    var html: String?

    @OptionGroup(title: "Cross-validation")
    var folds: FoldOptions

    @Option(help: "Register the model as the next version of this name.")
    var register: String?

    @OptionGroup(title: "Record of the run")
    var recording: RecordingOptions

    @OptionGroup var threads: ThreadOption
    @OptionGroup var asJSON: JSONOption

    func validate() throws {
        guard (0 ... 0.9).contains(test ?? 0) else {
            throw ValidationError("--test must be from 0 to 0.9")
        }
        if let register, let problem = TrackingLimits.problem(withModelName: register) {
            throw ValidationError("--register: \(problem)")
        }
        guard register == nil || !recording.isOff else {
            throw ValidationError("--register needs a record of the run; leave out --no-tracking")
        }
    }

    func run() async throws {
        var (customers, project) = try labelledCustomers(
            data,
            schema,
            targetOption,
            threads: threads.count
        )
        if let model { project.training = project.training.with(model) }
        if let test { project.training.testShare = test }
        guard !folds.isOn else {
            return try folds.run(
                customers,
                project,
                seed: seed,
                threads: threads.count,
                asJSON: asJSON.isOn
            )
        }
        guard html == nil || project.training.testShare > 0 else {
            throw ValidationError("--html needs held-out rows; give --test above 0")
        }
        let outcome = try await recorded(customers, project)
        try save(outcome)
        if asJSON.isOn {
            try say(json(outcome.record))
        } else if let test = outcome.record.test {
            try say(TextReport(ReportContent(outcome.model, outcome.record, test)).text)
        }
        note("Wrote the model to \(output)" + (html.map { " and the report to \($0)" } ?? "") + ".")
    }

    /// Trains, and keeps a record unless that is not wanted.
    private func recorded(
        _ customers: CustomerData,
        _ project: Project
    ) async throws -> TrainingWorkflow.Outcome {
        let interruption = await Interruption.listening()
        func train() throws -> TrainingWorkflow.Outcome {
            let progress = SharedProgressLine()
            defer { progress.end() }
            return try TrainingWorkflow(project, seed: seed, threads: threads.count)
                .run(customers) {
                    try interruption.check()
                    progress.show($0)
                }
        }
        guard !recording.isOff else { return try train() }
        let user = userName(try recording.tracking.configuration())
        let result = try await recording.withRecorder { recorder in
            try await RecordedTraining(
                recorder: recorder,
                user: user,
                runName: recording.runName,
                source: data,
                registeredName: register
            )
            .run(customers, project, seed: seed, train: train)
        }
        if let notice = result.recorded.notice { note(notice) }
        note("Recorded as run \(result.recorded.id) in \(result.recorded.store.address).")
        if let version = result.version {
            note("Registered as version \(version.version) of \(version.name).")
        }
        return result.outcome
    }

    private func save(_ outcome: TrainingWorkflow.Outcome) throws {
        try outcome.save(to: output)
        if let html, let test = outcome.record.test {
            let content = ReportContent(outcome.model, outcome.record, test)
            try AtomicFile.write(Array(HTMLReport(content).document.utf8), to: html)
        }
    }
}

/// Reads the name of a model.
func modelKind(_ name: String) throws -> ModelKind {
    guard let kind = ModelKind(rawValue: name) else {
        let known = ModelKind.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--model \(name): there is no such model; this version has \(known)")
    }
    return kind
}

/// The target, where there is no `retain.yaml` that names it.
struct TargetOption: ParsableArguments {
    @Option(help: "The yes/no column to predict, where there is no retain.yaml.")
    var target: String?

    @Option(help: "Its level that means that the customer left, where it can't be told.")
    var positive: String?
}

/// Reads labelled customers by the schema, or infers one and says so.
func labelledCustomers(
    _ path: String,
    _ schema: SchemaOption,
    _ target: TargetOption,
    threads: Int
) throws -> (CustomerData, Project) {
    if let project = try schema.project() {
        return (
            try CustomerData(path, schema: project.schema, threads: threads), project
        )
    }
    let (data, inferred) = try CustomerData.inferring(
        path,
        SchemaInference(target: target.target, positive: target.positive),
        threads: threads
    )
    note("There is no retain.yaml, so the schema is inferred (`retain init` writes it to a file).")
    inferred.tell(givenTarget: target.target)
    return (data, Project(schema: inferred.schema))
}
