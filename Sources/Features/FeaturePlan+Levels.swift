import Schema
import Tabular

/// Columns of levels.
extension FeaturePlan {
    /// Fits a column whose levels count by their rates.
    func fitRates(
        _ feature: ColumnSchema,
        levels: [String],
        _ codes: [Int32],
        _ labels: [Bool],
        _ weights: [Float]?
    ) throws(FeatureError) -> FittedFeature {
        let missing = codes.map { $0 == LevelCode.null }
        try check(feature, nulls: missing.count { $0 }, of: codes.count)
        try check(feature, listed: codes)
        let rates = LevelOdds(codes, levels: levels.count, labels: labels, weights: weights)
        return FittedFeature(
            name: feature.name,
            type: feature.type,
            substitute: feature.nulls == .impute ? 0 : nil,
            unseen: feature.unseen,
            rates: rates.values,
            columns: [
                EncodedColumn(
                    "\(feature.name)_rate",
                    .rate,
                    rates.heldOut(codes, labels: labels, weights: weights),
                    limit: 4
                )
            ],
            indicator: indicator(feature, missing)
        )
    }

    /// Fits a column with an indicator for each level.
    func fitLevels(
        _ feature: ColumnSchema,
        levels: [String],
        _ given: [Int32]
    ) throws(FeatureError) -> FittedFeature {
        guard !levels.isEmpty else { throw FeatureError(feature.name, "has no levels") }
        var codes = given
        let missing = codes.map { $0 == LevelCode.null }
        try check(feature, nulls: missing.count { $0 }, of: codes.count)
        try check(feature, listed: codes)
        var counts = levels.map { _ in 0 }
        for code in codes where code >= 0 { counts[Int(code)] += 1 }
        // Ties go to the first level, as in scikit-learn's SimpleImputer.
        let mostFrequent = counts.firstIndex(of: counts.max() ?? 0) ?? 0
        for row in codes.indices where missing[row] { codes[row] = Int32(mostFrequent) }
        return FittedFeature(
            name: feature.name,
            type: feature.type,
            substitute: feature.nulls == .impute ? Double(mostFrequent) : nil,
            unseen: feature.unseen,
            rates: nil,
            columns: encodedLevels(counts).map { level in
                EncodedColumn(
                    "\(feature.name)_\(levels[level])",
                    .level(code: level),
                    codes.map { $0 == Int32(level) ? 1 : 0 },
                    leastDeviation: leastDeviation
                )
            },
            indicator: indicator(feature, missing)
        )
    }

    private func check(_ feature: ColumnSchema, listed codes: [Int32]) throws(FeatureError) {
        guard feature.unseen == .error, let row = codes.firstIndex(of: LevelCode.unlisted) else {
            return
        }
        throw FeatureError(
            feature.name,
            "row \(row + 1) of the training rows has a level that the schema does not list;"
                + " list it, or set unseen: other"
        )
    }

    /// The levels that get an indicator.
    ///
    /// Without `get_dummies` to equal, these are those that training
    /// rows have: all, since a network may start from any, or one of two.
    private func encodedLevels(_ counts: [Int]) -> [Int] {
        guard encoding != .dummies else { return Array(counts.indices.dropFirst()) }
        let seen = counts.indices.filter { counts[$0] > 0 }
        return seen.count > 2 ? seen : Array(seen.dropFirst())
    }
}
