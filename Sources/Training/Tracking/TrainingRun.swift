import Charts
private import ChurnModel
private import Evaluation
private import Features
private import Files
private import NeuralNetwork
import Output
private import Reports
private import Schema
public import Tracking
private import Trees

/// What a training run leaves behind for people and programs to look up.
public struct TrainingRun: Sendable {
    private let project: Project
    private let outcome: TrainingWorkflow.Result
    private let source: String
    private let start: Int64
    private let end: Int64

    /// Describes a run.
    ///
    /// - Parameters:
    ///   - project: What it was asked for.
    ///   - outcome: What came of it.
    ///   - source: The customer file as it was named.
    ///   - start: Milliseconds since 1970.
    ///   - end: Milliseconds since 1970.
    public init(
        _ project: Project,
        _ outcome: TrainingWorkflow.Result,
        source: String,
        start: Int64,
        end: Int64
    ) {
        self.project = project
        self.outcome = outcome
        self.source = source
        self.start = start
        self.end = end
    }

    /// Everything of the run.
    ///
    /// - Parameter system: What the machine was busy with.
    /// - Returns: What a store takes.
    /// - Throws: What writing the model's files throws.
    public func content(system: [RunMetric] = []) throws -> RunContent {
        let files = try outcome.files()
        return RunContent(
            batch: RunBatch(
                metrics: history + results + system,
                params: params,
                tags: [
                    "retain.version": RetainVersion.current,
                    "retain.swift": RetainVersion.swift,
                    "mlflow.note.content": outcome.card,
                ]
            ),
            inputs: [input],
            artifacts: try artifacts,
            model: ModelFolderContent(
                files: files.map { ArtifactFile(path: $0.path, bytes: $0.bytes) },
                labelled: ModelFolder.labelled(_:as:)
            ),
            status: .finished,
            end: end
        )
    }

    private var record: TrainingRecord { outcome.record }

    /// Each epoch's loss, from step 0; of the first network under Keras's names.
    private var history: [RunMetric] {
        record.histories.enumerated().flatMap { number, history in
            let prefix = number == 0 ? "" : "network_\(number + 1)/"
            return history.epochs.flatMap { epoch in
                [
                    ("loss", epoch.loss), ("accuracy", epoch.accuracy),
                    ("val_loss", epoch.validationLoss), ("val_accuracy", epoch.validationAccuracy),
                ].compactMap { (name: String, value: Double?) in
                    value.map {
                        RunMetric(
                            prefix + name,
                            $0,
                            timestamp: end,
                            step: Int64(epoch.number - 1)
                        )
                    }
                }
            }
        }
    }

    /// The judgement on rows that training never saw, with intervals, and how long it took.
    private var results: [RunMetric] {
        var values: [(String, Double)] = [("training_seconds", Double(end - start) / 1000)]
        if let last = record.histories.first?.epochs.last {
            // As Keras names what it evaluates at the end.
            if let loss = last.validationLoss { values.append(("validation_loss", loss)) }
            if let accuracy = last.validationAccuracy {
                values.append(("validation_accuracy", accuracy))
            }
        }
        func add(_ name: String, _ value: Double, _ interval: ConfidenceInterval?) {
            values.append((name, value))
            if let interval {
                values += [(name + "_low", interval.low), (name + "_high", interval.high)]
            }
        }
        for metric in record.test?.metrics ?? [] {
            guard let value = metric.value else { continue }
            add("test_" + metric.name.rawValue, value, metric.interval)
        }
        if let blend = record.blend {
            values += [
                ("held_out_log_loss", blend.logLoss),
                ("held_out_log_loss_networks", blend.networksLogLoss),
                ("held_out_log_loss_trees", blend.treesLogLoss),
            ]
        }
        if let list = record.test?.profit.atThreshold {
            add("test_profit", list.profit, list.interval)
        }
        return values.map { RunMetric($0.0, $0.1, timestamp: end) }
    }

    private var params: [String: String] {
        let settings = record.settings
        let own = [
            "model": settings.model.rawValue,
            "seed": "\(record.seed)",
            "hidden": "\(settings.hidden)",
            "members": "\(settings.members)",
            "dropout": "\(settings.dropout)",
            "l2": "\(settings.loop.l2)",
            "weight_decay": "\(settings.loop.weightDecay)",
            "weight_decay_pieces": "\(settings.piecesWeightDecay)",
            "learning_rate": "\(settings.loop.learningRate)",
            "learning_rate_schedule": "\(settings.loop.schedule)",
            "columns": settings.columns.rawValue,
            "trees": "\(settings.usesTrees)",
            "test_share": "\(settings.testShare)",
            "coverage": "\(settings.coverage)",
            "calibration": outcome.model.calibration.method.rawValue,
            "threshold": "\(outcome.model.threshold)",
            "data": record.data.name,
            "data_sha256": record.data.digest ?? "standard input",
            "rows": "\(record.data.rows)",
            "training_rows": "\(record.data.trainingRows)",
            "validation_rows": "\(record.data.validationRows)",
            "test_rows": "\(record.data.testRows)",
        ]
        let trees = record.blend.map {
            [
                "trees_weight": "\($0.treesWeight)",
                "trees_count": $0.ensembles.map { "\($0.trees)" }.joined(separator: ","),
                "trees_gain": $0.ensembles.map(\.gain.rawValue).joined(separator: ","),
                "trees_depths": $0.ensembles.map { "\($0.depths)" }.joined(separator: ","),
                "trees_shape": $0.ensembles.map { ($0.shape ?? .symmetric).rawValue }
                    .joined(separator: ","),
                "networks": ($0.networks ?? []).map(\.rawValue).joined(separator: ","),
            ]
        }
        let dates = outcome.model.schema.dates
        let asOf = dates?.column.map { "column \($0)" } ?? dates?.trained.map(\.description)
        return settings.kerasParameters.merging(own) { $1 }.merging(trees ?? [:]) { $1 }
            .merging(asOf.map { ["as_of": $0] } ?? [:]) { $1 }
            .merging(record.data.weight.map { ["weight_column": $0.column] } ?? [:]) { $1 }
    }

    private var input: DatasetInput {
        let given = project.schema.columns.filter { $0.type.kind != .cycle }
        let columns = given.map { column in
            JSONValue.object([
                ("type", column.type.plainNumbers == nil ? "string" : "double"),
                ("name", .string(column.name)), ("required", .truth(column.nulls == .error)),
            ])
        }
        let rows = record.data.rows
        return DatasetInput(
            name: record.data.name,
            digest: String((record.data.digest ?? "unknown").prefix(36)),
            source: JSONValue.object([("uri", .string(source))]).text(.spaced),
            schema: JSONValue.object([("mlflow_colspec", .array(columns))]).text(.spaced),
            profile: JSONValue.object([
                ("num_rows", .whole(rows)), ("num_elements", .whole(rows * columns.count)),
                ("num_positives", .whole(record.data.positives)),
            ]).text(.spaced),
            context: "train"
        )
    }

    private var artifacts: [ArtifactFile] {
        get throws {
            let yaml = project.schema.yaml(sections: project.sections)
            var files = [
                text("retain.yaml", yaml),
                text("model_summary.txt", outcome.model.summaryTable),
            ]
            guard let test = record.test else { return files }
            let content = ReportContent(outcome.model, record, test)
            files.append(text("report.html", HTMLReport(content).document))
            files.append(text("report.txt", TextReport(content).text + "\n"))
            for chart in ReportChart.all(of: content) {
                files.append(
                    text("plots/\(chart.id).svg", chart.chart.svg(id: chart.id, styled: true))
                )
            }
            return files
        }
    }

    private func text(_ path: String, _ text: String) -> ArtifactFile {
        ArtifactFile(path: path, bytes: Array(text.utf8))
    }
}
