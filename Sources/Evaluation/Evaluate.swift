/// Measures how well probabilities match the truth, and what they are worth.
///
/// The same arguments give the same report, bit for bit, whatever the order of rows.
///
/// ```swift
/// let report = try evaluate(
///     labels: [true, false, true, false, false],
///     probabilities: [0.9, 0.2, 0.4, 0.5, 0.1],
///     threshold: 0.45
/// )
/// if let area = report.metrics[.rocAUC] { print(area.value ?? .nan, area.interval as Any) }
/// print(report.profit.atThreshold.profit)
/// ```
///
/// - Parameters:
///   - labels: Truth per row; true is the positive class (has left). Shape [n].
///   - probabilities: Probability of the positive class. Shape [n].
///   - threshold: The cut that the model is used with.
///   - costs: What a campaign costs and brings.
///   - slices: Category columns by whose levels to repeat the headline metrics.
///   - seed: Random seed of the bootstrap.
///   - replicates: Bootstrap replicates; 0 leaves intervals out. Above 100,000 rows fewer are drawn
///     (100,000,000 / n, at least 100); the report tells how many.
/// - Returns: The report; metrics that the rows do not define are nil in it.
/// - Throws: `EvaluationError` or `CampaignCostsError`.
/// - Complexity: O(*n* (log *n* + `replicates`)).
public func evaluate(
    labels: [Bool],
    probabilities: [Double],
    threshold: Double = 0.5,
    costs: CampaignCosts = CampaignCosts(),
    slices: [SliceColumn] = [],
    seed: UInt64 = 42,
    replicates: Int = 1_000
) throws -> EvaluationReport {
    try EvaluationError.check(labels: labels, probabilities: probabilities, threshold: threshold)
    guard !labels.isEmpty else { throw EvaluationError.noRows }
    try costs.validate()
    let ranked = RankedScores(labels: labels, scores: probabilities)
    let drawn = RankedScores.replicates(asked: replicates, rows: labels.count)
    return EvaluationReport(
        rows: ranked.rows,
        positives: ranked.positives,
        threshold: threshold,
        replicates: drawn,
        metrics: ranked.headlineMetrics(threshold: threshold, replicates: drawn, seed: seed),
        confusionAtHalf: ranked.confusion(at: 0.5),
        confusionAtThreshold: ranked.confusion(at: threshold),
        roc: ranked.rocCurve(),
        precisionRecall: ranked.precisionRecallCurve(),
        reliability: ranked.reliability(),
        histogram: ranked.histogram(),
        deciles: ranked.deciles(),
        profit: ranked.campaignProfit(
            threshold: threshold,
            costs: costs,
            replicates: drawn,
            seed: seed
        ),
        slices: try slices.flatMap { column in
            try column.results(
                labels: labels,
                probabilities: probabilities,
                threshold: threshold,
                replicates: replicates,
                seed: seed
            )
        }
    )
}
