import Output

/// What was seen in one column.
public struct ColumnEvidence: Equatable, Sendable {
    /// Name of the column.
    public var name: String
    /// Number of empty fields, null values included.
    public var nullCount: Int
    /// Number of distinct fields that are not empty.
    public var distinctCount: Int
    /// The least and the greatest number of a numeric column; nil for others.
    public var range: ClosedRange<Double>?
    /// The first and the last date of a column of dates; nil for others.
    public var dates: ClosedRange<Day>?
    /// The most frequent levels of a boolean or a column of levels, at most four, falling; a level's
    /// share is of the fields that are not empty.
    public var frequent: [LevelShare]
    /// The null values other than an empty field that occur.
    public var nullWords: [String]
    /// Why the column has its role or type; empty where the type says it all.
    public var reason: String
    /// What to do where the column stays out of the model though it may be useful; empty for others.
    public var advice: String

    /// A level and how frequent it is.
    public struct LevelShare: Equatable, Sendable {
        /// The level as it stands in the file.
        public var level: String
        /// Number of rows that have it.
        public var count: Int
        /// Their share, 0...1.
        public var share: Double
    }

    /// `350 to 850, 460 distinct values`, or `France: 50.1 %, Germany: 25.1 %, Spain: 24.8 %`.
    public var observed: String {
        let distinct = "\(countText(distinctCount)) distinct value\(distinctCount == 1 ? "" : "s")"
        if let dates { return "\(dates.lowerBound) to \(dates.upperBound), \(distinct)" }
        if let range {
            return "\(Self.short(range.lowerBound)) to \(Self.short(range.upperBound)), \(distinct)"
        }
        guard !frequent.isEmpty else { return distinct }
        let shares = frequent.map { "\(shortened($0.level)): \(percentText($0.share))" }
        let rest = distinctCount - frequent.count
        return shares.joined(separator: ", ") + (rest > 0 ? " and \(countText(rest)) more" : "")
    }

    /// At most four decimals, unless nothing but zeros were left.
    private static func short(_ value: Double) -> String {
        let rounded = (value * 10_000).rounded() / 10_000
        return numberText(rounded == 0 || !rounded.isFinite ? value : rounded)
    }
}

extension ColumnEvidence {
    init(_ profile: ColumnContent, _ inference: ColumnInference) {
        name = profile.name
        nullCount = profile.nullCount
        distinctCount = profile.distinctCount
        nullWords = profile.nullWords
        reason = inference.reason
        advice = inference.advice
        range = nil
        frequent = []
        if let found = inference.dates {
            dates = found.range
            distinctCount = found.distinctCount
            nullCount += found.neverCount
            return
        }
        switch inference.column.type.coding {
        case .number:
            if let least = profile.distinctNumbers.first,
                let greatest = profile.distinctNumbers.last
            {
                range = least ... greatest
            }
        case .truth, .level:
            let falling = (profile.levels ?? []).sorted {
                $0.count != $1.count ? $0.count > $1.count : ExactText($0.text) < ExactText($1.text)
            }
            frequent = falling.prefix(4).map { level in
                LevelShare(
                    level: level.text,
                    count: level.count,
                    share: Double(level.count) / Double(profile.filledCount)
                )
            }
        case nil: break
        }
    }
}
