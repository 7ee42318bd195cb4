import Schema
public import Tabular

extension FittedFeatures {
    /// Encodes the rows that were fitted on, for the network to learn from.
    ///
    /// Like `encode`, but for columns with many levels: a row's rate is that of other rows, since the fitted one, which any
    /// other row gets, knows the row's own truth.
    ///
    /// - Parameters:
    ///   - table: The rows that `FeaturePlan.fit` was given.
    ///   - labels: Their truth, as it was given.
    ///   - weights: As they were given.
    /// - Returns: Shape [encoded columns, stride].
    /// - Throws: `FeatureError` where a feature is absent or of another type.
    /// - Complexity: O(rows · encoded columns).
    public func encodeFitted(
        _ table: Table,
        labels: [Bool],
        weights: [Float]? = nil
    ) throws(FeatureError) -> FeatureMatrix {
        var matrix = try encode(table)
        var column = 0
        for feature in features {
            defer { column += feature.width }
            guard feature.rates != nil, let encoded = feature.columns.first,
                case .level(let codes, let levels) =
                    try table.column(feature.name, as: feature.type.coding)
            else { continue }
            let values = LevelOdds(codes, levels: levels.count, labels: labels, weights: weights)
                .heldOut(codes, labels: labels, weights: weights)
            for row in values.indices {
                matrix.values[column * matrix.stride + row] = Float(encoded.scaled(values[row]))
            }
        }
        return matrix
    }
}
