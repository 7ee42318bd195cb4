public import Evaluation
import Output

/// What a model is worth and what it turned out to be, for people and programs.
public struct PerformanceReport: Encodable, Sendable {
    /// What was reckoned.
    public let performance: ModelPerformance
    /// The model as people name it.
    public let model: String
    /// The record that it stands in.
    public let record: String
    /// Within how many days leaving counts; nil where outcomes count as soon as they are known.
    public let horizonDays: Int?

    /// Creates a report.
    public init(
        _ performance: ModelPerformance,
        model: String,
        record: String,
        horizonDays: Int?
    ) {
        self.performance = performance
        self.model = model
        self.record = record
        self.horizonDays = horizonDays
    }

    private enum CodingKeys: String, CodingKey {
        case model, record, below, outcomes, checks, expected, money, weeks
        case horizonDays = "horizon_days"
    }

    /// Writes the members as `GET /performance` has them, and the record's name.
    public func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(model, forKey: .model)
        try members.encode(record, forKey: .record)
        try members.encodeIfPresent(horizonDays, forKey: .horizonDays)
        try members.encode(performance.isBelow, forKey: .below)
        try members.encode(performance.outcomes, forKey: .outcomes)
        try members.encode(performance.checks, forKey: .checks)
        try members.encodeIfPresent(performance.expected, forKey: .expected)
        try members.encodeIfPresent(performance.money, forKey: .money)
        try members.encode(performance.weeks, forKey: .weeks)
    }

    /// What to know of it in a sentence.
    public var headline: String {
        let failed = performance.checks.filter { !$0.passed }
        if !failed.isEmpty {
            return failed.map { Self.failure($0) }.joined(separator: " ")
        }
        if performance.checks.isEmpty {
            return
                "Too few outcomes count to tell what came true (\(counted(performance.outcomes)))."
        }
        return "What came true is what the promotion gate would let through."
    }

    private static func failure(_ check: PerformanceCheck) -> String {
        switch check.question {
        case .calibrationInTheLarge:
            "The mean probability is too \(check.value > 0 ? "high" : "low")."
        case .logLoss:
            "Giving everyone the share of leavers would be better than the probabilities."
        case .profit: "A campaign without a model would earn more."
        }
    }

    /// Which outcomes count.
    var rule: String {
        let matured =
            horizonDays.map { "known over the \($0) days from the prediction" }
            ?? "as soon as they are known, since the schema has no horizon"
        return "Outcomes count \(matured); customers who were treated are left out."
    }

    /// All of it as plain text.
    public var text: String {
        var text = "\(model), by \(record)\n\(headline)\n"
        if !estimates.isEmpty {
            text += "\n" + TextTable(columns: Self.estimateColumns, rows: estimates).text
        }
        if let change { text += "\n\(change)\n" }
        if !performance.checks.isEmpty {
            text += "\n" + TextTable(columns: Self.checkColumns, rows: checks).text
        }
        if !performance.weeks.isEmpty {
            text += "\n" + TextTable(columns: Self.weekColumns, rows: weeks).text
        }
        return text + "\n\(rule)\n"
    }
}

// MARK: - Tables

extension PerformanceReport {
    typealias Titles = [(title: String, alignment: TextTable.Alignment)]

    static let estimateColumns: Titles = [
        ("newest predictions", .left), ("expected", .right), ("95 % interval", .right),
    ]

    /// What is expected of the newest predictions.
    var estimates: [[String]] {
        guard let expected = performance.expected else { return [] }
        let three = NumberFormat.fixed(3)
        let two = NumberFormat.fixed(2)
        func row(_ name: String, _ value: ExpectedValue?, _ format: NumberFormat) -> [String] {
            guard let value else { return [name, "–", ""] }
            return [
                name, format.text(value.value),
                "\(format.text(value.interval.low)) to \(format.text(value.interval.high))",
            ]
        }
        return [
            ["customers", counted(expected.rows), ""],
            row("share of leavers", expected.leaverRate, three),
            row("accuracy", expected.accuracy, three), row("ROC AUC", expected.rocAUC, three),
            row("profit per customer", expected.profit, two),
        ]
    }

    /// How profit changed since training, in a sentence; nil where that is not known.
    var change: String? {
        guard let money = performance.money else { return nil }
        let two = NumberFormat.fixed(2)
        let sign = money.difference < 0 ? "less" : "more"
        let interval =
            money.interval.map { " (\(two.text($0.low)) to \(two.text($0.high)))" } ?? ""
        return "A campaign among the newest is expected to earn \(two.text(abs(money.difference)))"
            + " \(sign) per customer than among the training's customers\(interval)."
    }

    static let checkColumns: Titles = [
        ("of what came true", .left), ("value", .right), ("95 % interval", .right),
        ("bound", .right), ("", .left),
    ]

    /// What the gate would ask.
    var checks: [[String]] {
        performance.checks.map { check in
            let format = NumberFormat.fixed(check.question == .profit ? 2 : 4)
            let (name, bound) =
                switch check.question {
                case .calibrationInTheLarge:
                    ("probability less share of leavers", "±" + format.text(check.bound))
                case .logLoss: ("log loss less that of the share", "≤ " + format.text(check.bound))
                case .profit: ("profit less that without a model", "≥ " + format.text(check.bound))
                }
            return [
                name, format.text(check.value),
                "\(format.text(check.interval.low)) to \(format.text(check.interval.high))", bound,
                check.passed ? "ok" : "BELOW",
            ]
        }
    }

    static let weekColumns: Titles = [
        ("week from", .left), ("outcomes", .right), ("left", .right), ("expected", .right),
        ("accuracy", .right), ("expected", .right), ("profit", .right), ("expected", .right),
    ]

    /// What came true, by week.
    var weeks: [[String]] {
        let three = NumberFormat.fixed(3)
        let two = NumberFormat.fixed(2)
        return performance.weeks.map { week in
            [
                week.begin, counted(week.rows),
                three.text(Double(week.leavers) / Double(week.rows)),
                three.text(week.expected.leaverRate.value), three.text(week.accuracy),
                three.text(week.expected.accuracy.value), two.text(week.profit),
                two.text(week.expected.profit.value),
            ]
        }
    }
}

private func counted(_ count: Int) -> String { NumberFormat.grouped(0).text(count) }
