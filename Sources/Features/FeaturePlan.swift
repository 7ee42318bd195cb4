public import Schema
public import Tabular

/// What to fit: the features of a schema, not yet fitted.
///
/// ```swift
/// let fitted = try FeaturePlan(schema).fit(trainingRows)
/// let inputs = try fitted.encode(otherRows)  // with the means and levels of training
/// print(fitted.encodedNames)  // such as age, plan_family
/// ```
public struct FeaturePlan: Equatable, Sendable {
    private let features: [ColumnSchema]
    let encoding: FeatureEncoding

    /// Plans the features of a schema: numbers and booleans first, then levels, each in file order.
    ///
    /// - Parameters:
    ///   - schema: What the columns mean.
    ///   - encoding: How features become inputs.
    ///   - columns: The features to take; nil for all.
    public init(_ schema: Schema, encoding: FeatureEncoding = .dummies, columns: [String]? = nil) {
        self.encoding = encoding
        let features = schema.features.filter { columns?.contains($0.name) ?? true }
        self.features = features.filter { !$0.hasManyLevels } + features.filter(\.hasManyLevels)
    }

    /// Fits means, deviations, cuts and substitutes.
    ///
    /// As `dummies`, numbers and indicators equal scikit-learn's `SimpleImputer(add_indicator=True)` followed by
    /// `StandardScaler`; levels equal pandas' `get_dummies(drop_first=True)` followed by
    /// `StandardScaler`, to rounding.
    ///
    /// - Parameters:
    ///   - table: Training rows only, else the test set leaks into the model.
    ///   - labels: Their truth, which the encoding by pieces needs, and columns with many levels; without it these have
    ///     an indicator for each level.
    ///   - weights: How much each row counts; nil where all count the same.
    /// - Returns: The fitted state, which encodes any rows.
    /// - Throws: `FeatureError` where a feature is absent, of another type, never filled, or breaks
    ///   its schema.
    /// - Complexity: O(rows · features).
    public func fit(
        _ table: Table,
        labels: [Bool] = [],
        weights: [Float]? = nil
    ) throws(FeatureError) -> FittedFeatures {
        precondition(
            encoding != .pieces || labels.count == table.rowCount,
            "pieces are fitted to labels"
        )
        guard !features.isEmpty else {
            throw FeatureError(nil, "the schema has no feature; give a column the role feature")
        }
        guard table.rowCount > 0 else { throw FeatureError(nil, "there is no row to fit on") }
        var fitted: [FittedFeature] = []
        for feature in features {
            let column = try table.column(feature.name, as: feature.type.coding)
            if case (.level(let levels), .level(let codes, _)) = (feature.type.coding, column) {
                fitted.append(
                    labels.count == table.rowCount && feature.type.coding?.ratedLevels != nil
                        ? try fitRates(feature, levels: levels, codes, labels, weights)
                        : try fitLevels(feature, levels: levels, codes)
                )
            } else if case .number(let values) = column.numbers {
                fitted.append(try fitNumber(feature, values, labels: labels))
            }
        }
        guard fitted.contains(where: { !$0.columns.isEmpty }) else {
            throw FeatureError(
                nil,
                "every feature has a single level, so there is nothing to learn from"
            )
        }
        return FittedFeatures(features: fitted)
    }

    /// Fits a number, or a truth by its 0 and 1.
    private func fitNumber(
        _ feature: ColumnSchema,
        _ numbers: [Double],
        labels: [Bool]
    ) throws(FeatureError) -> FittedFeature {
        var values = numbers
        if let row = values.firstIndex(where: \.isInfinite) {
            throw FeatureError(feature.name, "row \(row + 1) of the training rows is infinite")
        }
        let missing = values.map(\.isNaN)
        let filled = values.indices.filter { !missing[$0] }
        try check(feature, nulls: values.count - filled.count, of: values.count)
        let extremes = NumberExtremes(filled.map { values[$0] })
        if let extremes {
            for row in filled { values[row] = extremes.held(values[row]) }
        }
        let known = filled.map { values[$0] }
        let encoded: [EncodedColumn]
        let mean: Double
        if encoding == .dummies {
            mean = Moments(known).mean
            for row in values.indices where missing[row] { values[row] = mean }
            encoded =
                extremes.map { $0.columns(feature.name, held: values, numbers) }
                ?? [number(feature, values)]
        } else {
            let columns = NumberColumns(
                feature.name,
                known,
                labels: encoding == .pieces ? filled.map { labels[$0] } : [],
                isBoolean: feature.type.coding != .number,
                extremes: extremes
            )
            mean = columns.substitute
            encoded =
                columns.encoded(encoding)
                + (extremes?.indicators(
                    feature.name,
                    filled.map { numbers[$0] },
                    leastDeviation: leastDeviation
                ) ?? [])
        }
        return FittedFeature(
            name: feature.name,
            type: feature.type,
            substitute: feature.nulls == .impute ? mean : nil,
            unseen: feature.unseen,
            rates: nil,
            columns: encoded,
            indicator: indicator(feature, missing)
        )
    }

    /// A number as a z-score, or a truth.
    ///
    /// A number far from all that training rows have counts as twice as far as the farthest of these: single precision
    /// holds no more, and no one knows what it means.
    private func number(_ feature: ColumnSchema, _ values: [Double]) -> EncodedColumn {
        let column = EncodedColumn(feature.name, .value(skipsZero: false), values)
        guard feature.type.coding == .number else { return column }
        let farthest = values.reduce(0) { max($0, abs(column.scaled($1))) }
        return EncodedColumn(
            column.name,
            column.reading,
            mean: column.mean,
            deviation: column.deviation,
            limit: max(10, 2 * farthest)
        )
    }

    func check(_ feature: ColumnSchema, nulls: Int, of count: Int) throws(FeatureError) {
        // A part of the rows that is fitted only to judge others may be without a value by chance.
        guard nulls < count || encoding != .dummies else {
            throw FeatureError(
                feature.name,
                "every training row is empty; give the column the role ignored"
            )
        }
        guard nulls == 0 || feature.nulls == .impute else {
            throw FeatureError(
                feature.name,
                "\(nulls) training rows are empty; fill them, or set nulls: impute"
            )
        }
    }

    /// Without a null in training the indicator would be constant, and its weights never learned.
    func indicator(_ feature: ColumnSchema, _ missing: [Bool]) -> EncodedColumn? {
        guard missing.contains(true) else { return nil }
        return EncodedColumn(
            "\(feature.name)_missing",
            .missing,
            missing.map { $0 ? 1 : 0 },
            leastDeviation: leastDeviation
        )
    }

    var leastDeviation: Double {
        encoding == .dummies ? 0 : NumberColumns.leastIndicatorDeviation
    }
}

extension EncodedColumn {
    /// A column with the moments of what training rows read.
    init(
        _ name: String,
        _ reading: Reading,
        _ values: [Double],
        leastDeviation: Double = 0,
        factor: Double = 1,
        limit: Double? = nil
    ) {
        let moments = Moments(values)
        self.init(
            name,
            reading,
            mean: moments.mean,
            deviation: max(moments.deviation, leastDeviation) * factor,
            limit: limit
        )
    }
}

extension ColumnSchema {
    /// Whether it has levels that are no truths.
    fileprivate var hasManyLevels: Bool {
        if case .level = type.coding { true } else { false }
    }
}
