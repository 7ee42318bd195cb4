public import Schema

/// Encodes rows of plain numbers, as a service gets them.
///
/// The same bits as `FittedFeatures.encode`, prepared for single rows. A row has one value for each of some columns: a
/// number or a truth's 0 and 1, NaN where null; or the code of a level, -1 where null, -2 where none of them.
public struct RowEncoder: Sendable {
    private let steps: [Step]
    private let width: Int
    private let valueCount: Int

    /// How one feature is encoded.
    private enum Step {
        case number(Int, FittedFeature, filled: Float, missing: Float)
        /// The encoded columns of each code from -2 on, one code after the other.
        case level(Int, [[Float]])
    }

    /// Prepares the encoding.
    ///
    /// - Parameters:
    ///   - features: As they were fitted.
    ///   - columns: What the values of a row are, in order; levels in the order of their codes.
    /// - Throws: `FeatureError` where a feature is none of the columns, or of another type.
    public init(_ features: FittedFeatures, columns: [ColumnSchema]) throws(FeatureError) {
        var steps: [Step] = []
        for feature in features.features {
            guard let place = columns.firstIndex(where: { $0.name == feature.name }) else {
                throw FeatureError(feature.name, "is absent, but the model needs it")
            }
            guard columns[place].type.kind == feature.type.kind else {
                throw FeatureError(feature.name, "is of another type than the model expects")
            }
            switch (feature.type, columns[place].type) {
            case (.levels(let levels), .levels(let own)):
                let codes =
                    [-2, -1]
                    + own.map { level in
                        levels.firstIndex { $0.utf8.elementsEqual(level.utf8) } ?? -2
                    }
                steps.append(
                    .level(place, codes.map { feature.encoded(code: Int32($0)).map { Float($0) } })
                )
            default:
                let filled = Float(feature.indicator?.scaled(0) ?? 0)
                let missing = Float(feature.indicator?.scaled(1) ?? 0)
                steps.append(.number(place, feature, filled: filled, missing: missing))
            }
        }
        self.steps = steps
        width = features.features.reduce(0) { $0 + $1.width }
        valueCount = columns.count
    }

    /// Encodes rows.
    ///
    /// - Parameter values: Shape [rows, columns], row by row.
    /// - Returns: Shape [encoded columns, stride].
    /// - Precondition: Codes are those of `init`'s levels.
    /// - Complexity: O(rows · encoded columns).
    public func encode(_ values: [Double]) -> FeatureMatrix {
        let rows = valueCount == 0 ? 0 : values.count / valueCount
        precondition(
            rows * valueCount == values.count,
            "\(values.count) values for rows of \(valueCount)"
        )
        var matrix = FeatureMatrix(columnCount: width, rowCount: rows)
        let stride = matrix.stride
        var start = 0
        for step in steps {
            switch step {
            case .number(let place, let feature, let filled, let missing):
                let substitute = feature.substitute ?? .nan
                for row in 0 ..< rows {
                    let raw = values[row * valueCount + place]
                    let value = raw.isNaN ? substitute : raw
                    var output = start + row
                    for column in feature.columns {
                        matrix.values[output] = Float(column.encoded(value))
                        output += stride
                    }
                    if feature.indicator != nil {
                        matrix.values[output] = raw.isNaN ? missing : filled
                    }
                }
                start += feature.width * stride
            case .level(let place, let table):
                for row in 0 ..< rows {
                    let encoded = table[Int(values[row * valueCount + place]) + 2]
                    for column in encoded.indices {
                        matrix.values[start + column * stride + row] = encoded[column]
                    }
                }
                start += table[0].count * stride
            }
        }
        return matrix
    }
}
