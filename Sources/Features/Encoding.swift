import Schema
public import Tabular

extension FittedFeatures {
    /// Encodes rows for the network, in double precision, rounded to float32.
    ///
    /// A row's values do not depend on the rows beside it. Validate rows first: a null or an unlisted
    /// level where the schema allows none becomes NaN, so that no made-up probability comes of it.
    ///
    /// - Parameter table: Any rows; columns that are no features are ignored.
    /// - Returns: Shape [encoded columns, stride].
    /// - Throws: `FeatureError` where a feature is absent or of another type.
    /// - Complexity: O(rows · encoded columns).
    public func encode(_ table: Table) throws(FeatureError) -> FeatureMatrix {
        let width = features.reduce(0) { $0 + $1.width }
        var matrix = FeatureMatrix(columnCount: width, rowCount: table.rowCount)
        let stride = matrix.stride
        var start = 0
        for feature in features {
            switch feature.type {
            case .number, .boolean:
                let values = try table.numbers(feature.name, type: feature.type)
                var output = matrix.values.mutableSpan
                feature.encode(values.span, into: &output, at: start, stride: stride)
            case .levels(let levels):
                let codes = try table.codes(feature.name, levels: levels)
                var output = matrix.values.mutableSpan
                feature.encode(codes.span, into: &output, at: start, stride: stride)
            case .text: throw FeatureError(feature.name, "text can't be a feature")
            }
            start += feature.width * stride
        }
        return matrix
    }

    /// The same in double precision and one row at a time: what `encode` is tested against.
    ///
    /// - Returns: The encoded columns of one row, in order.
    package func encodedDoubles(_ table: Table, row: Int) throws(FeatureError) -> [Double] {
        var result: [Double] = []
        for feature in features {
            switch feature.type {
            case .number, .boolean:
                let value = try table.numbers(feature.name, type: feature.type)[row]
                result += feature.encoded(number: value)
            case .levels(let levels):
                let code = try table.codes(feature.name, levels: levels)[row]
                result += feature.encoded(code: code)
            case .text: throw FeatureError(feature.name, "text can't be a feature")
            }
        }
        return result
    }
}

extension FittedFeature {
    /// Number of encoded columns, the indicator included.
    var width: Int { columns.count + (indicator == nil ? 0 : 1) }

    fileprivate func encoded(number value: Double) -> [Double] {
        let filled = value.isNaN ? substitute ?? .nan : value
        return columns.map { $0.encoded(filled) }
            + (indicator.map { [$0.scaled(value.isNaN ? 1 : 0)] } ?? [])
    }

    /// One row's encoded columns; the code is -2 (unlisted), -1 (null), or the index of a level.
    func encoded(code: Int32) -> [Double] {
        let level: Double? =
            switch code {
            case -1: substitute
            case -2: unseen == .other ? -2 : nil
            default: Double(code)
            }
        return columns.map { column in
            guard let level, case .level(let code) = column.reading else { return .nan }
            return column.scaled(level == Double(code) ? 1 : 0)
        } + (indicator.map { [$0.scaled(code == -1 ? 1 : 0)] } ?? [])
    }

    fileprivate func encode(
        _ values: Span<Double>,
        into output: inout MutableSpan<Float>,
        at start: Int,
        stride: Int
    ) {
        let substitute = substitute ?? .nan
        var start = start
        for column in columns {
            for row in values.indices {
                let value = values[row].isNaN ? substitute : values[row]
                output[start + row] = Float(column.encoded(value))
            }
            start += stride
        }
        guard let indicator else { return }
        let filled = Float(indicator.scaled(0))
        let missing = Float(indicator.scaled(1))
        for row in values.indices { output[start + row] = values[row].isNaN ? missing : filled }
    }

    fileprivate func encode(
        _ codes: Span<Int32>,
        into output: inout MutableSpan<Float>,
        at start: Int,
        stride: Int
    ) {
        guard case .levels(let levels) = type else { return }
        // One row of the table for each code, from -2: the arithmetic is done once a level.
        let byCode = (-2 ..< Int32(levels.count)).map { encoded(code: $0).map { Float($0) } }
        for place in 0 ..< width {
            let lookup = byCode.map { $0[place] }
            let from = start + place * stride
            let table = lookup.span
            for row in codes.indices { output[from + row] = table[Int(codes[row]) + 2] }
        }
    }
}
