import Charts
public import Evaluation
import Output
import Reports

/// One question that the gate asks of a model, and the answer.
public struct GateCheck: Codable, Equatable, Sendable {
    /// What is asked.
    public enum Question: String, Codable, CaseIterable, Sendable {
        /// Are there rows enough?
        case rows
        /// Does no feature give the target away?
        case noLeak = "no_leak"
        /// Is it not too good to be true?
        case auc
        /// Is its log loss not above the champion's?
        case logLoss = "log_loss"
        /// Is its profit not below the champion's?
        case profit
        /// Do probabilities come true as often as they say?
        case calibrationError = "calibration_error"
        /// Do they add up?
        case calibrationInTheLarge = "calibration_in_the_large"
        /// Are leavers of all levels found as often?
        case recallGap = "recall_gap"
        /// Are customers of all levels contacted as often?
        case selectionRateGap = "selection_rate_gap"
        /// Are probabilities as right for all levels?
        case calibrationGap = "calibration_gap"
    }

    /// On which side of its bound a value must be.
    public enum Side: String, Codable, Sendable {
        /// Not below.
        case atLeast = "at_least"
        /// Not above.
        case atMost = "at_most"
        /// Below.
        case below
        /// Not farther from 0.
        case within
    }

    /// What was asked.
    public var question: Question
    /// The column that a gap is about.
    public var column: String?
    /// What was measured of the challenger.
    public var value: Double?
    /// The same of the champion, where they are compared.
    public var champion: Double?
    /// What is held against the bound where it is not the value: challenger less champion.
    public var difference: Double?
    /// The 95 % interval of what is held against the bound.
    public var interval: ConfidenceInterval?
    /// The side of the bound.
    public var side: Side?
    /// The bound.
    public var bound: Double?
    /// Whether nothing speaks against the challenger here.
    public var passed: Bool
    /// One line for a person.
    public var explanation: String

    /// Creates a check.
    public init(
        _ question: Question,
        column: String? = nil,
        value: Double? = nil,
        champion: Double? = nil,
        difference: Double? = nil,
        interval: ConfidenceInterval? = nil,
        side: Side? = nil,
        bound: Double? = nil,
        passed: Bool,
        _ explanation: String
    ) {
        self.question = question
        self.column = column
        self.value = value
        self.champion = champion
        self.difference = difference
        self.interval = interval
        self.side = side
        self.bound = bound
        self.passed = passed
        self.explanation = explanation
    }
}

/// What the gate found and whether it lets a model through.
public struct GateReport: Codable, Equatable, Sendable {
    /// What the model in question is called.
    public var challenger: String
    /// What the present champion is called; nil where there is none.
    public var champion: String?
    /// The file, without its folder.
    public var data: String
    /// SHA-256 of the file; nil for standard input.
    public var digest: String?
    /// Rows of the file.
    public var rows: Int
    /// Rows that the models were judged on.
    public var judgedRows: Int
    /// Which those are, and why.
    public var selection: String
    /// The checks, in the order in which they were made.
    public var checks: [GateCheck]
    /// Whether every check was passed.
    public var passed: Bool

    /// Creates a report.
    public init(
        challenger: String,
        champion: String?,
        data: String,
        digest: String?,
        rows: Int,
        judgedRows: Int,
        selection: String,
        checks: [GateCheck],
        passed: Bool
    ) {
        self.challenger = challenger
        self.champion = champion
        self.data = data
        self.digest = digest
        self.rows = rows
        self.judgedRows = judgedRows
        self.selection = selection
        self.checks = checks
        self.passed = passed
    }

    /// The checks that speak against the challenger.
    public var refusals: [GateCheck] { checks.filter { !$0.passed } }
}

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
