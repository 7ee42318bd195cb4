/// What must not differ too much between the levels of a column.
public enum SliceMeasure: String, Codable, CaseIterable, Sendable {
    /// Share of the leavers who are found at the threshold (equal opportunity: Hardt, Price and Srebro,
    /// "Equality of opportunity in supervised learning", NIPS 2016).
    case recall
    /// Share of customers at or above the threshold (demographic parity).
    case selectionRate = "selection_rate"
    /// Mean probability less the share of those who left.
    ///
    /// Unlike the calibration error of a few rows, which chance alone makes larger the fewer they are, it
    /// is as likely above as below its true value, so it can be compared between levels of different size.
    case calibration

    /// The name for a reader.
    public var title: String {
        switch self {
        case .recall: "Recall"
        case .selectionRate: "Selection rate"
        case .calibration: "Calibration"
        }
    }
}

/// The two levels of a column between which a measure differs most surely.
public struct SliceGap: Codable, Equatable, Sendable {
    /// The column's name.
    public let column: String
    /// What differs.
    public let measure: SliceMeasure
    /// The level with the higher value; nil stands for rows without a listed level.
    public let higher: String?
    /// The level with the lower value.
    public let lower: String?
    /// By how much.
    public let difference: Double
    /// An interval of the difference that holds, together with those of all other pairs of levels, with
    /// 95 % (Bonferroni).
    public let interval: ConfidenceInterval

    /// The interval of the difference of two independent numbers from an interval of each.
    ///
    /// Newcombe, "Interval estimation for the difference between independent proportions", Statistics in
    /// Medicine 17 (1998), method 10; for other numbers Zou and Donner, "Construction of confidence limits
    /// about effect measures", Statistics in Medicine 27 (2008).
    static func interval(
        of one: (value: Double, interval: ConfidenceInterval),
        less other: (value: Double, interval: ConfidenceInterval)
    ) -> ConfidenceInterval {
        func reach(_ down: Double, _ up: Double) -> Double { (down * down + up * up).squareRoot() }
        let difference = one.value - other.value
        return ConfidenceInterval(
            low: difference
                - reach(one.value - one.interval.low, other.interval.high - other.value),
            high: difference
                + reach(one.interval.high - one.value, other.value - other.interval.low)
        )
    }
}

/// How far a model's levels lie apart.
public struct SliceGaps: Codable, Equatable, Sendable {
    /// One for each measure, in the order of `SliceMeasure.allCases`; empty where fewer than two levels
    /// have rows enough.
    public let gaps: [SliceGap]
    /// Levels with fewer than 100 rows, or fewer than 10 of either class: too few to judge by.
    public let ignored: [String]

    /// Measures.
    ///
    /// - Parameters:
    ///   - column: A level per row. Shape [n].
    ///   - labels: Truth per row. Shape [n].
    ///   - probabilities: Probability of the positive class. Shape [n].
    ///   - threshold: The cut that the model is used with.
    /// - Throws: `EvaluationError` where the arguments do not fit.
    /// - Complexity: O(*n* log *n* + *l*²) for *l* levels.
    public init(
        _ column: SliceColumn,
        labels: [Bool],
        probabilities: [Double],
        threshold: Double
    ) throws(EvaluationError) {
        try EvaluationError.check(
            labels: labels,
            probabilities: probabilities,
            threshold: threshold
        )
        var levels: [Level] = []
        var ignored: [String] = []
        for (name, rows) in try column.rowsByLevel(expected: labels.count) {
            let level = Level(
                name: name,
                labels: rows.map { labels[$0] },
                probabilities: rows.map { probabilities[$0] },
                threshold: threshold
            )
            if level.isSmall { ignored.append(name ?? "(none)") } else { levels.append(level) }
        }
        self.ignored = ignored
        let pairs = levels.count * (levels.count - 1) / 2
        guard pairs > 0 else {
            gaps = []
            return
        }
        let reach = normalDistance(withChance: 0.05 / Double(pairs))
        gaps = SliceMeasure.allCases.compactMap { measure in
            let values = levels.map { $0.value(measure, reach: reach) }
            var surest: SliceGap?
            for one in levels.indices {
                for other in levels.indices where other != one {
                    let gap = SliceGap(
                        column: column.name,
                        measure: measure,
                        higher: levels[one].name,
                        lower: levels[other].name,
                        difference: values[one].value - values[other].value,
                        interval: SliceGap.interval(of: values[one], less: values[other])
                    )
                    if gap.interval.low > surest?.interval.low ?? -.infinity { surest = gap }
                }
            }
            return surest
        }
    }
}

/// The rows of one level.
private struct Level {
    let name: String?
    let labels: [Bool]
    let probabilities: [Double]
    let threshold: Double

    var isSmall: Bool {
        let positives = labels.count { $0 }
        return SliceResult.isSmall(positives: positives, negatives: labels.count - positives)
    }

    func value(
        _ measure: SliceMeasure,
        reach: Double
    ) -> (value: Double, interval: ConfidenceInterval) {
        let chosen = probabilities.indices.filter { probabilities[$0] >= threshold }
        switch measure {
        case .recall:
            return rate(chosen.count { labels[$0] }, of: labels.count { $0 }, reach: reach)
        case .selectionRate: return rate(chosen.count, of: labels.count, reach: reach)
        case .calibration:
            let found = CalibrationInTheLarge(labels, probabilities, reach: reach)
            return (found.value, found.interval)
        }
    }

    private func rate(
        _ part: Int,
        of whole: Int,
        reach: Double
    ) -> (value: Double, interval: ConfidenceInterval) {
        (
            Double(part) / Double(whole),
            .wilson(successes: part, trials: whole, reach: reach)
                ?? ConfidenceInterval(low: 0, high: 1)
        )
    }
}
