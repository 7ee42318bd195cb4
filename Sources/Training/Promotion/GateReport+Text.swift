import Charts
import Evaluation
import Reports

extension GateReport {
    /// The table of checks, and a line on each that was not passed.
    public var text: String {
        let opponent = champion.map { " against \($0)" } ?? ""
        var text = "\(challenger)\(opponent), on \(selection).".printable + "\n\n"
        text +=
            TextTable(
                columns: [
                    ("Check", .left), ("Challenger", .right), ("Champion", .right),
                    ("Difference", .right), ("95 % interval", .right), ("Bound", .right),
                    ("Result", .left),
                ],
                rows: checks.map(\.cells)
            ).text
        if champion == nil {
            text +=
                "\nThere is no champion yet; giving everyone the share of leavers stands in for one.\n"
        }
        for check in refusals {
            text += "\n" + "Refused: \(check.title): \(check.explanation)".printable + "\n"
        }
        return text
    }
}

extension GateCheck {
    /// What is asked, for a reader.
    public var title: String {
        let name =
            switch question {
            case .rows: "rows"
            case .noLeak: "no leak"
            case .auc: "ROC AUC"
            case .logLoss: "log loss"
            case .profit: "profit per customer"
            case .calibrationError: "calibration error"
            case .calibrationInTheLarge: "calibration in the large"
            case .recallGap: "recall gap"
            case .selectionRateGap: "selection rate gap"
            case .calibrationGap: "calibration gap"
            }
        return column.map { "\(name), \($0)" } ?? name
    }

    fileprivate var cells: [String] {
        let interval = interval.map { "\(number($0.low)) to \(number($0.high))" }
        return [
            title, value.map(number) ?? "", champion.map(number) ?? "",
            difference.map { ($0 > 0 ? "+" : "") + number($0) } ?? "", interval ?? "",
            boundText, passed ? "passed" : "refused",
        ]
    }

    private var boundText: String {
        guard let side, let bound else { return "" }
        let words =
            switch side {
            case .atLeast: "at least "
            case .atMost: "at most "
            case .below: "below "
            case .within: "within ±"
            }
        return words + number(bound)
    }

    private func number(_ value: Double) -> String {
        switch question {
        case .rows, .noLeak: NumberFormat.grouped(0).text(value)
        case .profit: NumberFormat.grouped(2).text(value)
        default: NumberFormat.fixed(4).text(value)
        }
    }
}
