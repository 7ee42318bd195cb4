private import Kernels
public import Schema

/// Encodes coded rows, as a service gets them.
///
/// The same bits as `FittedFeatures.encode`, prepared for single rows of other columns than the features.
public struct RowEncoder: Sendable {
    private let steps: EncodingSteps
    /// Which of a row's values each feature is.
    private let places: [Int]
    private let valueCount: Int

    /// Prepares the encoding.
    ///
    /// - Parameters:
    ///   - features: As they were fitted.
    ///   - columns: What the values of a row are, in order.
    /// - Throws: `FeatureError` where a feature is none of the columns, or of another type.
    public init(_ features: FittedFeatures, columns: [ColumnSchema]) throws(FeatureError) {
        let found = try features.features.map { feature throws(FeatureError) in
            try CodedPlace(of: feature.name, as: feature.type.coding, in: columns)
        }
        steps = EncodingSteps(features.features, codes: found.map(\.codes))
        places = found.map(\.place)
        valueCount = columns.count
    }

    /// Which of a row's values each feature is, and its encoded columns.
    public var columns: [(place: Int, encoded: Range<Int>)] {
        var start = 0
        return zip(places, steps.steps).map { place, step in
            defer { start += step.width }
            return (place, start ..< start + step.width)
        }
    }

    /// Encodes rows.
    ///
    /// - Parameter rows: Rows of `init`'s columns.
    /// - Returns: Shape [encoded columns, stride].
    /// - Complexity: O(rows · encoded columns).
    public func encode(_ rows: CodedRows) -> FeatureMatrix {
        precondition(
            rows.width == valueCount,
            "rows of \(rows.width) values for rows of \(valueCount)"
        )
        let count = rows.count
        let stride = FeatureMatrix.stride(rowCount: count)
        var encoded = zeros(steps.width * stride)
        let values = rows.values.span
        var output = encoded.mutableSpan
        var start = 0
        for (place, step) in zip(places, steps.steps) {
            let places = EncodingSteps.Places(
                first: place,
                distance: valueCount,
                rows: count,
                start: start,
                stride: stride
            )
            switch step {
            case .number(let columns, let substitute, let indicator):
                steps.encode(columns, substitute, indicator, values, places, into: &output)
            case .code(let width, let table, let codes):
                steps.encode(width, table, codes, values, { Int($0) }, places, into: &output)
            }
            start += step.width * stride
        }
        return FeatureMatrix(columnCount: steps.width, rowCount: count, values: encoded)
    }
}
