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
        case number(place: Int, columns: [EncodedColumn], substitute: Double, Indicator?)
        /// The encoded columns of each code from -2 on, one code after the other.
        case level(place: Int, width: Int, table: [Float])
    }

    /// What a number's indicator is where the number is there, and where it is not.
    private struct Indicator {
        let filled: Float
        let missing: Float
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
                let table = codes.flatMap { feature.encoded(code: Int32($0)).map { Float($0) } }
                steps.append(.level(place: place, width: feature.width, table: table))
            default:
                // Without their names, which copying would count references to.
                let columns = feature.columns.map {
                    EncodedColumn(
                        "",
                        $0.reading,
                        mean: $0.mean,
                        deviation: $0.deviation,
                        limit: $0.limit
                    )
                }
                let indicator = feature.indicator.map {
                    Indicator(filled: Float($0.scaled(0)), missing: Float($0.scaled(1)))
                }
                let substitute = feature.substitute ?? .nan
                steps.append(
                    .number(place: place, columns: columns, substitute: substitute, indicator)
                )
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
            case .number(let place, let columns, let substitute, let indicator):
                for row in 0 ..< rows {
                    let raw = values[row * valueCount + place]
                    let value = raw.isNaN ? substitute : raw
                    var output = start + row
                    for column in columns {
                        matrix.values[output] = Float(column.encoded(value))
                        output += stride
                    }
                    if let indicator {
                        matrix.values[output] = raw.isNaN ? indicator.missing : indicator.filled
                    }
                }
                start += (columns.count + (indicator == nil ? 0 : 1)) * stride
            case .level(let place, let width, let table):
                for row in 0 ..< rows {
                    let first = (Int(values[row * valueCount + place]) + 2) * width
                    for column in 0 ..< width {
                        matrix.values[start + column * stride + row] = table[first + column]
                    }
                }
                start += width * stride
            }
        }
        return matrix
    }
}
