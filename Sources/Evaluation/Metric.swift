/// A number that sums up how well probabilities match the truth.
///
/// The raw value is the name under which the metric is stored and logged.
public enum MetricName: String, Codable, Sendable, CaseIterable {
    /// Share of rows on the right side of the cut at 0.5.
    case accuracy
    /// Area under the ROC curve.
    case rocAUC = "roc_auc"
    /// Area under the precision-recall curve, as average precision.
    case prAUC = "pr_auc"
    /// Mean negative log likelihood, in nats.
    case logLoss = "log_loss"
    /// Mean squared difference of probability and truth.
    case brier
    /// Expected calibration error over 15 bins of equal width.
    case ece
    /// Precision at the threshold of the report.
    case precision
    /// Recall at the threshold of the report.
    case recall
    /// F1 at the threshold of the report.
    case f1
    /// Specificity at the threshold of the report.
    case specificity

    /// The name for a reader.
    public var title: String {
        switch self {
        case .accuracy: "Accuracy"
        case .rocAUC: "ROC AUC"
        case .prAUC: "PR AUC"
        case .logLoss: "Log loss"
        case .brier: "Brier score"
        case .ece: "Calibration error (ECE)"
        case .precision: "Precision"
        case .recall: "Recall"
        case .f1: "F1"
        case .specificity: "Specificity"
        }
    }

    /// Whether a larger value is the better one; false for log loss, Brier score and ECE.
    public var higherIsBetter: Bool {
        switch self {
        case .logLoss, .brier, .ece: false
        case .accuracy, .rocAUC, .prAUC, .precision, .recall, .f1, .specificity: true
        }
    }
}

/// A metric's value on some rows, with what resampling those rows says of its spread.
public struct Metric: Codable, Sendable, Equatable {
    /// Which metric.
    public var name: MetricName
    /// The value; nil where the rows do not define it (an empty class, nothing predicted positive).
    public var value: Double?
    /// The 95 % bootstrap percentile interval, for ECE less the bootstrap's bias; nil where it was not
    /// asked for, or where fewer than half of the replicates define the metric.
    public var interval: ConfidenceInterval?

    /// Creates a metric.
    public init(name: MetricName, value: Double?, interval: ConfidenceInterval? = nil) {
        self.name = name
        self.value = value
        self.interval = interval
    }
}

/// An interval with both ends included.
public struct ConfidenceInterval: Codable, Sendable, Equatable {
    /// The lower end.
    public var low: Double
    /// The upper end.
    public var high: Double

    /// Creates an interval.
    public init(low: Double, high: Double) {
        self.low = low
        self.high = high
    }
}

extension [Metric] {
    /// The metric of that name, if it is among these.
    public subscript(name: MetricName) -> Metric? { first { $0.name == name } }
}
