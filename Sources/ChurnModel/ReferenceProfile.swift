public import Schema
public import Tabular

/// The training distribution, against which later data is tested for drift.
public struct ReferenceProfile: Codable, Equatable, Sendable {
    /// Number of training rows.
    public let rowCount: Int
    /// One for each feature, in the order of the schema.
    public let features: [FeatureProfile]
    /// Quantiles of the predicted probability at 0, 0.01, … 1; empty without rows.
    public let scoreQuantiles: [Double]

    /// Describes training rows.
    ///
    /// - Parameters:
    ///   - table: The training rows, decoded by the schema.
    ///   - schema: Which columns are features.
    ///   - scores: Predicted probability of the training rows, shape [rows]. Finite.
    /// - Complexity: O(features · rows · log rows).
    public init(_ table: Table, schema: Schema, scores: [Float]) {
        rowCount = table.rowCount
        features = schema.features.compactMap { feature in
            table[feature.name].map { FeatureProfile(feature, $0) }
        }
        scoreQuantiles = percentiles(scores.map(Double.init).sorted())
    }
}

/// The training distribution of one feature.
public struct FeatureProfile: Codable, Equatable, Sendable {
    /// Name in the header.
    public let name: String
    /// How many rows are empty.
    public let nulls: Int
    /// For numbers; nil for levels and where every row is empty.
    public let number: NumberProfile?
    /// For levels and booleans, in the order of the schema; nil for numbers.
    public let levels: [LevelCount]?

    /// Rows of one level.
    public struct LevelCount: Codable, Equatable, Sendable {
        /// The level as in the file; nil stands for levels that the schema does not list.
        public let level: String?
        /// How many rows have it.
        public let count: Int
    }

    fileprivate init(_ feature: ColumnSchema, _ column: Column) {
        name = feature.name
        let listed: [String]? =
            switch feature.type {
            case .boolean(let no, let yes): [no, yes]
            case .levels(let levels): levels
            case .number, .text: nil
            }
        switch column {
        case .number(let values):
            let filled = values.filter { !$0.isNaN }
            nulls = values.count - filled.count
            levels = listed.map { listed in
                listed.enumerated().map { code, level in
                    LevelCount(level: level, count: filled.count { $0 == Double(code) })
                }
            }
            number = levels == nil ? NumberProfile(filled) : nil
        case .level(let codes, let own):
            nulls = codes.count { $0 == -1 }
            number = nil
            var counts: [LevelCount] = []
            for (code, level) in own.enumerated() {
                counts.append(LevelCount(level: level, count: codes.count { $0 == Int32(code) }))
            }
            let unlisted = codes.count { $0 == -2 }
            if unlisted > 0 { counts.append(LevelCount(level: nil, count: unlisted)) }
            levels = counts
        case .text(let values):
            nulls = values.count(where: \.isEmpty)
            number = nil
            levels = nil
        }
    }
}

/// The training distribution of a number, nulls left out.
public struct NumberProfile: Codable, Equatable, Sendable {
    /// How many rows have a number.
    public let count: Int
    /// Their mean.
    public let mean: Double
    /// Their population standard deviation; 0 where they are constant.
    public let deviation: Double
    /// The smallest.
    public let minimum: Double
    /// The largest.
    public let maximum: Double
    /// Whether every number is whole.
    public let isWhole: Bool
    /// Quantiles at 0, 0.01, … 1.
    public let quantiles: [Double]

    fileprivate init?(_ values: [Double]) {
        let sorted = values.sorted()
        guard let minimum = sorted.first, let maximum = sorted.last else { return nil }
        count = sorted.count
        let mean = sorted.reduce(0, +) / Double(sorted.count)
        self.mean = mean
        let squares = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        deviation = minimum == maximum ? 0 : (squares / Double(sorted.count)).squareRoot()
        self.minimum = minimum
        self.maximum = maximum
        isWhole = sorted.allSatisfy { $0 == $0.rounded() && abs($0) < 0x1p53 }
        quantiles = percentiles(sorted)
    }
}

/// Quantiles at 0, 0.01, … 1, linear between order statistics: type 7 of Hyndman and Fan, "Sample
/// quantiles in statistical packages", The American Statistician 50, 1996; numpy's default.
private func percentiles(_ sorted: [Double]) -> [Double] {
    guard !sorted.isEmpty else { return [] }
    return (0 ... 100).map { percent in
        // In whole hundredths, so that the place is exact.
        let (below, hundredths) = (percent * (sorted.count - 1)).quotientAndRemainder(
            dividingBy: 100
        )
        guard hundredths > 0 else { return sorted[below] }
        let fraction = Double(hundredths) / 100
        return sorted[below] + (sorted[below + 1] - sorted[below]) * fraction
    }
}
