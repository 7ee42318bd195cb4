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
            Stops with exit code 3 where a feature leaks the target. The same file, schema and seed give the same bytes on \
            any number of threads. Where `retraining` in retain.yaml names a treated_column, customers who got an offer \
            are left out, or count less in learning; nobody is judged by them.

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
    @OptionGroup var asOf: AsOfOption

    @Option(help: "Which model (default: retain.yaml's, best).", transform: modelKind)
    var model: ModelKind?

    @Option(parsing: .unconditional, help: "Random seed: the same one gives the same bytes.")
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

    @OptionGroup var language: PageLanguageOption

    @OptionGroup(title: "Cross-validation")
    var folds: FoldOptions

    @Option(help: "Register the model as the next version of this name.")
    var register: String?

    @OptionGroup(title: "Record of the run")
    var recording: RecordingOptions

    @OptionGroup var encoding: EncodingOption
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
        guard !folds.isOn || (register == nil && html == nil) else {
            throw ValidationError(
                "cross-validation makes no model; leave out --register and --html, or --folds"
            )
        }
    }

    func run() async throws {
        if !folds.isOn { try checkPlaces() }
        var (material, project) = try trainingMaterial(
            data,
            schema,
            targetOption,
            model: model,
            asOf: asOf.day,
            threads: threads.count,
            encoding: encoding.choice
        )
        try asOf.check(project.schema)
        if let asOf = material.data.asOf { note(asOf.note + asOf.doubt(on: .today)) }
        try schema.tell(of: model)
        if let sentence = material.data.outside.sentence { note(sentence) }
        if let test { project.training.testShare = test }
        guard !folds.isOn else {
            noteThatTreatedCount(project, "cross-validation")
            return try folds.run(
                material.data,
                project,
                seed: seed,
                threads: threads.count,
                asJSON: asJSON.isOn
            ) { kind in
                try schema.project(model: kind)?.training ?? TrainingSettings(kind)
            }
        }
        guard html == nil || project.training.testShare > 0 else {
            throw ValidationError("--html needs held-out rows; give --test above 0")
        }
        if let treated = material.treated { note(treated.note(weight: material.treatedWeight)) }
        let outcome = try await recorded(material, project)
        for warning in try outcome.leverWarnings { note("Note: \(warning).") }
        if asJSON.isOn {
            try say(json(outcome.record))
        } else if let test = outcome.record.test {
            try say(TextReport(ReportContent(outcome.model, outcome.record, test)).text)
        }
        note("Wrote the model to \(output)" + (html.map { " and the report to \($0)" } ?? "") + ".")
    }

    /// Trains, and keeps a record unless that is not wanted.
    private func recorded(
        _ material: TrainingMaterial,
        _ project: Project
    ) async throws -> TrainingWorkflow.Result {
        func train() throws -> TrainingWorkflow.Result {
            try showingTraining { onProgress in
                try TrainingWorkflow(project, seed: seed, threads: threads.count)
                    .run(material, onProgress: onProgress)
            }
        }
        guard !recording.isOff else {
            let outcome = try train()
            do { _ = try save(outcome) } catch let error where !(error is StillKept) {
                guard let place = try? outcome.rescue() else { throw error }
                throw StillKept(error, "The model is written to \(place) all the same.")
            }
            return outcome
        }
        let user = userName(try recording.tracking.configuration())
        let result = try await recording.withRecorder { recorder in
            try await RecordedTraining(
                recorder: recorder,
                user: user,
                runName: recording.runName,
                source: data,
                registeredName: register
            )
            .run(material.data, project, seed: seed, train: train, keep: save)
        }
        if let notice = result.recorded.notice { note(notice) }
        note("Recorded as run \(result.recorded.id) in \(result.recorded.store.address).")
        if let version = result.version {
            note("Registered as version \(version.version) of \(version.name).")
        }
        return result.outcome
    }

    /// Makes sure that what training comes to can be written, before it begins.
    private func checkPlaces() throws {
        try ModelFolder.check(output)
        if let html { _ = try AtomicFile(html) }
    }

    /// Writes the model and the report; returns where the model is.
    private func save(_ outcome: TrainingWorkflow.Result) throws -> String? {
        try outcome.save(to: output)
        do {
            if let html, let test = outcome.record.test {
                let content = ReportContent(
                    outcome.model,
                    outcome.record,
                    test,
                    language: language.choice
                )
                try AtomicFile.write(Array(HTMLReport(content).document.utf8), to: html)
            }
        } catch {
            throw StillKept(error, "The model is written to \(output) all the same.")
        }
        return output
    }
}

/// Trains, and shows on a terminal how far that is; it ends where someone asks the program to end.
func showingTraining<Value>(
    _ train: (@escaping @Sendable (TrainingProgress) throws -> Void) throws -> Value
) rethrows -> Value {
    let activity = Activity("preparing")
    return try showing(activity) {
        try train { progress in
            try Interruption.shared.check()
            activity.tell(progress)
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

/// Reads what to train on: labelled customers as below, and who of them was treated, where `retain.yaml` names the
/// column that says so.
func trainingMaterial(
    _ path: String,
    _ schema: SchemaOption,
    _ target: TargetOption,
    model: ModelKind?,
    asOf: Day? = nil,
    threads: Int,
    encoding: TextEncoding?
) throws -> (TrainingMaterial, Project) {
    guard var project = try schema.project(model: model),
        let column = project.retraining.treatedColumn
    else {
        let (data, project) = try labelledCustomers(
            path,
            schema,
            target,
            model: model,
            asOf: asOf,
            threads: threads,
            encoding: encoding
        )
        return (TrainingMaterial(data), project)
    }
    try target.check(project.schema, in: schema.name)
    project.schema = project.schema.counting(from: asOf)
    let file = try showing(Activity("reading", through: path)) {
        try CustomerFile(path, threads: threads, encoding: encoding).labelled(by: project.schema)
    }
    note(file.remarks, of: path)
    let data = try CustomerData(file, schema: project.schema)
    noteUnused(data, project.schema)
    let material = TrainingMaterial(
        data,
        treated: try TreatedCustomers(in: file, by: column),
        treatedWeight: project.retraining.treatedWeight
    )
    return (material, project)
}

/// Says that work which compares models does not ask who was treated.
func noteThatTreatedCount(_ project: Project, _ work: String) {
    guard let column = project.retraining.treatedColumn else { return }
    note("In \(work), customers who got an offer (\(column)) count like any other.")
}

extension TreatedCustomers {
    /// What becomes of them, in a line.
    fileprivate func note(weight: Double) -> String {
        let handling =
            weight == 0
            ? "are left out" : "count \(weight) in learning, and nobody is judged by them"
        let rest = unknown == 0 ? "" : "; \(unknown) rows do not say and count as untreated"
        return "\(count) customers who got an offer (\(column)) \(handling)\(rest)."
    }
}

/// Reads labelled customers by the schema, or infers one and says so.
func labelledCustomers(
    _ path: String,
    _ schema: SchemaOption,
    _ target: TargetOption,
    model: ModelKind?,
    asOf: Day? = nil,
    threads: Int,
    encoding: TextEncoding?
) throws -> (CustomerData, Project) {
    let activity = Activity("reading", through: path)
    defer { activity.end() }
    if var project = try schema.project(model: model) {
        try target.check(project.schema, in: schema.name)
        project.schema = project.schema.counting(from: asOf)
        let data = try CustomerData(
            path,
            schema: project.schema,
            threads: threads,
            encoding: encoding
        )
        activity.end()
        note(data.remarks, of: path)
        noteUnused(data, project.schema)
        return (data, project)
    }
    let (data, inferred) = try CustomerData.inferring(
        path,
        target.inference,
        asOf: asOf,
        threads: threads,
        encoding: encoding
    )
    activity.end()
    note(data.remarks, of: path)
    note("There is no retain.yaml, so the schema is inferred (`retain init` writes it to a file).")
    inferred.tell(givenTarget: target.target)
    return (
        data,
        Project(
            schema: inferred.schema.counting(from: asOf),
            training: TrainingSettings(model ?? .best)
        )
    )
}
