public import ChurnModel
public import Evaluation
public import Explanation
private import Features
private import NeuralNetwork
import Output
public import Reports
private import Schema
private import Tabular
public import Texts
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
    ///   - language: In which the texts are, for a page; the text report and the model card are English.
    public init(
        _ model: ChurnModel,
        _ record: TrainingRecord,
        _ evaluation: EvaluationReport,
        data: String? = nil,
        reasons: GlobalReasons? = nil,
        language: Language = .english
    ) {
        let (column, positive) = (model.schema.target.column, model.schema.target.positive)
        self.init(
            model: record.settings.model.rawValue,
            modelSummary: model.summary(language),
            data: data ?? record.data.name,
            rowsSummary: data == nil
                ? record.data.heldOutSummary(language) : language("Every row", "Todas as linhas"),
            target: language(
                "the target is \(column) = \(positive)",
                "o alvo é \(column) = \(positive)"
            ),
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
            treeCurve: model.trees == nil ? [] : record.blend?.ensembles[0].curve ?? [],
            columns: model.schema.columns.map { column in
                ReportColumn(
                    column,
                    record.importances.first { $0.column == column.name },
                    trees: model.trees == nil
                        ? nil : record.blend?.gains.first { $0.column == column.name },
                    language
                )
            },
            settings: record.settings.facts(record.adaptation, language)
                + (record.blend?.facts(language) ?? []) + model.schema.dateFacts(language),
            reproduction: record.facts(language),
            warnings: model.schema.features.filter(\.leakAllowed).map {
                language(
                    "\"\($0.name)\" may give the target away; retain.yaml allows it (leak: allowed).",
                    "\"\($0.name)\" pode entregar o alvo; retain.yaml o permite (leak: allowed)."
                )
            },
            language: language
        )
    }
}

extension ChurnModel {
    /// The networks in a line: widths, and how many there are of each.
    fileprivate func summary(_ language: Language) -> String {
        let networks = parts.map { part in
            let architecture = part.network.architecture
            let widths = [architecture.inputs] + architecture.hidden + [1]
            let name = widths.map(String.init).joined(separator: "-")
            return architecture.members == 1 ? name : "\(architecture.members) × \(name)"
        }
        let trees = trees.map { part in
            let counts = part.trees.ensembles.map { "\($0.count)" }
            let count = counts.joined(separator: " + ")
            return language(", and \(count) boosted trees", ", e \(count) árvores com boosting")
        }
        return language("neural network ", "rede neural ")
            + networks.joined(separator: language(" and ", " e ")) + (trees ?? "")
    }
}

extension ReportColumn {
    fileprivate init(
        _ column: ColumnSchema,
        _ importance: ColumnImportance?,
        trees: BlendRecord.ColumnGain?,
        _ language: Language
    ) {
        let gain =
            trees.map {
                let share = language.form(.percent(1)).text($0.share)
                return language(
                    "; \(share) of the trees' gain",
                    "; \(share) do ganho das árvores"
                )
            } ?? ""
        let z = "z = " + language.form(.fixed(1)).text(importance?.z ?? 0)
        let imputed = language("empty fields are imputed", "campos vazios são preenchidos")
        let note =
            switch column.role {
            case .feature where importance?.isKept == false:
                (trees == nil
                    ? language("does not help to predict", "não ajuda a prever")
                    : language("does not help the networks", "não ajuda as redes"))
                    + " (\(z))" + gain
            case .feature where importance != nil:
                language("importance ", "importância ") + z + gain
                    + (column.nulls == .impute ? "; " + imputed : "")
            case .feature: column.nulls == .impute ? imputed : ""
            case .target: language("what the model predicts", "o que o modelo prevê")
            case .identifier: language("names the customer", "nomeia o cliente")
            case .weight:
                language(
                    "how much the row counts in learning",
                    "quanto a linha conta no aprendizado"
                )
            case .leak: language("gives the target away", "entrega o alvo")
            case .constant: language("the same in every row", "igual em todas as linhas")
            case .ignored: language("left out in retain.yaml", "deixada de fora em retain.yaml")
            }
        self.init(
            name: column.name,
            role: column.role.title(language),
            type: column.type.kind.title(language),
            note: note,
            isUsed: column.role == .feature && (trees != nil || importance?.isKept != false)
        )
    }
}

extension Role {
    /// The word for a reader; in English that of retain.yaml.
    fileprivate func title(_ language: Language) -> String {
        switch self {
        case .feature: language(rawValue, "entrada")
        case .target: language(rawValue, "alvo")
        case .identifier: language(rawValue, "identificador")
        case .weight: language(rawValue, "peso")
        case .leak: language(rawValue, "vazamento")
        case .constant: language(rawValue, "constante")
        case .ignored: language(rawValue, "ignorada")
        }
    }
}

extension ColumnType.Kind {
    /// The word for a reader; in English that of retain.yaml.
    fileprivate func title(_ language: Language) -> String {
        switch self {
        case .number: language(rawValue, "número")
        case .boolean: language(rawValue, "sim/não")
        case .levels: language(rawValue, "níveis")
        case .date: language(rawValue, "data")
        case .cycle: language(rawValue, "ciclo")
        case .text: language(rawValue, "texto")
        }
    }
}
