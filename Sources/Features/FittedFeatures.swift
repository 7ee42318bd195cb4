public import Schema

/// How rows of the customer file become the network's inputs, fitted on training rows.
///
/// The encoded columns stand in the order that pandas' `get_dummies` gives: numbers and booleans in
/// the order of the file, then levels in the order of the file. The indicator of a column
/// (`Age_missing`) follows it directly.
public struct FittedFeatures: Equatable, Sendable {
    /// The features, in the order in which they are encoded.
    public let features: [FittedFeature]

    /// The network's inputs, in order.
    public var encodedColumns: [EncodedColumn] {
        features.flatMap { $0.columns + ($0.indicator.map { [$0] } ?? []) }
    }

    /// Names of the network's inputs, in order.
    public var encodedNames: [String] { encodedColumns.map(\.name) }
}

/// How one column of the customer file is encoded.
public struct FittedFeature: Codable, Equatable, Sendable {
    /// Name in the header.
    public let name: String
    /// How its fields read, and their levels.
    public let type: ColumnType
    /// What stands in for a null: the training mean of a number (or of a boolean's 0 and 1), the
    /// index of the most frequent level; nil where a null breaks the schema.
    public let substitute: Double?
    /// What to do with a level that is not listed.
    public let unseen: UnseenPolicy
    /// One column for a number or boolean; for levels one each, without the first.
    public let columns: [EncodedColumn]
    /// 1 where the field is null, then scaled; nil where training saw no null to learn from.
    public let indicator: EncodedColumn?
}

/// One input of the network and its standard scaling.
public struct EncodedColumn: Codable, Equatable, Sendable {
    /// `Age`, `Geography_Germany`, `Age_missing`.
    public let name: String
    /// Mean of the training rows before scaling.
    public let mean: Double
    /// Population standard deviation of the training rows before scaling; 1 where they are constant.
    public let deviation: Double

    /// The value that the network sees, in double precision.
    public func scaled(_ value: Double) -> Double { (value - mean) / deviation }
}

extension FittedFeatures: Codable {
    private enum Key: String, CodingKey { case features }

    /// Reads fitted features and refuses parts that don't fit together.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        features = try fields.decode([FittedFeature].self, forKey: .features)
        for feature in features {
            guard let problem = feature.inconsistency else { continue }
            throw DecodingError.dataCorruptedError(
                forKey: .features,
                in: fields,
                debugDescription: FeatureError(feature.name, problem).description
            )
        }
    }
}

extension FittedFeature {
    /// What would make encoding impossible; nil where all is well.
    fileprivate var inconsistency: String? {
        let expected: Int
        switch type {
        case .number, .boolean: expected = 1
        case .levels(let levels):
            guard !levels.isEmpty else { return "has no levels" }
            expected = levels.count - 1
            if let substitute, !levels.indices.map(Double.init).contains(substitute) {
                return "substitute \(substitute) is no index of its \(levels.count) levels"
            }
        case .text: return "text can't be a feature"
        }
        guard columns.count == expected else {
            return "has \(columns.count) encoded columns, not \(expected)"
        }
        for column in columns + (indicator.map { [$0] } ?? [])
        where !column.mean.isFinite || !(column.deviation > 0) || !column.deviation.isFinite {
            return "encoded column \"\(column.name)\" has no finite mean and positive deviation"
        }
        if let substitute, !substitute.isFinite { return "substitute \(substitute) is not finite" }
        return nil
    }
}
