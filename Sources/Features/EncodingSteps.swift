private import Kernels
import Schema
import Tabular

/// Fitted features, prepared for encoding: the one description by which `FittedFeatures.encode` encodes the columns of
/// a file, and `RowEncoder` the rows of a service.
///
/// Both go over coded values with the loops below, where the values of a column lie one beside the other or a row
/// apart, and so give the same bits.
struct EncodingSteps: Sendable {
    /// How each feature is encoded, in order.
    let steps: [Step]
    /// Number of encoded columns.
    let width: Int
    /// The columns of numbers, one feature after the other.
    private let columns: [ColumnScaling]
    /// The encoded columns of features with codes: for each column of each feature its values by code, from
    /// `LevelCode.unlisted` on.
    private let tables: [Float]

    /// How one feature is encoded.
    ///
    /// It says where its columns are rather than hold them, so that taking a step counts no references.
    enum Step {
        case number(columns: Range<Int>, substitute: Double, Indicator?)
        case code(width: Int, table: Int, codes: Int)

        /// Number of encoded columns.
        var width: Int {
            switch self {
            case .number(let columns, _, let indicator): columns.count + (indicator == nil ? 0 : 1)
            case .code(let width, _, _): width
            }
        }
    }

    /// What a number's indicator is where the number is there, and where it is not.
    struct Indicator {
        let filled: Float
        let missing: Float
    }

    /// Prepares features.
    ///
    /// - Parameters:
    ///   - features: As they were fitted.
    ///   - codes: The feature's code for each code of the values, from `LevelCode.unlisted` on; for each feature.
    init(_ features: [FittedFeature], codes: [[Int32]]) {
        var steps: [Step] = []
        var columns: [ColumnScaling] = []
        var tables: [Float] = []
        for (feature, codes) in zip(features, codes) {
            guard feature.type.coding == .number else {
                // The arithmetic is done once a level.
                let byCode = codes.map { feature.encoded(Double($0)).map { Float($0) } }
                steps.append(.code(width: feature.width, table: tables.count, codes: codes.count))
                for place in 0 ..< feature.width { tables += byCode.map { $0[place] } }
                continue
            }
            let start = columns.count
            columns += feature.columns.map(\.scaling)
            steps.append(
                .number(
                    columns: start ..< columns.count,
                    substitute: feature.substitute ?? .nan,
                    feature.indicator.map {
                        Indicator(filled: Float($0.scaled(0)), missing: Float($0.scaled(1)))
                    }
                )
            )
        }
        self.steps = steps
        self.columns = columns
        self.tables = tables
        width = features.reduce(0) { $0 + $1.width }
    }

    /// Where the values of a feature stand among others, and where its encoded columns go.
    struct Places {
        /// Place of the first row's value.
        let first: Int
        /// From one row's value to the next one's.
        let distance: Int
        /// Number of rows.
        let rows: Int
        /// Where the encoded columns begin.
        let start: Int
        /// From one encoded column to the next.
        let stride: Int
    }

    /// Encodes the numbers of one feature.
    ///
    /// - Parameters:
    ///   - columns: The feature's.
    ///   - substitute: Of a null.
    ///   - indicator: The column behind the others; nil where there is none.
    ///   - values: Has the numbers.
    ///   - places: Where they are, and where the columns go.
    ///   - output: Shape [encoded columns, stride].
    @inline(__always)
    func encode(
        _ columns: Range<Int>,
        _ substitute: Double,
        _ indicator: Indicator?,
        _ values: Span<Double>,
        _ places: Places,
        into output: inout MutableSpan<Float>
    ) {
        var start = places.start
        for place in columns {
            let column = self.columns[place]
            for row in 0 ..< places.rows {
                let raw = values[places.first + row * places.distance]
                output[start + row] = Float(column.encoded(raw.isNaN ? substitute : raw))
            }
            start += places.stride
        }
        guard let indicator else { return }
        for row in 0 ..< places.rows {
            let isMissing = values[places.first + row * places.distance].isNaN
            output[start + row] = isMissing ? indicator.missing : indicator.filled
        }
    }

    /// Encodes the codes of one feature, which are those that the steps were prepared for.
    ///
    /// - Parameters:
    ///   - width: Number of encoded columns.
    ///   - table: Where their values begin.
    ///   - codes: Values of each.
    ///   - values: Has the codes.
    ///   - number: A code as a whole number.
    ///   - places: Where they are, and where the columns go.
    ///   - output: Shape [encoded columns, stride].
    @inline(__always)
    func encode<Code>(
        _ width: Int,
        _ table: Int,
        _ codes: Int,
        _ values: Span<Code>,
        _ number: (Code) -> Int,
        _ places: Places,
        into output: inout MutableSpan<Float>
    ) {
        let lookup = tables.span
        for place in 0 ..< width {
            let from = table + place * codes - Int(LevelCode.unlisted)
            let start = places.start + place * places.stride
            for row in 0 ..< places.rows {
                let code = number(values[places.first + row * places.distance])
                output[start + row] = lookup[from + code]
            }
        }
    }
}
