import ChurnModel
import Features
import NeuralNetwork
import Output
import Reports
import Schema
import Texts
import Trees

/// How a model was trained and what it takes to get it again, as a report names it.
extension TrainingSettings {
    func facts(_ adaptation: RowAdaptation, _ language: Language) -> [ReportFact] {
        func fact(_ english: String, _ portuguese: String, _ value: String) -> ReportFact {
            ReportFact(language(english, portuguese), value)
        }
        func number(_ value: some CustomStringConvertible) -> String {
            language.marked(value.description)
        }
        let rate = number(loop.learningRate)
        let kept =
            loop.restoresBest
            ? language("best epoch", "melhor época") : language("last epoch", "última época")
        let widths = hidden.map(String.init).joined(separator: ", ")
        var facts = [
            fact("Hidden layers", "Camadas ocultas", widths),
            fact("Networks side by side", "Redes lado a lado", "\(members)"),
            fact("Epochs", "Épocas", "\(adaptation.epochs)"),
            fact("Batch size", "Tamanho do lote", "\(loop.batchSize)"),
            fact(
                "Optimiser",
                "Otimizador",
                language("Adam, learning rate \(rate)", "Adam, taxa de aprendizado \(rate)")
            ),
            fact("Validation share", "Parcela de validação", number(validationShare)),
            ReportFact("Dropout", number(dropout)),
            ReportFact("L2", number(loop.l2)),
            fact("Weights kept", "Pesos mantidos", kept),
        ]
        let decay = [loop.weightDecay, piecesWeightDecay].filter { $0 > 0 }
        if !decay.isEmpty {
            let values = decay.map { number($0 * adaptation.decayFactor) }
            let text = values.joined(separator: language(", ", "; "))
            facts.append(fact("Weight decay", "Decaimento dos pesos", text))
        }
        return facts
    }
}

extension TrainingRecord.Data {
    func heldOutSummary(_ language: Language) -> String {
        let offered = language(
            ", without customers who got an offer",
            ", sem clientes que receberam oferta"
        )
        return language("The rows held out from training", "As linhas separadas do treino")
            + (treated == nil ? "" : offered)
    }

    fileprivate func weightFact(_ language: Language) -> ReportFact? {
        weight.map {
            let form = language.form(.fixed(2))
            let range =
                $0.least == $0.greatest
                ? "1" : "\(form.text($0.least)) – \(form.text($0.greatest))"
            return ReportFact(
                language("Rows count in learning by", "As linhas contam no aprendizado por"),
                "\($0.column) (\(range); \(language("1 on the mean", "1 na média")))"
            )
        }
    }

    fileprivate func treatedFact(_ language: Language) -> ReportFact? {
        treated.map {
            let weight = language.marked("\($0.weight)")
            let handling =
                $0.weight == 0
                ? language("left out", "deixados de fora")
                : language(
                    "counting \(weight) in learning, not judged on",
                    "contam \(weight) no aprendizado, sem julgamento"
                )
            return ReportFact(
                language("Customers who got an offer", "Clientes que receberam oferta"),
                "\($0.rows) (\(language("column", "coluna")) \($0.column)), \(handling)"
            )
        }
    }
}

extension BlendRecord {
    /// What held-out rows said of networks and trees.
    func facts(_ language: Language) -> [ReportFact] {
        let loss = language.form(.fixed(4))
        let (networks, trees) = (loss.text(networksLogLoss), loss.text(treesLogLoss))
        let together = loss.text(logLoss)
        return [
            ReportFact(
                language("Trees' weight", "Peso das árvores"),
                language.form(.percent(0)).text(treesWeight)
            ),
            ReportFact(
                language("Trees", "Árvores"),
                treesWeight > 0
                    ? ensembles.map { $0.description(language) }.joined(separator: "; ")
                    : language(
                        "left out: rows held out do no better with them",
                        "deixadas de fora: com elas, linhas separadas não vão melhor"
                    )
            ),
            self.networks.map { kept in
                ReportFact(
                    language("Networks read numbers as", "As redes leem números como"),
                    kept.map { $0.name(language) }.joined(separator: ", ")
                )
            },
            ReportFact(
                language("Columns of networks", "Colunas das redes"),
                usesAllColumns
                    ? language("all", "todas") : language("those that help", "as que ajudam")
            ),
            ReportFact(
                language(
                    "Log loss on \(rows) rows held out",
                    "Log loss em \(rows) linhas separadas"
                ),
                language(
                    "networks \(networks), trees \(trees), together \(together)",
                    "redes \(networks); árvores \(trees); juntas \(together)"
                )
            ),
        ].compactMap(\.self)
    }
}

extension FeatureEncoding {
    fileprivate func name(_ language: Language) -> String {
        switch self {
        case .dummies, .scores: language("z-scores", "escores z")
        case .pieces: language("pieces", "trechos")
        }
    }
}

extension BlendRecord.Ensemble {
    fileprivate func description(_ language: Language) -> String {
        if shape == .leafByLeaf {
            return language("\(trees) grown leaf by leaf", "\(trees) crescidas folha a folha")
        }
        let levels = depths.map { "\($0)" }.joined(separator: ", ")
        return gain == .firstOrder
            ? language(
                "\(trees) of \(levels) levels by first-order gain",
                "\(trees) de \(levels) níveis por ganho de primeira ordem"
            )
            : language(
                "\(trees) of \(levels) levels by second-order gain",
                "\(trees) de \(levels) níveis por ganho de segunda ordem"
            )
    }
}

extension TrainingRecord {
    func facts(_ language: Language) -> [ReportFact] {
        [
            ReportFact(language("Training file", "Arquivo de treino"), data.name),
            ReportFact(
                language("SHA-256 of the file", "SHA-256 do arquivo"),
                data.digest ?? language("read from standard input", "lido da entrada padrão")
            ),
            ReportFact(
                language("Rows", "Linhas"),
                language(
                    "\(data.rows), of which \(data.positives) left",
                    "\(data.rows), das quais \(data.positives) saíram"
                )
            ),
            data.unlabelled.map {
                ReportFact(
                    language("Rows left out", "Linhas deixadas de fora"),
                    language(
                        "\($0), whose target does not say who left",
                        "\($0), cujo alvo não diz quem saiu"
                    )
                )
            },
            ReportFact(
                language("Split", "Divisão"),
                language(
                    "\(data.trainingRows) training, \(data.validationRows) validation, \(data.testRows) test",
                    "\(data.trainingRows) treino, \(data.validationRows) validação, \(data.testRows) teste"
                )
            ),
            data.treatedFact(language),
            data.weightFact(language),
            ReportFact(language("Seed", "Semente"), "\(seed)"),
            ReportFact("Retain", retainVersion),
        ].compactMap(\.self)
    }
}

extension Schema {
    /// What dates were counted back from in training.
    func dateFacts(_ language: Language) -> [ReportFact] {
        guard hasDates else { return [] }
        let title = language(
            "Dates are counted back from",
            "Datas são contadas para trás a partir de"
        )
        if let column = dates?.column {
            return [
                ReportFact(
                    title,
                    language(
                        "the column \"\(column)\" of each row",
                        "a coluna \"\(column)\" de cada linha"
                    )
                )
            ]
        }
        guard let day = dates?.trained else { return [] }
        return [ReportFact(title, language("\(day), in training", "\(day), no treino"))]
    }
}
