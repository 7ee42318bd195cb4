package import Evaluation
import Output

/// What the numbers mean, in sentences that need no statistics.
package struct Verdict {
    private let evaluation: EvaluationReport

    /// Puts a report into words.
    package init(evaluation: EvaluationReport) {
        self.evaluation = evaluation
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
        guard let baseRate else { return "There are no customers to judge the model by." }
        guard let precision = evaluation.confusionAtThreshold.precision else {
            return "At this threshold the model puts nobody on the list."
        }
        let whole = NumberFormat.fixed(0)
        return "Of 100 customers on the list, \(whole.text(precision * 100)) really leave; "
            + "without the model \(whole.text(baseRate * 100))."
    }

    /// How long the list is and how many of the leavers it holds.
    var reach: String {
        guard let listShare, let recall = evaluation.confusionAtThreshold.recall else {
            return "Nobody left, so there is nothing to find."
        }
        let percent = NumberFormat.percent(0)
        return "The list holds \(percent.text(listShare)) of the customers "
            + "and \(percent.text(recall)) of all who leave."
    }

    /// What the list earns and how sure that is, compared with the usual cut.
    var money: String {
        let profit = evaluation.profit
        let amount = NumberFormat.grouped(2)
        let sure = profit.atThreshold.interval?.range.map {
            "95\u{A0}%: \(IntervalText.words($0, amount)); "
        }
        return
            "The list is expected to earn \(amount.text(profit.atThreshold.profit)) per customer "
            + "(\(sure ?? "")threshold \(NumberFormat.fixed(3).text(evaluation.threshold))); "
            + "cutting at 0.5 earns \(amount.text(profit.atHalf.profit)), "
            + "contacting everyone \(amount.text(profit.everyone.profit))."
    }

    /// What speaks against relying on the numbers.
    package var cautions: [String] {
        var cautions: [String] = []
        if let auc = evaluation.metrics[.rocAUC] {
            if let value = auc.value, value > 0.99 {
                cautions.append(
                    "ROC AUC is above 0.99: that is rarely skill, more often a column that knows "
                        + "the answer. Look for a leak."
                )
            }
            if let interval = auc.interval, interval.low <= 0.5 {
                cautions.append(
                    "The interval of ROC AUC reaches 0.5: on these rows the model can't be told "
                        + "from guessing."
                )
            }
        }
        let rarer = min(evaluation.positives, evaluation.rows - evaluation.positives)
        if rarer < 100 {
            cautions.append(
                "Only \(rarer) customers of the rarer class were evaluated: the intervals are wide."
            )
        }
        let list = evaluation.profit.atThreshold
        if list.profit < 0 {
            cautions.append("At these costs the list loses money: contacting nobody earns 0.")
        } else if let interval = list.interval, interval.low <= 0, list.share > 0 {
            cautions.append(
                "The interval of what the list earns reaches 0: on these rows it can't be told from "
                    + "contacting nobody."
            )
        }
        return cautions
    }
}

extension MetricName {
    /// How its values are written for readers of a page.
    var format: NumberFormat {
        switch self {
        case .accuracy, .precision, .recall, .specificity, .ece: .percent(1)
        default: .fixed(3)
        }
    }

    /// What it says, in one line.
    var meaning: String {
        switch self {
        case .accuracy: "right predictions when the cut is 0.5"
        case .rocAUC: "how often a leaver scores above a stayer; 0.5 is guessing, 1 perfect"
        case .prAUC: "precision averaged over all cuts; the share of leavers is guessing"
        case .logLoss: "the price of confident mistakes; lower is better"
        case .brier: "mean squared error of the probabilities; lower is better"
        case .ece: "how far probabilities and frequencies lie apart; lower is better"
        case .precision: "how many on the list really leave"
        case .recall: "how many of those who leave are on the list"
        case .f1: "harmonic mean of precision and recall"
        case .specificity: "how many of those who stay are left alone"
        }
    }
}

extension ConfidenceInterval {
    /// The same as a range; nil where the ends are no numbers or out of order.
    var range: ClosedRange<Double>? { low <= high ? low ... high : nil }
}

extension SliceResult {
    /// The level for readers.
    var levelName: String { level ?? "(missing)" }
}

extension CampaignProfit {
    /// The cuts that are worth comparing.
    var cuts: [(name: String, point: ProfitPoint)] {
        [
            ("Chosen", atThreshold), ("Cut at 0.5", atHalf), ("Everyone", everyone),
            ("Best in hindsight", best),
        ]
    }
}
