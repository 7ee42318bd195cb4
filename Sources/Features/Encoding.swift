private import Kernels
import Schema
public import Tabular

extension FittedFeatures {
    /// Encodes rows for the network, in double precision, rounded to float32.
    ///
    /// A row's values do not depend on the rows beside it. Validate rows first: a null or an unlisted
    /// level where the schema allows none becomes NaN, so that no made-up probability comes of it.
    ///
    /// - Parameter table: Any rows, coded; columns that are no features are ignored.
    /// - Returns: Shape [encoded columns, stride].
    /// - Throws: `FeatureError` where a feature is absent or of another type.
    /// - Complexity: O(rows · encoded columns).
    public func encode(_ table: Table) throws(FeatureError) -> FeatureMatrix {
        let columns = try coded(table)
        let steps = EncodingSteps(
            features,
            codes: features.map { Coding.codes(of: $0.type.listed, in: $0.type.listed) }
        )
        let (rows, stride) = (table.rowCount, FeatureMatrix.stride(rowCount: table.rowCount))
        var encoded = zeros(steps.width * stride)
        var output = encoded.mutableSpan
        var start = 0
        for (step, column) in zip(steps.steps, columns) {
            let places = EncodingSteps.Places(
                first: 0,
                distance: 1,
                rows: rows,
                start: start,
                stride: stride
            )
            switch (step, column) {
            case (.number(let columns, let substitute, let indicator), .number(let values)):
                steps.encode(columns, substitute, indicator, values.span, places, into: &output)
            case (.code(let width, let table, let count), .level(let codes, _)):
                steps.encode(width, table, count, codes.span, { Int($0) }, places, into: &output)
            default: preconditionFailure("a column is not coded as it was asked for")
            }
            start += step.width * stride
        }
        return FeatureMatrix(columnCount: steps.width, rowCount: rows, values: encoded)
    }

    /// The same in double precision and one row at a time: what `encode` is tested against.
    ///
    /// - Returns: The encoded columns of one row, in order.
    package func encodedDoubles(_ table: Table, row: Int) throws(FeatureError) -> [Double] {
        let columns = try coded(table)
        return zip(features, columns).flatMap { feature, column -> [Double] in
            switch column {
            case .number(let values): feature.encoded(values[row])
            case .level(let codes, _): feature.encoded(Double(codes[row]))
            case .text: []
            }
        }
    }

    /// The features' columns, in order.
    private func coded(_ table: Table) throws(FeatureError) -> [Column] {
        try features.map { feature throws(FeatureError) in
            try table.column(feature.name, as: feature.type.coding)
        }
    }
}

extension FittedFeature {
    /// Number of encoded columns, the indicator included.
    var width: Int { columns.count + (indicator == nil ? 0 : 1) }

    /// The encoded columns of one coded value, in double precision.
    func encoded(_ value: Double) -> [Double] {
        let coding = type.coding
        let isNull = coding?.isNull(value) ?? true
        var filled = isNull ? substitute ?? .nan : value
        if coding != .number, value == Double(LevelCode.unlisted) {
            // None of the levels, where that may be.
            if case .level = coding, unseen == .other {} else { filled = .nan }
        }
        if let rates {
            // Being empty or not listed has a rate of its own, where that may be.
            let code = Int(value) - Int(LevelCode.unlisted)
            let rate = filled.isNaN ? .nan : rates[code]
            return columns.map { $0.scaled(rate) }
                + (indicator.map { [$0.scaled(isNull ? 1 : 0)] } ?? [])
        }
        return columns.map { $0.encoded(filled) }
            + (indicator.map { [$0.scaled(isNull ? 1 : 0)] } ?? [])
    }
}
