package import Evaluation
import Output
package import Texts

/// What the numbers mean, in sentences that need no statistics.
package struct Verdict {
    private let evaluation: EvaluationReport
    private let language: Language

    /// Puts a report into words.
    package init(evaluation: EvaluationReport, language: Language = .english) {
        self.evaluation = evaluation
        self.language = language
    }

    /// Share of those who leave among all evaluated customers; nil without customers.
    var baseRate: Double? {
        evaluation.rows > 0 ? Double(evaluation.positives) / Double(evaluation.rows) : nil
    }

    /// Share of the customers that are on the list: at or above the threshold.
    var listShare: Double? {
        let matrix = evaluation.confusionAtThreshold
        guard matrix.rows > 0 else { return nil }
        return Double(matrix.truePositives + matrix.falsePositives) / Double(matrix.rows)
    }

    /// How much the list is worth, compared with calling anyone.
    var headline: String {
        guard let baseRate else {
            return language(
                "There are no customers to judge the model by.",
                "Não há clientes pelos quais julgar o modelo."
            )
        }
        guard let precision = evaluation.confusionAtThreshold.precision else {
            return language(
                "At this threshold the model puts nobody on the list.",
                "Com este limiar o modelo não põe ninguém na lista."
            )
        }
        let whole = language.form(.fixed(0))
        let (hits, usual) = (whole.text(precision * 100), whole.text(baseRate * 100))
        return language(
            "Of 100 customers on the list, \(hits) really leave; without the model \(usual).",
            "De 100 clientes da lista, \(hits) saem de fato; sem o modelo, \(usual)."
        )
    }

    /// How long the list is and how many of the leavers it holds.
    var reach: String {
        guard let listShare, let recall = evaluation.confusionAtThreshold.recall else {
            return language(
                "Nobody left, so there is nothing to find.",
                "Ninguém saiu, então não há o que encontrar."
            )
        }
        let percent = language.form(.percent(0))
        let (share, found) = (percent.text(listShare), percent.text(recall))
        return language(
            "The list holds \(share) of the customers and \(found) of all who leave.",
            "A lista tem \(share) dos clientes e \(found) de todos os que saem."
        )
    }

    /// What the list earns and how sure that is, compared with the usual cut.
    var money: String {
        let profit = evaluation.profit
        let amount = language.form(.grouped(2))
        let sure =
            profit.atThreshold.interval?.range.map {
                "95\u{A0}%: \(IntervalText.words($0, .grouped(2), language)); "
            } ?? ""
        let earned = amount.text(profit.atThreshold.profit)
        let threshold = language.form(.fixed(3)).text(evaluation.threshold)
        let (half, everyone) = (
            amount.text(profit.atHalf.profit), amount.text(profit.everyone.profit)
        )
        return language(
            "The list is expected to earn \(earned) per customer (\(sure)threshold \(threshold)); cutting at 0.5 earns \(half), contacting everyone \(everyone).",
            "Espera-se que a lista renda \(earned) por cliente (\(sure)limiar \(threshold)); cortar em 0,5 rende \(half), contatar todos \(everyone)."
        )
    }

    /// What speaks against relying on the numbers.
    package var cautions: [String] { rankingCautions + sizeCautions + moneyCautions }

    private var rankingCautions: [String] {
        guard let auc = evaluation.metrics[.rocAUC] else { return [] }
        var cautions: [String] = []
        if let value = auc.value, value > 0.99 {
            cautions.append(
                language(
                    "ROC AUC is above 0.99: that is rarely skill, more often a column that knows the answer. Look for a leak.",
                    "A ROC AUC passa de 0,99: raramente é mérito, mais vezes é uma coluna que sabe a resposta. Procure um vazamento."
                )
            )
        }
        if let interval = auc.interval, interval.low <= 0.5 {
            cautions.append(
                language(
                    "The interval of ROC AUC reaches 0.5: on these rows the model can't be told from guessing.",
                    "O intervalo da ROC AUC chega a 0,5: nestas linhas o modelo não se distingue do acaso."
                )
            )
        }
        return cautions
    }

    private var sizeCautions: [String] {
        let rarer = min(evaluation.positives, evaluation.rows - evaluation.positives)
        guard rarer < 100 else { return [] }
        return [
            language(
                "Only \(rarer) customers of the rarer class were evaluated: the intervals are wide.",
                "Só \(rarer) \(rarer == 1 ? "cliente" : "clientes") da classe mais rara entraram na avaliação: os intervalos são largos."
            )
        ]
    }

    private var moneyCautions: [String] {
        let list = evaluation.profit.atThreshold
        if list.profit < 0 {
            return [
                language(
                    "At these costs the list loses money: contacting nobody earns 0.",
                    "Com estes custos a lista dá prejuízo: não contatar ninguém rende 0."
                )
            ]
        }
        guard let interval = list.interval, interval.low <= 0, list.share > 0 else { return [] }
        return [
            language(
                "The interval of what the list earns reaches 0: on these rows it can't be told from contacting nobody.",
                "O intervalo do que a lista rende chega a 0: nestas linhas ela não se distingue de não contatar ninguém."
            )
        ]
    }
}

extension SliceResult {
    /// The level for readers.
    func levelName(_ language: Language = .english) -> String {
        level ?? language("(missing)", "(vazio)")
    }
}

extension CampaignProfit {
    /// The cuts that are worth comparing.
    func cuts(_ language: Language = .english) -> [(name: String, point: ProfitPoint)] {
        [
            (language("Chosen", "Escolhido"), atThreshold),
            (language("Cut at 0.5", "Corte em 0,5"), atHalf),
            (language("Everyone", "Todos"), everyone),
            (language("Best in hindsight", "Melhor em retrospecto"), best),
        ]
    }
}
