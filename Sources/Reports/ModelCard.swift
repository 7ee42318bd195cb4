import Charts
import Evaluation
import Output

/// The model card, `card.md`: what the model is for, on what it rests and where it ends.
///
/// The sections follow Mitchell et al., "Model cards for model reporting", FAT* 2019. No date and no
/// machine is named: the same model gives the same bytes.
public struct ModelCard: Sendable {
    /// What the card tells.
    public let content: ReportContent

    /// Creates a card.
    public init(_ content: ReportContent) {
        self.content = content
    }

    /// The card in Markdown.
    public var markdown: String {
        let sections = [
            ("Model details", details), ("Intended use", use), ("Factors", factors),
            ("Metrics", metrics), ("Evaluation data", evaluationData), ("Inputs", inputs),
            ("Results", results), ("Groups of customers", slices),
            ("Ethical considerations", ethics),
            ("Limits", limits), ("How to reproduce", Self.list(content.reproduction)),
        ]
        let body = sections.filter { !$0.1.isEmpty }.map { "## \($0.0)\n\n\($0.1)" }
        return "# \(content.model.markdownEscaped)\n\n" + body.joined(separator: "\n")
    }

    private var verdict: Verdict { Verdict(evaluation: content.evaluation) }

    private var details: String {
        content.modelSummary.markdownEscaped
            + ", trained by Retain to estimate the probability that a "
            + "customer leaves (\(content.target.markdownEscaped)).\n"
            + (content.settings.isEmpty ? "" : "\n" + Self.list(content.settings))
    }

    private var use: String {
        """
        For ranking customers by risk and choosing whom to contact in a retention campaign. People of \
        the retention team decide; the probability supports them.

        Not for setting prices, granting credit or refusing service, and not for customers unlike \
        those it was trained on.

        """
    }

    private var factors: String {
        var columns: [String] = []
        for slice in content.evaluation.slices where !columns.contains(slice.column) {
            columns.append(slice.column)
        }
        guard !columns.isEmpty else { return "" }
        return "Results are given for each level of "
            + columns.map { $0.clipped(to: 80).markdownEscaped }.joined(separator: ", ") + ".\n"
    }

    private var metrics: String {
        "Ranking by ROC AUC and PR AUC, probabilities by log loss, Brier score and calibration error, "
            + "decisions at threshold \(NumberFormat.fixed(3).text(content.evaluation.threshold)) by "
            + "precision, recall and expected profit. Intervals are 95 % bootstrap percentile "
            + "intervals from \(content.evaluation.replicates) replicates; those of the calibration error "
            + "and of the best cut in hindsight are less the bootstrap's bias.\n"
    }

    private var evaluationData: String {
        let evaluation = content.evaluation
        return "\(content.data.markdownEscaped): \(content.rowsSummary.markdownEscaped). "
            + "\(evaluation.rows) customers, \(evaluation.positives) of whom left "
            + "(\(NumberFormat.percent(1).text(verdict.baseRate))).\n"
    }

    private var inputs: String {
        Self.table(
            ["Column", "Role", "Type", "Note"],
            content.columns.map { [$0.name, $0.role, $0.type, $0.note] }
        )
    }

    private var results: String {
        let format = NumberFormat.fixed(4)
        return "\(verdict.headline) \(verdict.reach)\n\n\(verdict.money)\n\n"
            + Self.table(
                ["Metric", "Value", "95 % interval"],
                content.evaluation.metrics.map {
                    let interval = $0.interval?.range.map { IntervalText.words($0, format) }
                    return [$0.name.title, format.text($0.value), interval ?? "none"]
                }
            ) + "\n" + money
    }

    private var money: String {
        let amount = NumberFormat.grouped(2)
        return Self.table(
            ["Cut", "Threshold", "Called", "Profit per customer", "95 % interval"],
            content.evaluation.profit.cuts().map { name, point in
                [
                    name, point.threshold.map { NumberFormat.fixed(3).text($0) } ?? "nobody",
                    NumberFormat.percent(1).text(point.share), amount.text(point.profit),
                    point.interval?.range.map { IntervalText.words($0, amount) } ?? "none",
                ]
            }
        )
    }

    private var slices: String {
        let names: [MetricName] = [.rocAUC, .precision, .recall, .ece]
        return Self.table(
            ["Column", "Level", "Customers", "Left"] + names.map(\.title),
            content.evaluation.slices.map { slice in
                [
                    slice.column, slice.levelName() + (slice.isSmall ? " (few)" : ""),
                    "\(slice.rows)",
                    "\(slice.positives)",
                ] + names.map { NumberFormat.fixed(3).text(slice.metrics[$0]?.value) }
            }
        )
    }

    private var ethics: String {
        """
        The model may read what people did not choose, such as age, gender or country: see the inputs. \
        Who is contacted gets an offer that others do not get; compare the groups above before use.

        """
    }

    private var limits: String {
        let general = [
            "It learned who left, not who can be kept: the effect of an offer is assumed, not measured.",
            "It describes the customers of its training data; when they change, it ages.",
        ]
        return (content.warnings + verdict.cautions + general)
            .map { "- \($0.markdownEscaped)\n" }.joined()
    }

    private static func list(_ facts: [ReportFact]) -> String {
        facts.map { "- \($0.name.markdownEscaped): \($0.value.markdownEscaped)\n" }.joined()
    }

    private static func table(_ titles: [String], _ rows: [[String]]) -> String {
        guard !rows.isEmpty else { return "" }
        func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
        return line(titles) + line(titles.map { _ in "---" })
            + rows.map { line($0.map { $0.clipped(to: 160).markdownEscaped }) }.joined()
    }
}

extension String {
    /// The text with everything escaped that Markdown or the HTML within it would obey.
    var markdownEscaped: String {
        var result = ""
        for scalar in printable.unicodeScalars {
            switch scalar {
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            case "\\", "`", "*", "_", "[", "]", "|", "#", "~", "!", "$":
                result += "\\\(scalar)"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
