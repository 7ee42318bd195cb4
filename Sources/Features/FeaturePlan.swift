public import Schema
public import Tabular

/// What to fit: the features of a schema, not yet fitted.
public struct FeaturePlan: Equatable, Sendable {
    private let features: [ColumnSchema]
    private let encoding: FeatureEncoding

    /// Plans the features of a schema: numbers and booleans first, then levels, each in file order.
    ///
    /// - Parameters:
    ///   - schema: What the columns mean.
    ///   - encoding: How features become inputs.
    ///   - columns: The features to take; nil for all.
    public init(_ schema: Schema, encoding: FeatureEncoding = .dummies, columns: [String]? = nil) {
        self.encoding = encoding
        let features = schema.features.filter { columns?.contains($0.name) ?? true }
        self.features = features.filter { !$0.type.isLevels } + features.filter(\.type.isLevels)
    }

    /// Fits means, deviations, cuts and substitutes.
    ///
    /// As `dummies`, numbers and indicators equal scikit-learn's `SimpleImputer(add_indicator=True)` followed by
    /// `StandardScaler`; levels equal pandas' `get_dummies(drop_first=True)` followed by
    /// `StandardScaler`, to rounding.
    ///
    /// - Parameters:
    ///   - table: Training rows only, else the test set leaks into the model.
    ///   - labels: Their truth, which the encoding by pieces needs.
    /// - Returns: The fitted state, which encodes any rows.
    /// - Throws: `FeatureError` where a feature is absent, of another type, never filled, or breaks
    ///   its schema.
    /// - Complexity: O(rows · features).
    public func fit(
        _ table: Table,
        labels: [Bool] = []
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
            switch feature.type {
            case .number, .boolean: fitted.append(try fitNumber(feature, in: table, labels: labels))
            case .levels(let levels):
                fitted.append(try fitLevels(feature, levels: levels, in: table))
            case .text: throw FeatureError(feature.name, "text can't be a feature")
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

    private func fitNumber(
        _ feature: ColumnSchema,
        in table: Table,
        labels: [Bool]
    ) throws(FeatureError) -> FittedFeature {
        var values = try table.numbers(feature.name, type: feature.type)
        if let row = values.firstIndex(where: \.isInfinite) {
            throw FeatureError(feature.name, "row \(row + 1) of the training rows is infinite")
        }
        let missing = values.map(\.isNaN)
        let filled = values.indices.filter { !missing[$0] }
        try check(feature, nulls: values.count - filled.count, of: values.count)
        let known = filled.map { values[$0] }
        let encoded: [EncodedColumn]
        let mean: Double
        if encoding == .dummies {
            mean = Moments(known).mean
            for row in values.indices where missing[row] { values[row] = mean }
            encoded = [EncodedColumn(feature.name, .value(skipsZero: false), values)]
        } else {
            let columns = NumberColumns(
                feature.name,
                known,
                labels: encoding == .pieces ? filled.map { labels[$0] } : [],
                isBoolean: feature.type.kind == .boolean
            )
            mean = columns.substitute
            encoded = columns.encoded(encoding)
        }
        return FittedFeature(
            name: feature.name,
            type: feature.type,
            substitute: feature.nulls == .impute ? mean : nil,
            unseen: feature.unseen,
            columns: encoded,
            indicator: indicator(feature, missing)
        )
    }

    private func fitLevels(
        _ feature: ColumnSchema,
        levels: [String],
        in table: Table
    ) throws(FeatureError) -> FittedFeature {
        guard !levels.isEmpty else { throw FeatureError(feature.name, "has no levels") }
        var codes = try table.codes(feature.name, levels: levels)
        let missing = codes.map { $0 == -1 }
        try check(feature, nulls: missing.count { $0 }, of: codes.count)
        if feature.unseen == .error, let row = codes.firstIndex(of: -2) {
            throw FeatureError(
                feature.name,
                "row \(row + 1) of the training rows has a level that the schema does not list;"
                    + " list it, or set unseen: other"
            )
        }
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

    private func check(_ feature: ColumnSchema, nulls: Int, of count: Int) throws(FeatureError) {
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
    private func indicator(_ feature: ColumnSchema, _ missing: [Bool]) -> EncodedColumn? {
        guard missing.contains(true) else { return nil }
        return EncodedColumn(
            "\(feature.name)_missing",
            .missing,
            missing.map { $0 ? 1 : 0 },
            leastDeviation: leastDeviation
        )
    }

    private var leastDeviation: Double {
        encoding == .dummies ? 0 : NumberColumns.leastIndicatorDeviation
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

extension ColumnType {
    fileprivate var isLevels: Bool {
        if case .levels = self { true } else { false }
    }
}
