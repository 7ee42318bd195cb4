public import ChurnModel
public import Evaluation
private import Schema
public import Tabular

extension ChurnModel {
    /// Judges the model on labelled rows.
    ///
    /// - Parameters:
    ///   - table: Decoded by the model's schema.
    ///   - labels: Truth per row.
    ///   - slices: Category columns to judge level by level; nil for every feature with levels.
    ///   - seed: The bootstrap's seed.
    /// - Returns: Metrics with intervals, curves, money and slices.
    /// - Throws: `UnknownSlice`, `EvaluationError` where there is no row.
    public func evaluated(
        on table: Table,
        labels: [Bool],
        slices: [String]? = nil,
        seed: UInt64
    ) throws -> EvaluationReport {
        try evaluated(
            try predict(table).map(Double.init),
            on: table,
            labels: labels,
            slices: slices,
            seed: seed
        )
    }

    /// The same, where the rows' probabilities are there already.
    func evaluated(
        _ probabilities: [Double],
        on table: Table,
        labels: [Bool],
        slices: [String]? = nil,
        seed: UInt64
    ) throws -> EvaluationReport {
        try evaluate(
            labels: labels,
            probabilities: probabilities,
            threshold: threshold,
            costs: costs,
            slices: try sliceColumns(slices, in: table),
            seed: seed
        )
    }

    private func sliceColumns(_ names: [String]?, in table: Table) throws -> [SliceColumn] {
        let categories = schema.features.compactMap { feature -> SliceColumn? in
            switch (feature.type, table[feature.name]) {
            case (.levels, .level(let codes, let levels)):
                SliceColumn(name: feature.name, levels: levels, codes: codes)
            case (.boolean(let no, let yes), .number(let values)):
                SliceColumn(
                    name: feature.name,
                    levels: [no, yes],
                    codes: values.map { $0.isNaN ? -1 : Int32($0) }
                )
            default: nil
            }
        }
        guard let names else {
            let levels = schema.features.filter { $0.type.kind == .levels }.map(\.name)
            return categories.filter { levels.contains($0.name) }
        }
        return try names.map { name in
            guard let column = categories.first(where: { $0.name == name }) else {
                throw UnknownSlice(name: name, known: categories.map(\.name))
            }
            return column
        }
    }
}

/// A slice by a column that has no levels.
public struct UnknownSlice: Error, Equatable, Sendable, CustomStringConvertible {
    /// The name asked for.
    public let name: String
    /// The columns with levels.
    public let known: [String]

    /// One line: what, why, how to fix it.
    public var description: String {
        "--slice \"\(name)\": the model has no such category column; it has "
            + known.map { "\"\($0)\"" }.joined(separator: ", ")
    }
}
