public import ChurnModel
public import Evaluation
private import Features
private import NeuralNetwork
public import Reports
private import Schema

extension ReportContent {
    /// The content of a report on a model.
    ///
    /// - Parameters:
    ///   - model: The model.
    ///   - record: How it came to be.
    ///   - evaluation: How good it is on the rows in question.
    ///   - data: Name of the file whose every row is judged; nil for the rows of the training file
    ///     that were held out.
    public init(
        _ model: ChurnModel,
        _ record: TrainingRecord,
        _ evaluation: EvaluationReport,
        data: String? = nil
    ) {
        let inputs = model.features.encodedNames.count
        let widths = [inputs] + record.settings.hidden + [1]
        let target = model.schema.target
        self.init(
            model: record.settings.model.rawValue,
            modelSummary: "neural network \(widths.map(String.init).joined(separator: "-"))",
            data: data ?? record.data.name,
            rowsSummary: data == nil ? "The rows held out from training" : "Every row",
            target: "the target is \(target.column) = \(target.positive)",
            evaluation: evaluation,
            learningCurve: record.history.epochs.map {
                EpochPoint(
                    epoch: $0.number,
                    trainingLoss: $0.loss,
                    validationLoss: $0.validationLoss
                )
            },
            bestEpoch: record.history.keptEpoch,
            columns: model.schema.columns.map(ReportColumn.init),
            settings: record.settings.facts,
            reproduction: record.facts,
            warnings: model.schema.features.filter(\.leakAllowed).map {
                "\"\($0.name)\" may give the target away; retain.yaml allows it (leak: allowed)."
            }
        )
    }
}

extension ReportColumn {
    fileprivate init(_ column: ColumnSchema) {
        let note =
            switch column.role {
            case .feature: column.nulls == .impute ? "empty fields are imputed" : ""
            case .target: "what the model predicts"
            case .identifier: "names the customer"
            case .leak: "gives the target away"
            case .constant: "the same in every row"
            case .ignored: "left out in retain.yaml"
            }
        self.init(
            name: column.name,
            role: column.role.rawValue,
            type: column.type.kind.rawValue,
            note: note,
            isUsed: column.role == .feature
        )
    }
}

extension TrainingSettings {
    fileprivate var facts: [ReportFact] {
        [
            ReportFact("Hidden layers", hidden.map(String.init).joined(separator: ", ")),
            ReportFact("Epochs", "\(loop.epochs)"),
            ReportFact("Batch size", "\(loop.batchSize)"),
            ReportFact("Optimiser", "Adam, learning rate \(loop.learningRate)"),
            ReportFact("Validation share", "\(validationShare)"),
            ReportFact("Dropout", "\(dropout)"),
            ReportFact("L2", "\(loop.l2)"),
            ReportFact("Weights kept", loop.restoresBest ? "best epoch" : "last epoch"),
        ]
    }
}

extension TrainingRecord {
    fileprivate var facts: [ReportFact] {
        [
            ReportFact("Training file", data.name),
            ReportFact("SHA-256 of the file", data.digest ?? "read from standard input"),
            ReportFact("Rows", "\(data.rows), of which \(data.positives) left"),
            ReportFact(
                "Split",
                "\(data.trainingRows) training, \(data.validationRows) validation, "
                    + "\(data.testRows) test"
            ),
            ReportFact("Seed", "\(seed)"),
            ReportFact("Retain", retainVersion),
        ]
    }
}
