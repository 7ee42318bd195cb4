import Evaluation
import Markup
import Output

/// The sections on how far single answers can be relied on.
extension HTMLSection {
    static func certainty(_ report: CoverageReport) -> HTMLSection {
        let (count, percent) = (NumberFormat.grouped(0), NumberFormat.percent(1))
        let answers = HTMLTable(
            caption: "Answers",
            columns: [
                .text("Answer"), .number("Customers"), .number("Share"), .number("Of them left"),
            ],
            rows: report.answers.map { answer in
                [
                    answer.certainty.title, count.text(answer.rows), percent.text(answer.share),
                    count.text(answer.leavers),
                ]
            }
        )
        let coverage = HTMLTable(
            caption: "How often the answer allowed the truth",
            columns: [.text("Customers"), .number("Promised"), .number("Found")],
            rows: [
                ["who left", percent.text(report.target), percent.text(report.coverageOfLeavers)],
                [
                    "who stayed", percent.text(report.target),
                    percent.text(report.coverageOfStayers),
                ],
                ["all", percent.text(report.target), percent.text(report.coverage)],
            ]
        )
        return HTMLSection(
            id: "certainty",
            title: "For whom the outcome is certain",
            lead: "An answer rules out leaving or staying only where that is wrong for at most "
                + "\(percent.text(1 - report.target)) of the customers of either kind (conformal "
                + "prediction). The rest is unclear, and says so.",
            charts: [],
            parts: [card(answers), card(coverage)]
        )
    }

    static func calibration(_ choice: CalibrationChoice) -> HTMLSection {
        let (count, digits) = (NumberFormat.grouped(0), NumberFormat.fixed(4))
        let table = HTMLTable(
            caption: "Calibrations",
            columns: [
                .text("Method"), .number("Log loss"), .number("ECE"),
                .number("Better by"), .number("Standard error"), .text("Chosen"),
            ],
            rows: choice.candidates.map { candidate in
                [
                    candidate.method.rawValue, digits.text(candidate.logLoss),
                    digits.text(candidate.ece), NumberFormat.fixed(5).text(candidate.improvement),
                    NumberFormat.fixed(5).text(candidate.standardError),
                    candidate.method == choice.chosen ? "yes" : "",
                ]
            }
        )
        return HTMLSection(
            id: "calibration",
            title: "Whether probabilities were corrected",
            lead:
                "\(count.text(choice.rows)) training rows were scored by networks that had not seen them. "
                + "A correction is used where it lowers their log loss by more than its standard error.",
            charts: [],
            parts: [card(table)]
        )
    }
}

extension Certainty {
    /// The answer for a reader.
    var title: String {
        switch self {
        case .certainToLeave: "certain to leave"
        case .certainToStay: "certain to stay"
        case .unclear: "unclear"
        }
    }
}
