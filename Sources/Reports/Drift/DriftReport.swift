public import Drift
import Texts

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
    public var headline: String { headline(in: .english) }

    /// How many rows were compared, and by what rule.
    var rule: String { rule(in: .english) }

    /// What else is to be known.
    var cautions: [String] { cautions(in: .english) }

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
