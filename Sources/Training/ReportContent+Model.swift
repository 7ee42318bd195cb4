public import ChurnModel
public import Evaluation
private import Features
private import NeuralNetwork
public import Reports
private import Schema
private import Tabular

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
        let target = model.schema.target
        self.init(
            model: record.settings.model.rawValue,
            modelSummary: model.summary,
            data: data ?? record.data.name,
            rowsSummary: data == nil ? "The rows held out from training" : "Every row",
            target: "the target is \(target.column) = \(target.positive)",
            evaluation: evaluation,
            calibration: record.calibration,
            coverage: data == nil ? record.coverage : nil,
            learningCurve: (record.histories.first?.epochs ?? []).map {
                EpochPoint(
                    epoch: $0.number,
                    trainingLoss: $0.loss,
                    validationLoss: $0.validationLoss
                )
            },
            bestEpoch: record.histories.first?.keptEpoch ?? 0,
            columns: model.schema.columns.map { column in
                ReportColumn(column, record.importances.first { $0.column == column.name })
            },
            settings: record.settings.facts(record.adaptation),
            reproduction: record.facts,
            warnings: model.schema.features.filter(\.leakAllowed).map {
                "\"\($0.name)\" may give the target away; retain.yaml allows it (leak: allowed)."
            }
        )
    }
}

extension ChurnModel {
    /// The networks in a line: widths, and how many there are of each.
    fileprivate var summary: String {
        parts.map { part in
            let architecture = part.network.architecture
            let widths = [architecture.inputs] + architecture.hidden + [1]
            let name = widths.map(String.init).joined(separator: "-")
            return architecture.members == 1 ? name : "\(architecture.members) × \(name)"
        }
        .reduce("neural network ") { $0 + ($0.hasSuffix(" ") ? "" : " and ") + $1 }
    }
}

extension ReportColumn {
    fileprivate init(_ column: ColumnSchema, _ importance: ColumnImportance?) {
        let note =
            switch column.role {
            case .feature where importance?.isKept == false:
                "does not help to predict (z = \((importance?.z ?? 0).fixed(1)))"
            case .feature where importance != nil:
                "importance z = \((importance?.z ?? 0).fixed(1))"
                    + (column.nulls == .impute ? "; empty fields are imputed" : "")
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
            isUsed: column.role == .feature && importance?.isKept != false
        )
    }
}

extension TrainingSettings {
    fileprivate func facts(_ adaptation: RowAdaptation) -> [ReportFact] {
        var facts = [
            ReportFact("Hidden layers", hidden.map(String.init).joined(separator: ", ")),
            ReportFact("Networks side by side", "\(members)"),
            ReportFact("Epochs", "\(adaptation.epochs)"),
            ReportFact("Batch size", "\(loop.batchSize)"),
            ReportFact("Optimiser", "Adam, learning rate \(loop.learningRate)"),
            ReportFact("Validation share", "\(validationShare)"),
            ReportFact("Dropout", "\(dropout)"),
            ReportFact("L2", "\(loop.l2)"),
            ReportFact("Weights kept", loop.restoresBest ? "best epoch" : "last epoch"),
        ]
        let decay = [loop.weightDecay, piecesWeightDecay].filter { $0 > 0 }
        if !decay.isEmpty {
            let text = decay.map { "\($0 * adaptation.decayFactor)" }.joined(separator: ", ")
            facts.append(ReportFact("Weight decay", text))
        }
        return facts
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
