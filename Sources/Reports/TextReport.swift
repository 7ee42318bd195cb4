import Charts
import Evaluation
import Output

/// The report for a terminal: 80 columns, aligned, no colour.
public struct TextReport: Sendable {
    /// What the report tells.
    public let content: ReportContent

    /// Creates a report.
    public init(_ content: ReportContent) {
        self.content = content
    }

    /// The text, ended by a line break.
    public var text: String {
        let evaluation = content.evaluation
        let verdict = Verdict(evaluation: evaluation)
        var blocks = [opening(verdict), metrics, confusion, money, deciles]
        if !evaluation.slices.isEmpty { blocks.append(slices) }
        if let coverage = content.coverage { blocks.append(certainty(coverage)) }
        let warnings = content.warnings + verdict.cautions
        if !warnings.isEmpty {
            blocks.append(warnings.map { Self.wrapped("warning: " + $0.printable) }.joined())
        }
        // No-break spaces are for pages: a terminal's tools split at the common one.
        return String(blocks.joined(separator: "\n").map { $0 == "\u{A0}" ? " " : $0 })
    }

    private func opening(_ verdict: Verdict) -> String {
        let evaluation = content.evaluation
        let count = NumberFormat.grouped(0)
        let facts =
            "\(content.rowsSummary): \(count.text(evaluation.rows)) customers, "
            + "\(count.text(evaluation.positives)) left "
            + "(\(NumberFormat.percent(1).text(verdict.baseRate))); \(content.target)."
        return Self.wrapped("\(content.model) on \(content.data)".printable)
            + Self.wrapped(facts.printable) + "\n"
            + Self.wrapped(verdict.headline + " " + verdict.reach) + Self.wrapped(verdict.money)
    }

    private var metrics: String {
        let format = NumberFormat.fixed(4)
        return TextTable(
            columns: [("Metric", .left), ("Value", .right), ("95 % interval", .right)],
            rows: content.evaluation.metrics.map {
                let interval = $0.interval?.range.map { IntervalText.words($0, format) }
                return [$0.name.title, format.text($0.value), interval ?? "none"]
            }
        ).text
    }

    private var confusion: String {
        let matrix = content.evaluation.confusionAtThreshold
        let count = NumberFormat.grouped(0)
        return TextTable(
            columns: [
                ("At threshold \(NumberFormat.fixed(3).text(matrix.threshold))", .left),
                ("Predicted to leave", .right), ("Predicted to stay", .right),
            ],
            rows: [
                ["left", count.text(matrix.truePositives), count.text(matrix.falseNegatives)],
                ["stayed", count.text(matrix.falsePositives), count.text(matrix.trueNegatives)],
            ]
        ).text
    }

    private var money: String {
        let amount = NumberFormat.grouped(2)
        return TextTable(
            columns: [
                ("Cut", .left), ("Threshold", .right), ("Called", .right),
                ("Profit per customer", .right), ("95 % interval", .right),
            ],
            rows: content.evaluation.profit.cuts().map { name, point in
                [
                    name, point.threshold.map { NumberFormat.fixed(3).text($0) } ?? "nobody",
                    NumberFormat.percent(1).text(point.share), amount.text(point.profit),
                    point.interval?.range.map { IntervalText.words($0, amount) } ?? "none",
                ]
            }
        ).text
    }

    private var deciles: String {
        let (count, ratio) = (NumberFormat.grouped(0), NumberFormat.fixed(2))
        let left = content.evaluation.deciles.positivesFormat
        return TextTable(
            columns: [
                ("Decile", .right), ("Customers", .right), ("Left", .right), ("Score from", .right),
                ("Lift", .right), ("Leavers found", .right),
            ],
            rows: content.evaluation.deciles.map {
                [
                    "\($0.decile)", count.text($0.rows), left.text($0.positives),
                    NumberFormat.fixed(3).text($0.lowestScore), ratio.text($0.lift),
                    NumberFormat.percent(1).text($0.cumulativeGain),
                ]
            }
        ).text
    }

    private func certainty(_ report: CoverageReport) -> String {
        let percent = NumberFormat.percent(1)
        let table = TextTable(
            columns: [
                ("Answer", .left), ("Customers", .right), ("Share", .right), ("Left", .right),
            ],
            rows: report.answers.map { answer in
                [
                    answer.certainty.title(), NumberFormat.grouped(0).text(answer.rows),
                    percent.text(answer.share), NumberFormat.grouped(0).text(answer.leavers),
                ]
            }
        ).text
        return table
            + Self.wrapped(
                "Promised to allow the truth for \(percent.text(report.target)) of either kind; found "
                    + "\(percent.text(report.coverageOfLeavers)) of those who left, "
                    + "\(percent.text(report.coverageOfStayers)) of those who stayed."
            )
    }

    private var slices: String {
        let format = NumberFormat.fixed(3)
        let names: [MetricName] = [.rocAUC, .precision, .recall]
        return TextTable(
            columns: [("Group", .left), ("Customers", .right), ("Left", .right)]
                + names.map { ($0.title, .right) },
            rows: content.evaluation.slices.map { slice in
                let rate = slice.rows > 0 ? Double(slice.positives) / Double(slice.rows) : nil
                let mark = slice.isSmall ? " (few)" : ""
                let group = "\(slice.column): \(slice.levelName())".clipped(to: 26) + mark
                return [
                    group, NumberFormat.grouped(0).text(slice.rows),
                    NumberFormat.percent(1).text(rate),
                ] + names.map { format.text(slice.metrics[$0]?.value) }
            }
        ).text
    }

    /// Lines of at most 80 characters, broken between words; a longer word is cut.
    static func wrapped(_ text: String) -> String {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ").map({ String($0).clipped(to: 80) }) {
            if !line.isEmpty, line.count + 1 + word.count > 80 {
                lines.append(line)
                line = ""
            }
            line += line.isEmpty ? word : " " + word
        }
        return (lines + [line]).joined(separator: "\n") + "\n"
    }
}
