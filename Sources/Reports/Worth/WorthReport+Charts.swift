import Campaign
import Charts
import Evaluation
import Texts

extension WorthReport {
    /// What can be drawn: both groups' rates, evidence over customers, customers saved by score.
    var charts: [any Chart] {
        [ratesChart, evidenceChart, savedChart].compactMap(\.self)
    }

    private var ratesChart: (any Chart)? {
        let (contact, heldOut) = (worth.contact, worth.heldOut)
        guard contact.matured > 0, heldOut.matured > 0 else { return nil }
        func row(_ name: String, _ arm: ArmTally) -> IntervalChart.Row {
            let interval = ConfidenceInterval.wilson(successes: arm.left, trials: arm.matured)
            return IntervalChart.Row(
                name: name,
                value: Double(arm.left) / Double(arm.matured),
                interval: interval.map { $0.low ... $0.high }
            )
        }
        return IntervalChart(
            title: language("Who left, of the matured", "Quem saiu, dos maturados"),
            summary: language(
                "\(rate(worth.rates.contactedRate)) of the contacted and \(rate(worth.rates.heldOutRate)) of the held-out left; lines are 95 % intervals of each.",
                "Saíram \(rate(worth.rates.contactedRate)) dos contatados e \(rate(worth.rates.heldOutRate)) do controle; as linhas são intervalos de 95 % de cada um."
            ),
            axis: Axis(
                language("share that left", "parcela que saiu"),
                isPercentage: true,
                language: language
            ),
            rows: [row(arms.titles[0], contact), row(arms.titles[1], heldOut)]
        )
    }

    private var evidenceChart: (any Chart)? {
        let path = worth.evidence.path
        guard let last = path.last else { return nil }
        func points(_ value: (RandomisationEvidence.Point) -> Double) -> [PlotPoint] {
            [PlotPoint(0, 0)] + path.map { PlotPoint(Double($0.customers), value($0)) }
        }
        let claim = RandomisationEvidence.powerOfTen(RandomisationEvidence.claim)
        return LineChart(
            title: language(
                "Evidence as customers mature",
                "Evidência à medida que clientes maturam"
            ),
            summary: language(
                "Evidence that it works is \(strength(worth.evidence.worksValue)), that it harms \(strength(worth.evidence.harmsValue)); it counts from 20 on. Blocks in order of score.",
                "A evidência de que funciona é \(strength(worth.evidence.worksValue)), de que faz mal \(strength(worth.evidence.harmsValue)); vale a partir de 20. Blocos em ordem de escore."
            ),
            xAxis: Axis(language("matured customers", "clientes maturados"), language: language),
            yAxis: Axis(
                language("evidence, as a power of ten", "evidência, como potência de dez"),
                language: language
            ),
            series: [
                .init(language("works", "funciona"), points: points(\.powersOfTen.works)),
                .init(
                    language("harms", "faz mal"),
                    points: points(\.powersOfTen.harms),
                    tone: .leave
                ),
                .init(
                    "20",
                    points: [PlotPoint(0, claim), PlotPoint(Double(last.customers), claim)],
                    tone: .muted,
                    isReference: true
                ),
            ]
        )
    }

    private var savedChart: (any Chart)? {
        guard let curve = worth.curve, let end = curve.points.last else { return nil }
        let ends = curve.deciles.compactMap { decile in
            decile.interval.map { (Double(decile.customers), $0) }
        }
        return LineChart(
            title: language("Customers saved by score", "Clientes retidos por escore"),
            summary: language(
                "Contacting the highest scores first; all \(language.number(end.customers)) would save \(language.number(end.saved)). \(language.number(curve.area)) more than in any order on average\(bracketed(curve.areaInterval) { language.number($0) }), p = \(language.number(curve.pValue, decimals: 3)).",
                "Contatando primeiro os escores mais altos; todos os \(language.number(end.customers)) reteriam \(language.number(end.saved)). Em média \(language.number(curve.area)) a mais do que em qualquer ordem\(bracketed(curve.areaInterval) { language.number($0) }), p = \(language.number(curve.pValue, decimals: 3))."
            ),
            xAxis: Axis(
                language("customers, highest score first", "clientes, do maior escore ao menor"),
                language: language
            ),
            yAxis: Axis(language("customers saved", "clientes retidos"), language: language),
            series: [
                .init(
                    language("by score", "por escore"),
                    points: [PlotPoint(0, 0)]
                        + curve.points.map { PlotPoint(Double($0.customers), $0.saved) }
                ),
                .init(
                    language("in any order", "em qualquer ordem"),
                    points: [PlotPoint(0, 0), PlotPoint(Double(end.customers), end.saved)],
                    tone: .muted,
                    isReference: true
                ),
            ],
            band: LineChart.Band(
                lower: ends.map { PlotPoint($0.0, $0.1.low) },
                upper: ends.map { PlotPoint($0.0, $0.1.high) }
            )
        )
    }
}
