public import Schema
private import Tabular

/// How rows of the customer file become the network's inputs, fitted on training rows.
///
/// The encoded columns stand in the order that pandas' `get_dummies` gives: numbers and booleans in
/// the order of the file, then levels in the order of the file. The indicator of a null
/// (`Age_missing`) follows a feature's other columns directly.
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
    /// Of a column with many levels: the log-odds of leaving of each, by code from `LevelCode.unlisted` on; nil for others.
    public let rates: [Double]?
    /// What the network sees of it; see `FeatureEncoding`.
    public let columns: [EncodedColumn]
    /// 1 where the field is null, then scaled; nil where training saw no null to learn from.
    public let indicator: EncodedColumn?
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
        var codes: Range<Int>?
        switch type.coding {
        case .number, .truth: break
        case .level(let levels):
            guard !levels.isEmpty else { return "has no levels" }
            codes = levels.indices
            if let rates {
                guard rates.count == levels.count - Int(LevelCode.unlisted),
                    rates.allSatisfy(\.isFinite)
                else { return "has not a finite rate for each of its \(levels.count) levels" }
            }
            if let substitute, !levels.indices.map(Double.init).contains(substitute) {
                return "substitute \(substitute) is no index of its \(levels.count) levels"
            }
        case nil: return "text can't be a feature"
        }
        for column in columns {
            switch (column.reading, codes) {
            case (.level(let code), let codes?) where codes.contains(code) && rates == nil: break
            case (.rate, .some) where rates != nil: break
            case (.value, nil), (.nonzero, nil), (.range, nil), (.ramp, nil): break
            default: return "encoded column \"\(column.name)\" can't be read off it"
            }
        }
        for column in columns + (indicator.map { [$0] } ?? []) {
            if let problem = column.inconsistency { return problem }
        }
        if rates != nil, codes == nil { return "has rates, but no levels" }
        if let substitute, !substitute.isFinite { return "substitute \(substitute) is not finite" }
        return nil
    }
}
