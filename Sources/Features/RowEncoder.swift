private import Kernels
public import Schema

/// Encodes rows of plain numbers, as a service gets them.
///
/// The same bits as `FittedFeatures.encode`, prepared for single rows. A row has one value for each of some columns: a
/// number or a truth's 0 and 1, NaN where null; or the code of a level, -1 where null, -2 where none of them.
public struct RowEncoder: Sendable {
    private let steps: [Step]
    /// The columns of numbers, one feature after the other.
    private let columns: [ColumnScaling]
    /// The encoded columns of each code of a feature from -2 on, one code and one feature after the other.
    private let tables: [Float]
    private let width: Int
    private let valueCount: Int

    /// How one feature is encoded.
    ///
    /// It says where its columns are rather than hold them, so that taking a step counts no references.
    private enum Step {
        case number(place: Int, columns: Range<Int>, substitute: Double, Indicator?)
        case level(place: Int, width: Int, table: Int)
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
        var scalings: [ColumnScaling] = []
        var tables: [Float] = []
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
                steps.append(.level(place: place, width: feature.width, table: tables.count))
                tables += codes.flatMap { feature.encoded(code: Int32($0)).map { Float($0) } }
            default:
                let start = scalings.count
                scalings += feature.columns.map(\.scaling)
                let indicator = feature.indicator.map {
                    Indicator(filled: Float($0.scaled(0)), missing: Float($0.scaled(1)))
                }
                let substitute = feature.substitute ?? .nan
                steps.append(
                    .number(
                        place: place,
                        columns: start ..< scalings.count,
                        substitute: substitute,
                        indicator
                    )
                )
            }
        }
        self.steps = steps
        self.columns = scalings
        self.tables = tables
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
        let stride = FeatureMatrix.stride(rowCount: rows)
        var encoded = zeros(width * stride)
        var start = 0
        for step in steps {
            switch step {
            case .number(let place, let range, let substitute, let indicator):
                for row in 0 ..< rows {
                    let raw = values[row * valueCount + place]
                    let value = raw.isNaN ? substitute : raw
                    var output = start + row
                    for column in range {
                        encoded[output] = Float(columns[column].encoded(value))
                        output += stride
                    }
                    if let indicator {
                        encoded[output] = raw.isNaN ? indicator.missing : indicator.filled
                    }
                }
                start += (range.count + (indicator == nil ? 0 : 1)) * stride
            case .level(let place, let width, let table):
                for row in 0 ..< rows {
                    let first = table + (Int(values[row * valueCount + place]) + 2) * width
                    for column in 0 ..< width {
                        encoded[start + column * stride + row] = tables[first + column]
                    }
                }
                start += width * stride
            }
        }
        return FeatureMatrix(columnCount: width, rowCount: rows, values: encoded)
    }
}
