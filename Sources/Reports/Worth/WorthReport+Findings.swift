import Campaign
import Evaluation
import Texts

extension WorthReport {
    /// What was found, the most important first.
    public var findings: [String] {
        [saved, earned, evidence, test, adjusted, byScore].compactMap(\.self)
    }

    private var saved: String? {
        guard let difference = worth.rates.difference, let saved = worth.rates.saved else {
            return nil
        }
        let contacted = language.number(worth.rates.contacted)
        guard worth.isFinished else {
            let lead = language(
                "So far \(rate(worth.rates.contactedRate)) of the contacted left, and \(rate(worth.rates.heldOutRate)) of the held-out.",
                "Até agora saíram \(rate(worth.rates.contactedRate)) dos contatados e \(rate(worth.rates.heldOutRate)) do grupo de controle."
            )
            guard let mean = worth.sequence.mean, let interval = worth.sequence.interval else {
                return lead
            }
            let fewer = bracketed(interval.negated, anyTime: true, points)
            return lead
                + language(
                    " With the scores taken into account, contacting lowers the share by \(points(-mean)) points\(fewer).",
                    " Levando os escores em conta, o contato reduz a parcela em \(points(-mean)) pontos\(fewer)."
                )
        }
        let interval = bracketed(worth.rates.savedInterval) { language.number($0) }
        return language(
            "Customers saved: \(language.number(saved)) of \(contacted) contacted\(interval). The share that left is \(points(-difference)) points lower.",
            "Clientes retidos: \(language.number(saved)) de \(contacted) contatados\(interval). A parcela que saiu é \(points(-difference)) pontos menor."
        )
    }

    private var earned: String? {
        guard let found = worth.money else { return nil }
        let planned = money(found.plannedPerContacted)
        if worth.isFinished {
            let interval = bracketed(found.totalInterval, money)
            return language(
                "Money earned, costs taken off: \(money(found.total))\(interval), \(money(found.perContacted)) for each contacted customer; \(planned) was planned.",
                "Dinheiro ganho, descontados os custos: \(money(found.total))\(interval), \(money(found.perContacted)) por cliente contatado; o plano era \(planned)."
            )
        }
        let sequence = worth.moneySequence
        guard let mean = sequence.mean, sequence.interval != nil else { return nil }
        let interval = bracketed(sequence.interval, anyTime: true, money)
        return language(
            "So far each contacted customer brought \(money(mean)) more than had it been left alone, costs taken off\(interval); \(planned) was planned.",
            "Até agora cada cliente contatado trouxe \(money(mean)) a mais do que sem contato, descontados os custos\(interval); o plano era \(planned)."
        )
    }

    private var evidence: String? {
        guard worth.evidence.blocks > 0 else { return nil }
        let customers = language.number(worth.evidence.customers)
        let works = strength(worth.evidence.worksValue)
        let harms = strength(worth.evidence.harmsValue)
        return language(
            "Evidence that it works: \(works); that it harms: \(harms). From 20 on it counts, on whatever day one looks (\(customers) customers of finished blocks).",
            "Evidência de que funciona: \(works); de que faz mal: \(harms). A partir de 20 ela vale, em qualquer dia que se olhe (\(customers) clientes de blocos completos)."
        )
    }

    private var test: String? {
        let (harms, works) = (worth.harmsTest, worth.worksTest)
        let difference = worth.rates.difference ?? 0
        guard let test = difference > 0 ? harms : works else { return nil }
        let chance = small(test.pValue)
        let name = test.name == .boschloo ? "Boschloo" : "Fisher"
        return language(
            "So large a difference arises by chance alone with a probability of \(chance) (\(name)'s exact test, one-sided).",
            "Uma diferença tão grande surge só por acaso com probabilidade de \(chance) (teste exato de \(name), unilateral)."
        )
    }

    private var adjusted: String? {
        guard let lin = worth.adjusted?.lin else { return nil }
        let reach = 1.959963984540054 * lin.standardError
        let interval = ConfidenceInterval(
            low: -lin.difference - reach,
            high: -lin.difference + reach
        )
        return language(
            "With the scores taken into account, the share is \(points(-lin.difference)) points lower\(bracketed(interval, points)).",
            "Levando os escores em conta, a parcela é \(points(-lin.difference)) pontos menor\(bracketed(interval, points))."
        )
    }

    private var byScore: String? {
        guard worth.matured > 0 else { return nil }
        guard let curve = worth.curve else {
            let least = language.number(SavedCurve.least)
            return language(
                "Whom it saves by score is shown from \(least) matured customers on; so far there are \(language.number(worth.matured)).",
                "Quem é retido por escore aparece a partir de \(least) clientes maturados; até agora há \(language.number(worth.matured))."
            )
        }
        let chance = small(curve.pValue)
        return curve.pValue <= 0.05
            ? language(
                "High scores are saved more than low ones (p = \(chance)).",
                "Escores altos são retidos mais do que os baixos (p = \(chance))."
            )
            : language(
                "Whether high scores are saved more than low ones can't be told (p = \(chance)).",
                "Não se pode dizer se escores altos são retidos mais do que os baixos (p = \(chance))."
            )
    }

    func rate(_ value: Double?) -> String { value.map { language.percent($0, decimals: 1) } ?? "–" }

    /// An e-value: what is far from 20 needs no digits.
    func strength(_ value: Double) -> String {
        guard value < 100_000 else {
            return language("over 100,000", "acima de 100.000")
        }
        return language.number(value, decimals: value < 9.95 ? 1 : 0)
    }

    private func small(_ chance: Double) -> String {
        chance < 0.001
            ? language("under 0.1 %", "menos de 0,1 %") : language.percent(chance, decimals: 1)
    }
}

extension ConfidenceInterval {
    /// Of the number with the other sign.
    var negated: ConfidenceInterval { ConfidenceInterval(low: -high, high: -low) }
}
