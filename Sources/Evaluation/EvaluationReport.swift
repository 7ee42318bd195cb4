/// Everything that is known about how well probabilities match the truth on a set of rows.
public struct EvaluationReport: Codable, Sendable, Equatable {
    /// Evaluated rows.
    public var rows: Int
    /// Positive rows among them.
    public var positives: Int
    /// The cut that the model is used with: p ≥ threshold is predicted positive.
    public var threshold: Double
    /// Bootstrap replicates behind the intervals; 0 where there are none.
    public var replicates: Int
    /// The headline metrics, in the order of `MetricName.allCases`.
    public var metrics: [Metric]
    /// Counts at the cut 0.5.
    public var confusionAtHalf: ConfusionMatrix
    /// Counts at `threshold`.
    public var confusionAtThreshold: ConfusionMatrix
    /// The ROC curve for drawing, at most 200 points.
    ///
    /// The exact area is among the metrics. Empty where a class is empty.
    public var roc: [ROCPoint]
    /// The precision-recall curve for drawing, at most 200 points; empty without positives.
    public var precisionRecall: [PrecisionRecallPoint]
    /// 15 bins of equal width.
    public var reliability: [ReliabilityBin]
    /// The probabilities by class.
    public var histogram: ScoreHistogram
    /// Lift and gain.
    public var deciles: [Decile]
    /// The campaign's money.
    public var profit: CampaignProfit
    /// The headline metrics per level of each slice column, columns and levels in their given order.
    public var slices: [SliceResult]

    /// Creates a report.
    public init(
        rows: Int,
        positives: Int,
        threshold: Double,
        replicates: Int,
        metrics: [Metric],
        confusionAtHalf: ConfusionMatrix,
        confusionAtThreshold: ConfusionMatrix,
        roc: [ROCPoint],
        precisionRecall: [PrecisionRecallPoint],
        reliability: [ReliabilityBin],
        histogram: ScoreHistogram,
        deciles: [Decile],
        profit: CampaignProfit,
        slices: [SliceResult]
    ) {
        self.rows = rows
        self.positives = positives
        self.threshold = threshold
        self.replicates = replicates
        self.metrics = metrics
        self.confusionAtHalf = confusionAtHalf
        self.confusionAtThreshold = confusionAtThreshold
        self.roc = roc
        self.precisionRecall = precisionRecall
        self.reliability = reliability
        self.histogram = histogram
        self.deciles = deciles
        self.profit = profit
        self.slices = slices
    }
}
