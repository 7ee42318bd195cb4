import Texts

extension CampaignText {
    /// What the list is expected to earn, how surely, and what the hold-out costs and shows.
    var money: String {
        let expected = decision.expected
        let interval = expected.interval
        let (profit, cost) = (amount(expected.profit), amount(expected.cost))
        let most = amount(expected.mostCost)
        var lines = [
            language(
                "Contacting them is expected to earn \(profit) and to cost \(cost), at most \(most) if everyone takes the offer.",
                "Espera-se que contatá-los renda \(profit) e custe \(cost), no máximo \(most) se todos aceitarem a oferta."
            )
        ]
        if let range = interval.calibration, let mean = interval.recalibrated {
            lines.append(
                language(
                    "  if as many leave as customers held out of training suggest   \(amount(mean)), 95 %: \(told(range))",
                    "  se saírem tantos quanto sugerem os clientes fora do treino   \(amount(mean)), 95 %: \(told(range))"
                )
            )
        } else {
            lines.append(
                language(
                    "  how far the probabilities may be off is not known: train the model anew, with rows held out (test_share)",
                    "  não se sabe quanto as probabilidades podem errar: treine o modelo de novo, com linhas de teste (test_share)"
                )
            )
        }
        lines.append(
            language(
                "  if other shares accept the offer than assumed                95 %: \(told(interval.acceptance))",
                "  se outras parcelas aceitarem a oferta do que se supõe        95 %: \(told(interval.acceptance))"
            )
        )
        lines.append(
            language(
                "  Acceptance is the greater unknown: only the campaign itself, against its hold-out, can tell.",
                "  A aceitação é a maior incógnita: só a própria campanha, contra o grupo de controle, pode dizer."
            )
        )
        if decision.holdOut.customers > 0 { lines.append(holdOut) }
        return lines.joined(separator: "\n")
    }

    private var holdOut: String {
        let holdOut = decision.holdOut
        let price = amount(holdOut.price)
        let alone = percent(holdOut.expectedChurn)
        let fallen = percent(holdOut.expectedChurn - holdOut.effect)
        let power = percent(holdOut.power ?? 0)
        let line = language(
            "The hold-out costs \(price) of expected profit. Left alone, \(alone) would leave; a fall to \(fallen), half of what is assumed, shows with a chance of \(power)",
            "O grupo de controle custa \(price) do lucro esperado. Sem contato, \(alone) sairiam; uma queda para \(fallen), metade do que se supõe, aparece com probabilidade de \(power)"
        )
        guard (holdOut.power ?? 0) < 0.8 else { return line + "." }
        guard let fall = holdOut.detectable else {
            return line
                + language(
                    "; with 80 % only nothing would, so few they are.",
                    "; com 80 %, nada apareceria, de tão poucos que são."
                )
        }
        let shown = percent(holdOut.expectedChurn - fall)
        return line
            + language(
                "; with 80 % only a fall to \(shown) would.",
                "; com 80 %, só uma queda para \(shown)."
            )
    }

    /// What to do now.
    var next: String {
        let name = decision.campaign
        let hasHoldOut = decision.holdOut.customers > 0
        var steps = [
            hasHoldOut
                ? language(
                    "contact those on the list, from the top; leave those who are held out alone, whatever happens",
                    "contate os da lista, de cima para baixo; não contate o grupo de controle, aconteça o que acontecer"
                )
                : language(
                    "contact those on the list, from the top",
                    "contate os da lista, de cima para baixo"
                ),
            language(
                "tell the record what became of all of them, contacted or not: retain outcomes FILE",
                "informe ao registro o que foi feito de todos, contatados ou não: retain outcomes ARQUIVO"
            ),
            language(
                "from \(ends) on, \(decision.horizonDays) days after the decision: retain campaign report \(name)",
                "a partir de \(ends), \(decision.horizonDays) dias depois da decisão: retain campaign report \(name) --language pt-BR"
            ),
        ]
        if hasHoldOut, let contacts = decision.constraint.contacts,
            decision.constraint.budget == nil, decision.choice.perContact != nil
        {
            let share = Double(decision.holdOut.customers) / Double(decision.choice.chosen)
            let more = Int((Double(contacts) / (1 - share)).rounded())
            steps.append(
                language(
                    "or, if \(count(contacts)) are to be contacted beside the hold-out, plan with --contacts \(more) under another name, and close this one",
                    "ou, se \(count(contacts)) devem ser contatados além do grupo de controle, planeje com --contacts \(more) sob outro nome e encerre esta"
                )
            )
        }
        if decision.holdOut.asked == nil, (decision.holdOut.power ?? 1) < 0.8 {
            steps.append(
                language(
                    "or, since even half of so few can hardly show the effect, hold out less with --hold-out 0.1 under another name, and close this one",
                    "ou, já que nem a metade de tão poucos mostraria bem o efeito, separe menos com --hold-out 0.1 sob outro nome e encerre esta"
                )
            )
        }
        return language("Next:\n", "A seguir:\n")
            + steps.enumerated().map { "  \($0.offset + 1). \($0.element)" }
            .joined(separator: "\n")
    }

    private func told(_ range: ProfitInterval.Range) -> String {
        let (low, high) = (amount(range.low), amount(range.high))
        return language("\(low) to \(high)", "\(low) a \(high)")
    }
}
