import ChurnModel
import Evaluation
import Schema
import Tabular
import Training

/// The judged rows as both models see them.
struct GateRows: Sendable {
    let challenger: ChurnModel
    let own: CustomerData
    /// The challenger's probabilities and threshold.
    let scores: PairedBootstrap.Scores
    /// The champion's; nil where there is none.
    let champion: PairedBootstrap.Scores?

    init(
        challenger: ChurnModel,
        champion: ChurnModel?,
        own: CustomerData,
        other: CustomerData?
    ) throws {
        self.challenger = challenger
        self.own = own
        scores = try challenger.scores(of: own.table)
        self.champion = try champion.flatMap { model in
            try other.map { try model.scores(of: $0.table) }
        }
    }

    var labels: [Bool] { own.labels }
}

extension ChurnModel {
    fileprivate func scores(of table: Table) throws -> PairedBootstrap.Scores {
        PairedBootstrap.Scores(
            probabilities: try predict(table).map(Double.init),
            threshold: threshold
        )
    }
}

extension PromotionGate {
    func leakCheck(_ rows: GateRows) -> GateCheck {
        do {
            try LeakGate.check(
                rows.own.table,
                labels: rows.labels,
                schema: rows.challenger.schema
            )
        } catch {
            return GateCheck(
                .noLeak,
                value: Double(error.findings.count),
                side: .atMost,
                bound: 0,
                passed: false,
                error.findings.map(\.description).joined(separator: "; ")
            )
        }
        return GateCheck(
            .noLeak,
            value: 0,
            side: .atMost,
            bound: 0,
            passed: true,
            "no feature alone tells who left"
        )
    }

    func aucCheck(_ rows: GateRows) throws -> GateCheck {
        let metrics = try headlineMetrics(
            labels: rows.labels,
            probabilities: rows.scores.probabilities
        )
        let auc = metrics[.rocAUC]?.value ?? 0.5
        let passed = auc <= bounds.maxAUC
        return GateCheck(
            .auc,
            value: auc,
            side: .atMost,
            bound: bounds.maxAUC,
            passed: passed,
            passed
                ? "not too good to be true"
                : "too good to be true: the features together give the target away; look for columns"
                    + " written after the customer left and exclude them with role: leak"
        )
    }

    func championChecks(_ rows: GateRows) throws -> [GateCheck] {
        guard let champion = rows.champion else { return try baseRateChecks(rows) }
        let comparison = try PairedBootstrap(
            rows.scores,
            champion,
            labels: rows.labels,
            costs: costs ?? rows.challenger.costs,
            seed: seed
        )
        let isWorse = comparison.logLoss.interval.low > bounds.toleranceLogLoss
        let earnsLess = comparison.profit.interval.high < -bounds.toleranceProfit
        return [
            GateCheck(
                .logLoss,
                comparison.logLoss,
                side: .atMost,
                bound: bounds.toleranceLogLoss,
                passed: !isWorse,
                isWorse
                    ? "its probabilities are worse than the champion's on the same rows"
                    : "not worse than the champion on the same rows"
            ),
            GateCheck(
                .profit,
                comparison.profit,
                side: .atLeast,
                bound: bounds.toleranceProfit == 0 ? 0 : -bounds.toleranceProfit,
                passed: !earnsLess,
                earnsLess
                    ? "a campaign by it earns less per customer than one by the champion"
                    : "a campaign by it earns no less per customer than one by the champion"
            ),
        ]
    }

    /// Where there is no champion, the share of leavers stands in for one.
    private func baseRateChecks(_ rows: GateRows) throws -> [GateCheck] {
        let rate = Double(rows.labels.count { $0 }) / Double(rows.labels.count)
        let comparison = try PairedBootstrap(
            rows.scores,
            PairedBootstrap.Scores(
                probabilities: rows.labels.map { _ in rate },
                threshold: rows.scores.threshold
            ),
            labels: rows.labels,
            costs: costs ?? rows.challenger.costs,
            seed: seed
        )
        let isBetter = comparison.logLoss.interval.high < 0
        let earnsLess = comparison.profit.interval.high < -bounds.toleranceProfit
        return [
            GateCheck(
                .logLoss,
                comparison.logLoss,
                side: .below,
                bound: 0,
                passed: isBetter,
                isBetter
                    ? "no champion yet; better than giving everyone the share of leavers"
                    : "no champion yet, and not surely better than giving everyone the share of leavers"
            ),
            GateCheck(
                .profit,
                comparison.profit,
                side: .atLeast,
                bound: bounds.toleranceProfit == 0 ? 0 : -bounds.toleranceProfit,
                passed: !earnsLess,
                earnsLess
                    ? "no champion yet, but a campaign without a model earns more per customer"
                    : "no champion yet; earns no less than a campaign without a model"
            ),
        ]
    }

    func calibrationChecks(_ rows: GateRows) throws -> [GateCheck] {
        let report = try evaluate(
            labels: rows.labels,
            probabilities: rows.scores.probabilities,
            threshold: rows.scores.threshold,
            costs: costs ?? rows.challenger.costs,
            seed: seed
        )
        let error = report.metrics[.ece]
        let isWrong =
            (error?.interval?.low ?? error?.value ?? 1) > bounds.maxCalibrationError
        let sum = try CalibrationInTheLarge(
            labels: rows.labels,
            probabilities: rows.scores.probabilities
        )
        let bound = bounds.maxCalibrationInTheLarge
        let isOff = sum.interval.low > bound || sum.interval.high < -bound
        let advice = "train anew on recent customers, or with model fast or best, which calibrate"
        return [
            GateCheck(
                .calibrationError,
                value: error?.value,
                interval: error?.interval,
                side: .atMost,
                bound: bounds.maxCalibrationError,
                passed: !isWrong,
                isWrong
                    ? "probabilities do not come true as often as they say; \(advice)"
                    : "probabilities come true about as often as they say"
            ),
            GateCheck(
                .calibrationInTheLarge,
                value: sum.value,
                interval: sum.interval,
                side: .within,
                bound: bound,
                passed: !isOff,
                isOff
                    ? "the mean probability is too \(sum.value > 0 ? "high" : "low"); \(advice)"
                    : "the probabilities add up to about as many leavers as there are"
            ),
        ]
    }
}

extension GateCheck {
    init(
        _ question: Question,
        _ compared: PairedBootstrap.Difference,
        side: Side,
        bound: Double,
        passed: Bool,
        _ explanation: String
    ) {
        self.init(
            question,
            value: compared.first,
            champion: compared.second,
            difference: compared.difference,
            interval: compared.interval,
            side: side,
            bound: bound,
            passed: passed,
            explanation
        )
    }
}
