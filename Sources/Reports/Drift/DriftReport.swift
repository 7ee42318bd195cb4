import Charts
public import Drift
import Output

/// A comparison with the reference, in words and in every form that is written.
public struct DriftReport: Sendable {
    /// What was compared with, as it was named.
    public let referenceName: String
    /// What was compared, as it was named.
    public let currentName: String
    /// The result.
    public let verdict: DriftVerdict
    /// Rows that count in no column because they can't be read.
    public let unreadableRows: Int
    /// Rows that the model refuses to score; nil without a model.
    public let refusedRows: Int?
    /// Whether samples of both sides' rows were there to be compared; there may be too few rows in them.
    let hasRows: Bool
    let reference: DriftReference
    let current: DriftProfile

    /// Compares, and keeps what the reports draw.
    ///
    /// - Parameters:
    ///   - reference: What to compare with, and its name.
    ///   - current: What to compare, and its name.
    ///   - unreadableRows: Rows that could not be counted.
    ///   - refusedRows: Rows without a score; nil without a model.
    ///   - rows: Samples of both sides' rows; nil leaves whole rows out.
    ///   - rate: The largest expected share of false alarms.
    ///   - floor: The smallest effect that matters.
    /// - Throws: Where they can't be compared.
    public init(
        reference: (name: String, value: DriftReference),
        current: (name: String, value: DriftProfile),
        unreadableRows: Int = 0,
        refusedRows: Int? = nil,
        rows: (reference: RowSample, current: RowSample)? = nil,
        rate: Double = DriftVerdict.usualRate,
        floor: Double = DriftVerdict.usualFloor
    ) throws(DriftError) {
        referenceName = reference.name
        currentName = current.name
        verdict = try DriftVerdict(
            reference: reference.value,
            current: current.value,
            rate: rate,
            floor: floor,
            rows: rows.flatMap {
                RowVerdict(reference: $0.reference, current: $0.current, rate: rate, floor: floor)
            }
        )
        hasRows = rows != nil
        self.unreadableRows = unreadableRows
        self.refusedRows = refusedRows
        self.reference = reference.value
        self.current = current.value
    }

    /// The result in one sentence.
    public var headline: String {
        let (drifted, all) = (verdict.drifted, verdict.columns.count)
        let others = [
            verdict.score?.hasDrifted == true ? "the score" : nil,
            verdict.rows?.hasDrifted == true ? "whole rows" : nil,
        ].compactMap(\.self)
        let rest = others.joined(separator: " and ")
        // "The score does", "whole rows do".
        let verb = others == ["the score"] ? "does" : "do"
        guard !drifted.isEmpty else {
            return others.isEmpty
                ? "No drift in \(all) columns." : "No column drifts, but \(rest) \(verb)."
        }
        let names = drifted.prefix(5).map { $0.name.printable.clipped(to: 40) }
        let more = drifted.count > names.count ? " and \(drifted.count - names.count) more" : ""
        return "\(drifted.count) of \(all) columns \(drifted.count == 1 ? "drifts" : "drift"): "
            + names.joined(separator: ", ") + more
            + (others.isEmpty ? "." : "; so \(verb) \(rest).")
    }

    /// How many rows were compared, and by what rule.
    var rule: String {
        let count = NumberFormat.grouped(0)
        return "\(count.text(verdict.currentRows)) customers compared with "
            + "\(count.text(verdict.referenceRows)). A column drifts where chance is no explanation "
            + "(of all alarms at most \(NumberFormat.percent(0).text(verdict.rate)) are expected to be "
            + "false) and more of the customers moved than \(NumberFormat.percent(1).text(verdict.floor)) "
            + "and than chance moves between random parts of the reference."
    }

    /// What else is to be known.
    var cautions: [String] {
        let count = NumberFormat.grouped(0)
        var cautions: [String] = []
        if unreadableRows > 0 {
            cautions.append("\(count.text(unreadableRows)) rows can't be read and are left out.")
        }
        if let refusedRows, refusedRows > 0 {
            cautions.append(
                "\(count.text(refusedRows)) rows break the model's schema: they count in the columns but have "
                    + "no score."
            )
        }
        return cautions
    }

    /// Every column and the score, the score first where it drifts as the columns do.
    var all: [ColumnVerdict] { verdict.columns + (verdict.score.map { [$0] } ?? []) }
}

extension DriftReport: Encodable {
    private enum Key: String, CodingKey {
        case reference, current, headline, unreadableRows, refusedRows, verdict
    }

    /// Names, the sentence, and the verdict with every test.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode(referenceName, forKey: .reference)
        try fields.encode(currentName, forKey: .current)
        try fields.encode(headline, forKey: .headline)
        try fields.encode(unreadableRows, forKey: .unreadableRows)
        try fields.encodeIfPresent(refusedRows, forKey: .refusedRows)
        try fields.encode(verdict, forKey: .verdict)
    }
}

extension ColumnVerdict {
    /// What is worst about it, in words.
    var finding: String {
        guard let worst else { return "no values to compare" }
        let percent = NumberFormat.percent(1)
        let effect = percent.text(worst.effect)
        switch worst.kind {
        case .distribution:
            guard let means else { return "\(effect) of the customers have another level" }
            let mean = "mean \(means.reference.shortText) → \(means.current.shortText)"
            return "\(effect) of the customers moved, \(mean)"
        case .missing: return "empty in " + rates(worst)
        case .unseen: return "unlisted levels in " + rates(worst)
        }
    }

    private func rates(_ test: DriftTest) -> String {
        let percent = NumberFormat.percent(1)
        return "\(percent.text(test.referenceRate)) → \(percent.text(test.currentRate)) of the rows"
    }

    /// The cells of a table: column, drift, what, effect, threshold, p, PSI, mean before, mean now.
    var cells: [String] {
        let percent = NumberFormat.percent(1)
        return [
            name, hasDrifted ? "yes" : "no", worst?.kind.rawValue ?? "none",
            percent.text(worst?.effect), percent.text(worst?.threshold),
            worst.map { Self.chance($0.adjustedPValue) } ?? "n/a",
            NumberFormat.fixed(3).text(distances.stabilityIndex),
            means?.reference.shortText ?? "", means?.current.shortText ?? "",
        ]
    }

    /// The titles of `cells`; whether each is a number.
    static let titles: [(title: String, isNumber: Bool)] = [
        ("Column", false), ("Drift", false), ("What", false), ("Effect", true), ("Threshold", true),
        ("p", true), ("PSI", true), ("Mean before", true), ("Mean now", true),
    ]

    static func chance(_ p: Double) -> String {
        p < 0.0001 ? "< 0.0001" : NumberFormat.fixed(4).text(p)
    }
}

extension Double {
    /// Some four digits, enough to compare means by.
    fileprivate var shortText: String {
        let decimals = magnitude >= 1_000 ? 0 : magnitude >= 10 ? 1 : magnitude >= 1 ? 2 : 4
        return NumberFormat.grouped(decimals).text(self)
    }
}
