public import ChurnModel
public import Evaluation
public import Explanation
private import Features
private import NeuralNetwork
import Output
public import Reports
private import Schema
private import Tabular
private import Trees

extension ReportContent {
    /// The content of a report on a model.
    ///
    /// - Parameters:
    ///   - model: The model.
    ///   - record: How it came to be.
    ///   - evaluation: How good it is on the rows in question.
    ///   - data: Name of the file whose every row is judged; nil for the rows of the training file
    ///     that were held out.
    ///   - reasons: Which columns move the scores of these rows most; nil where that is not known.
    public init(
        _ model: ChurnModel,
        _ record: TrainingRecord,
        _ evaluation: EvaluationReport,
        data: String? = nil,
        reasons: GlobalReasons? = nil
    ) {
        let target = model.schema.target
        self.init(
            model: record.settings.model.rawValue,
            modelSummary: model.summary,
            data: data ?? record.data.name,
            rowsSummary: data == nil ? record.data.heldOutSummary : "Every row",
            target: "the target is \(target.column) = \(target.positive)",
            evaluation: evaluation,
            calibration: record.calibration,
            coverage: data == nil ? record.coverage : nil,
            reasons: reasons,
            learningCurve: (record.histories.first?.epochs ?? []).map {
                EpochPoint(
                    epoch: $0.number,
                    trainingLoss: $0.loss,
                    validationLoss: $0.validationLoss
                )
            },
            bestEpoch: record.histories.first?.keptEpoch ?? 0,
            treeCurve: record.blend?.ensembles[0].curve ?? [],
            columns: model.schema.columns.map { column in
                ReportColumn(
                    column,
                    record.importances.first { $0.column == column.name },
                    trees: model.trees == nil
                        ? nil : record.blend?.gains.first { $0.column == column.name }
                )
            },
            settings: record.settings.facts(record.adaptation) + (record.blend?.facts ?? [])
                + model.schema.dateFacts,
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
            + (trees.map { part in
                let ensembles = part.trees.ensembles
                return ", and \(ensembles.count) × \(ensembles[0].count) boosted trees"
            } ?? "")
    }
}

extension ReportColumn {
    fileprivate init(
        _ column: ColumnSchema,
        _ importance: ColumnImportance?,
        trees: BlendRecord.ColumnGain?
    ) {
        let gain =
            trees.map { "; \(NumberFormat.percent(1).text($0.share)) of the trees' gain" } ?? ""
        let note =
            switch column.role {
            case .feature where importance?.isKept == false:
                (trees == nil ? "does not help to predict" : "does not help the networks")
                    + " (z = \(NumberFormat.fixed(1).text(importance?.z ?? 0)))" + gain
            case .feature where importance != nil:
                "importance z = \(NumberFormat.fixed(1).text(importance?.z ?? 0))"
                    + gain + (column.nulls == .impute ? "; empty fields are imputed" : "")
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
            isUsed: column.role == .feature && (trees != nil || importance?.isKept != false)
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

extension TrainingRecord.Data {
    fileprivate var heldOutSummary: String {
        "The rows held out from training"
            + (treated == nil ? "" : ", without customers who got an offer")
    }

    fileprivate var treatedFact: ReportFact? {
        treated.map {
            ReportFact(
                "Customers who got an offer",
                "\($0.rows) (column \($0.column)), "
                    + ($0.weight == 0
                        ? "left out" : "counting \($0.weight) in learning, not judged on")
            )
        }
    }
}

extension BlendRecord {
    /// What held-out rows said of networks and trees.
    fileprivate var facts: [ReportFact] {
        let loss = NumberFormat.fixed(4)
        return [
            ReportFact("Trees' weight", NumberFormat.percent(0).text(treesWeight)),
            ReportFact("Trees", ensembles.map(\.description).joined(separator: "; ")),
            ReportFact("Columns of networks", usesAllColumns ? "all" : "those that help"),
            ReportFact(
                "Log loss on \(rows) rows held out",
                "networks \(loss.text(networksLogLoss)), trees \(loss.text(treesLogLoss)), "
                    + "together \(loss.text(logLoss))"
            ),
        ]
    }
}

extension BlendRecord.Ensemble {
    fileprivate var description: String {
        let levels = depths.map { "\($0)" }.joined(separator: ", ")
        let order = gain == .firstOrder ? "first" : "second"
        return "\(trees) of \(levels) levels by \(order)-order gain"
    }
}

extension TrainingRecord {
    fileprivate var facts: [ReportFact] {
        [
            ReportFact("Training file", data.name),
            ReportFact("SHA-256 of the file", data.digest ?? "read from standard input"),
            ReportFact("Rows", "\(data.rows), of which \(data.positives) left"),
            data.unlabelled.map {
                ReportFact("Rows left out", "\($0), whose target does not say who left")
            },
            ReportFact(
                "Split",
                "\(data.trainingRows) training, \(data.validationRows) validation, "
                    + "\(data.testRows) test"
            ),
            data.treatedFact,
            ReportFact("Seed", "\(seed)"),
            ReportFact("Retain", retainVersion),
        ].compactMap(\.self)
    }
}

extension Schema {
    /// What dates were counted back from in training.
    fileprivate var dateFacts: [ReportFact] {
        guard hasDates else { return [] }
        if let column = dates?.column {
            return [
                ReportFact("Dates are counted back from", "the column \"\(column)\" of each row")
            ]
        }
        guard let day = dates?.trained else { return [] }
        return [ReportFact("Dates are counted back from", "\(day), in training")]
    }
}
