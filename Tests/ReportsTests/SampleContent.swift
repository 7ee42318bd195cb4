import Evaluation
import Reports

/// A report with numbers such as the bank's: 3,000 customers, a fifth of whom left.
enum Sample {
    static let content = ReportContent(
        model: "churn-seed",
        modelSummary: "Dense network 16-10-10-1 with 291 weights",
        data: "bank.csv",
        rowsSummary: "Test part, 30 % of the rows, never seen in training",
        target: "the target is Exited = 1",
        evaluation: evaluation,
        learningCurve: learningCurve,
        bestEpoch: 38,
        columns: columns,
        settings: [
            ReportFact("Layers", "16, 10, 10, 1; ReLU, sigmoid"),
            ReportFact("Optimizer", "Adam, learning rate 0.001"),
            ReportFact("Batch", "32"),
            ReportFact("Epochs", "at most 50, patience 10"),
            ReportFact("L2", "0"),
            ReportFact("Dropout", "0"),
            ReportFact("Class weights", "none"),
            ReportFact("Calibration", "Platt scaling on the validation part"),
        ],
        reproduction: [
            ReportFact("Command", "retain train bank.csv --seed 42"),
            ReportFact("Seed", "42"),
            ReportFact(
                "Data (SHA-256)",
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
            ),
            ReportFact("Retain", "0.1.0"),
        ],
        warnings: ["Customers were seen at one point in time: when they left is not known."]
    )

    static let columns: [ReportColumn] = [
        ReportColumn(
            name: "CreditScore",
            role: "feature",
            type: "number",
            note: "350 to 850",
            isUsed: true
        ),
        ReportColumn(
            name: "Geography",
            role: "feature",
            type: "category",
            note: "France, Germany, Spain",
            isUsed: true
        ),
        ReportColumn(
            name: "Gender",
            role: "feature",
            type: "category",
            note: "Female, Male",
            isUsed: true
        ),
        ReportColumn(name: "Age", role: "feature", type: "number", note: "18 to 92", isUsed: true),
        ReportColumn(
            name: "IsActiveMember",
            role: "feature",
            type: "boolean",
            note: "0, 1",
            isUsed: true
        ),
        ReportColumn(
            name: "Balance",
            role: "feature",
            type: "number",
            note: "0 to 250,898.09; 36 % zero",
            isUsed: true
        ),
        ReportColumn(
            name: "CustomerId",
            role: "identifier",
            type: "number",
            note: "a different value in every row",
            isUsed: false
        ),
        ReportColumn(
            name: "Complain",
            role: "leak",
            type: "boolean",
            note: "alone it reaches ROC AUC 0.998 and disagrees with the target in 0.14 % of rows",
            isUsed: false
        ),
        ReportColumn(name: "Exited", role: "target", type: "boolean", note: "", isUsed: false),
    ]

    static let learningCurve = (1 ... 50).map { epoch in
        let fall = 1 / (1 + Double(epoch) * 0.35)
        let late = Double(max(0, epoch - 38))
        let wave = Double(epoch * 7 % 5) * 0.0012
        return EpochPoint(
            epoch: epoch,
            trainingLoss: 0.322 + 0.31 * fall - Double(epoch) * 0.0002,
            validationLoss: 0.334 + 0.27 * fall + wave * 0.5 + late * 0.0006
        )
    }

    static let evaluation = Scores.customers(leavers: 611, stayers: 2389).report(threshold: 0.132)
}

/// Made-up labels and probabilities, and their evaluation by the plainest arithmetic.
struct Scores {
    var rows: [(score: Double, left: Bool)]

    /// Leavers spread over high scores, stayers over low ones; a fixed sequence adds the noise.
    static func customers(leavers: Int, stayers: Int) -> Scores {
        var state: UInt64 = 42
        func uniform() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) / 9_007_199_254_740_992
        }
        var rows: [(score: Double, left: Bool)] = []
        while rows.count < leavers + stayers {
            let (a, b) = (uniform(), uniform())
            let score = a * a * (0.25 + 0.75 * b)
            let left = uniform() < score
            let missing = left ? leavers : stayers
            if rows.count(where: { $0.left == left }) < missing { rows.append((score, left)) }
        }
        rows.sort { $0.score > $1.score }
        return Scores(rows: rows)
    }

    var positives: Int { rows.count(where: \.left) }

    func matrix(_ threshold: Double) -> ConfusionMatrix {
        let called = rows.filter { $0.score >= threshold }
        let found = called.count(where: \.left)
        return ConfusionMatrix(
            threshold: threshold,
            truePositives: found,
            falsePositives: called.count - found,
            trueNegatives: rows.count - positives - (called.count - found),
            falseNegatives: positives - found
        )
    }

    func profit(_ threshold: Double?) -> ProfitPoint {
        let called = rows.filter { $0.score >= threshold ?? 2 }
        let found = Double(called.count(where: \.left))
        let money = found * (0.3 * 190 - 1) - (Double(called.count) - found) * 11
        return ProfitPoint(
            threshold: threshold,
            share: Double(called.count) / Double(rows.count),
            profit: money / Double(rows.count),
            interval: threshold.map { _ in
                let mean = money / Double(rows.count)
                return ConfidenceInterval(low: mean - 0.5, high: mean + 0.75)
            }
        )
    }

    func report(threshold: Double) -> EvaluationReport {
        let cuts = stride(from: 0, to: rows.count, by: 20).map { rows[$0].score } + [0]
        let matrices = cuts.map(matrix)
        let curve = [profit(nil)] + cuts.map { profit($0) }
        let best = curve.max { $0.profit < $1.profit } ?? profit(nil)
        let area = rocAUC(labels: rows.map(\.left), scores: rows.map(\.score))
        let chosen = matrix(threshold)
        return EvaluationReport(
            rows: rows.count,
            positives: positives,
            threshold: threshold,
            replicates: 1000,
            metrics: metrics(area, matrix(0.5), chosen),
            confusionAtHalf: matrix(0.5),
            confusionAtThreshold: chosen,
            roc: [ROCPoint(falsePositiveRate: 0, truePositiveRate: 0, threshold: nil)]
                + matrices.map {
                    ROCPoint(
                        falsePositiveRate: 1 - ($0.specificity ?? 0),
                        truePositiveRate: $0.recall ?? 0,
                        threshold: $0.threshold
                    )
                },
            precisionRecall: matrices.map {
                PrecisionRecallPoint(
                    recall: $0.recall ?? 0,
                    precision: $0.precision ?? 1,
                    threshold: $0.threshold
                )
            },
            reliability: reliability,
            histogram: histogram,
            deciles: deciles,
            profit: CampaignProfit(
                costs: CampaignCosts(),
                theoreticalThreshold: 0.164,
                atThreshold: profit(threshold),
                atHalf: profit(0.5),
                everyone: profit(0),
                best: best,
                curve: curve,
                expectedMaximum: ExpectedMaximumProfit(
                    profit: best.profit,
                    share: best.share,
                    interval: best.interval
                )
            ),
            slices: slices(area)
        )
    }

    private func metrics(
        _ area: Double,
        _ half: ConfusionMatrix,
        _ chosen: ConfusionMatrix
    ) -> [Metric] {
        let values: [Double?] = [
            half.accuracy, area, 0.671, 0.3412, 0.1043, 0.0139, chosen.precision, chosen.recall,
            chosen.f1, chosen.specificity,
        ]
        return zip(MetricName.allCases, values).map { name, value in
            Metric(
                name: name,
                value: value,
                interval: value.map { ConfidenceInterval(low: $0 * 0.98, high: min(1, $0 * 1.02)) }
            )
        }
    }

    private var reliability: [ReliabilityBin] {
        (0 ..< 15).map { index in
            let (low, high) = (Double(index) / 15, Double(index + 1) / 15)
            let inside = rows.filter { $0.score > low && $0.score <= high }
            let count = Double(max(1, inside.count))
            let observed = Double(inside.count(where: \.left)) / count
            let margin = (observed * (1 - observed) / count).squareRoot() * 1.96
            return ReliabilityBin(
                low: low,
                high: high,
                rows: inside.count,
                meanPredicted: inside.isEmpty ? nil : inside.reduce(0) { $0 + $1.score } / count,
                observedRate: inside.isEmpty ? nil : observed,
                interval: ConfidenceInterval(
                    low: max(0, observed - margin),
                    high: min(1, observed + margin)
                )
            )
        }
    }

    private var histogram: ScoreHistogram {
        var counts = ScoreHistogram(
            positives: [Int](repeating: 0, count: 20),
            negatives: [Int](repeating: 0, count: 20)
        )
        for row in rows {
            let bin = min(19, Int(row.score * 20))
            if row.left { counts.positives[bin] += 1 } else { counts.negatives[bin] += 1 }
        }
        return counts
    }

    private var deciles: [Decile] {
        var found = 0.0
        return (1 ... 10).map { decile in
            let tenth = rows[(decile - 1) * rows.count / 10 ..< decile * rows.count / 10]
            let here = Double(tenth.count(where: \.left))
            found += here
            let rate = Double(positives) / Double(rows.count)
            return Decile(
                decile: decile,
                rows: tenth.count,
                positives: here,
                lowestScore: tenth.last?.score,
                lift: here / Double(tenth.count) / rate,
                cumulativeLift: found / Double(positives) * 10 / Double(decile),
                cumulativeGain: found / Double(positives)
            )
        }
    }

    private func slices(_ area: Double) -> [SliceResult] {
        let groups = [
            ("Geography", "France", 1504, 243, 0.004), ("Geography", "Germany", 753, 244, -0.021),
            ("Geography", "Spain", 743, 124, -0.008), ("Gender", "Female", 1363, 342, -0.011),
            ("Gender", "Male", 1637, 269, 0.006), ("Card Type", "DIAMOND", 752, 163, -0.002),
            ("Card Type", "GOLD", 750, 145, 0.009), ("Card Type", "PLATINUM", 60, 9, -0.06),
        ]
        return groups.map { column, level, rows, positives, shift in
            let spread = 0.7 / Double(rows).squareRoot()
            let auc = area + shift
            return SliceResult(
                column: column,
                level: level,
                rows: rows,
                positives: positives,
                isSmall: rows < 100,
                metrics: MetricName.allCases.map { name in
                    let value = name == .rocAUC ? auc : 0.88 + shift
                    return Metric(
                        name: name,
                        value: value,
                        interval: ConfidenceInterval(
                            low: value - spread,
                            high: min(1, value + spread)
                        )
                    )
                }
            )
        }
    }
}
