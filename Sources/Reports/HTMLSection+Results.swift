import Charts
import Evaluation
import Markup
import Output
import Texts

/// The sections for those who call, and for those who ask how good the model is.
extension HTMLSection {
    static func calls(_ evaluation: EvaluationReport, _ language: Language) -> HTMLSection {
        let (count, percent) = (language.form(.grouped(0)), language.form(.percent(1)))
        let (three, two) = (language.form(.fixed(3)), language.form(.fixed(2)))
        let left = language.form(evaluation.deciles.positivesFormat)
        let table = HTMLTable(
            caption: language(
                "Deciles of the customers, riskiest first",
                "Decis dos clientes, do maior risco ao menor"
            ),
            columns: [
                .number(language("Decile", "Decil")), .number(language("Customers", "Clientes")),
                .number(language("Left", "Saíram")),
                .number(language("Lowest score", "Menor escore")), .number("Lift"),
                .number(language("Lift so far", "Lift até aqui")),
                .number(language("Leavers found so far", "Saídas encontradas até aqui")),
            ],
            rows: evaluation.deciles.map {
                [
                    "\($0.decile)", count.text($0.rows), left.text($0.positives),
                    three.text($0.lowestScore), two.text($0.lift), two.text($0.cumulativeLift),
                    percent.text($0.cumulativeGain),
                ]
            },
            language: language
        )
        return HTMLSection(
            id: "calls",
            title: language("Whom to call", "Quem contatar"),
            lead: language(
                "How many leavers a list of any length finds, and what it gets wrong.",
                "Quantas saídas uma lista de qualquer tamanho encontra, e onde ela erra."
            ),
            charts: [
                .gain(evaluation, language), .lift(evaluation, language),
                .confusion(evaluation, language),
            ],
            besides: facts(
                language("The list at the threshold", "A lista no limiar"),
                list(evaluation, language),
                language
            ),
            parts: [card(table)]
        )
    }

    private static func list(
        _ evaluation: EvaluationReport,
        _ language: Language
    ) -> [ReportFact] {
        let matrix = evaluation.confusionAtThreshold
        let (count, percent) = (language.form(.grouped(0)), language.form(.percent(1)))
        let three = language.form(.fixed(3))
        return [
            ReportFact(language("Threshold", "Limiar"), three.text(matrix.threshold)),
            ReportFact(
                language("Customers on it", "Clientes na lista"),
                count.text(matrix.truePositives + matrix.falsePositives)
            ),
            ReportFact(
                language("Leavers found", "Saídas encontradas"),
                count.text(matrix.truePositives)
            ),
            ReportFact(
                language("Leavers missed", "Saídas perdidas"),
                count.text(matrix.falseNegatives)
            ),
            ReportFact(
                language("Needless calls", "Contatos desnecessários"),
                count.text(matrix.falsePositives)
            ),
            ReportFact(MetricName.precision.title(language), percent.text(matrix.precision)),
            ReportFact(MetricName.recall.title(language), percent.text(matrix.recall)),
            ReportFact(MetricName.f1.title(language), three.text(matrix.f1)),
        ]
    }

    static func money(_ evaluation: EvaluationReport, _ language: Language) -> HTMLSection {
        let profit = evaluation.profit
        let (amount, percent) = (language.form(.grouped(2)), language.form(.percent(1)))
        let (three, whole) = (language.form(.fixed(3)), language.form(.grouped(0)))
        let table = HTMLTable(
            caption: language("What each cut earns", "Quanto rende cada corte"),
            columns: [
                .text(language("Cut", "Corte")), .number(language("Threshold", "Limiar")),
                .number(language("Called", "Contatados")),
                .number(language("Per customer", "Por cliente")),
                .number(language("95 % interval", "Intervalo de 95 %")),
                .number(language("Per 1,000", "Por 1.000")),
            ],
            rows: profit.cuts(language).map { name, point in
                [
                    name,
                    point.threshold.map { three.text($0) } ?? language("nobody", "ninguém"),
                    percent.text(point.share), amount.text(point.profit),
                    point.interval?.range.map { IntervalText.text($0, amount) }
                        ?? language("none", "nenhum"),
                    whole.text(point.profit * 1000),
                ]
            },
            language: language
        )
        return HTMLSection(
            id: "money",
            title: language("What it earns", "Quanto rende"),
            lead: language(
                "Expected profit per customer, called or not, under the costs of the campaign.",
                "Lucro esperado por cliente, contatado ou não, com os custos da campanha."
            ),
            charts: [.profit(evaluation, language)],
            besides: facts(language("Costs", "Custos"), assumptions(profit, language), language),
            parts: [card(table)]
        )
    }

    private static func assumptions(
        _ profit: CampaignProfit,
        _ language: Language
    ) -> [ReportFact] {
        let costs = profit.costs
        let amount = language.form(.grouped(2))
        var assumptions = [
            ReportFact(
                language("Value of a customer", "Valor de um cliente"),
                amount.text(costs.customerValue)
            ),
            ReportFact(
                language("Cost of an offer", "Custo da oferta"),
                amount.text(costs.offerCost)
            ),
            ReportFact(
                language("Cost of a contact", "Custo de um contato"),
                amount.text(costs.contactCost)
            ),
            ReportFact(
                language("Leavers who accept", "Aceitam, dos que sairiam"),
                language.form(.percent(0)).text(costs.acceptanceRate)
            ),
            ReportFact(
                language("Threshold from costs alone", "Limiar só pelos custos"),
                language.form(.fixed(3)).text(profit.theoreticalThreshold)
            ),
        ]
        if let expected = profit.expectedMaximum {
            let sure = expected.interval?.range.map { " (\(IntervalText.text($0, amount)))" } ?? ""
            let share = language.form(.percent(1)).text(expected.share)
            let earned = amount.text(expected.profit)
            assumptions.append(
                ReportFact(
                    language("Expected maximum profit (EMPC)", "Lucro máximo esperado (EMPC)"),
                    language(
                        "\(earned)\(sure) per customer, calling \(share)",
                        "\(earned)\(sure) por cliente, contatando \(share)"
                    )
                )
            )
        }
        return assumptions
    }

    static func ranking(_ evaluation: EvaluationReport, _ language: Language) -> HTMLSection {
        let table = HTMLTable(
            caption: language("All metrics", "Todas as métricas"),
            columns: [
                .text(language("Metric", "Métrica")), .number(language("Value", "Valor")),
                .number(language("95 % interval", "Intervalo de 95 %")),
                .text(language("What it says", "O que diz")),
            ],
            rows: evaluation.metrics.map { metric in
                let form = language.form(metric.name.format)
                return [
                    metric.name.title(language), form.text(metric.value),
                    metric.interval?.range.map { IntervalText.text($0, form) }
                        ?? language("none", "nenhum"),
                    metric.name.meaning(language),
                ]
            },
            language: language
        )
        return HTMLSection(
            id: "ranking",
            title: language("How well it ranks", "Quão bem ordena"),
            lead: language(
                "Whether leavers score above stayers, whatever the threshold.",
                "Se quem sai tem escore maior que quem fica, seja qual for o limiar."
            ),
            charts: [.roc(evaluation, language), .precisionRecall(evaluation, language)],
            parts: [card(table)]
        )
    }

    static func probabilities(
        _ evaluation: EvaluationReport,
        _ language: Language
    ) -> HTMLSection {
        HTMLSection(
            id: "probabilities",
            title: language("Whether its probabilities hold", "Se as probabilidades se cumprem"),
            lead: language(
                "Money is counted with probabilities, so they have to come true as often as they say.",
                "O dinheiro é contado com probabilidades; por isso elas precisam se cumprir com a frequência que dizem."
            ),
            charts: [.reliability(evaluation, language), .scores(evaluation, language)]
        )
    }
}
