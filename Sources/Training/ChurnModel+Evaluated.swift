public import ChurnModel
public import Evaluation
public import Output
private import Schema
public import Tabular

extension ChurnModel {
    /// Judges the model on labelled rows.
    ///
    /// - Parameters:
    ///   - table: Decoded by the model's schema.
    ///   - labels: Truth per row.
    ///   - slices: Category columns to judge level by level; nil for every feature with levels.
    ///   - seed: Random seed of the bootstrap.
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
            guard case .level(let codes, let levels) = table[feature.name] else { return nil }
            return SliceColumn(name: feature.name, levels: levels, codes: codes)
        }
        guard let names else {
            let truths = schema.features.filter { feature in
                if case .truth = feature.type.coding { true } else { false }
            }
            .map(\.name)
            // Of thousands of levels each has too few rows to be judged by; a name asks for them all the same.
            return categories.filter { !truths.contains($0.name) && $0.levels.count <= 100 }
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
public struct UnknownSlice: RetainError, Equatable {
    /// The name asked for.
    public let name: String
    /// The columns with levels.
    public let known: [String]

    /// Creates an error.
    public init(name: String, known: [String]) {
        self.name = name
        self.known = known
    }

    /// The call is to blame.
    public var exitStatus: ExitStatus { .usage }

    /// One line: what, why, how to fix it.
    public var description: String {
        "--slice \"\(name)\": the model has no such category column; it has "
            + (known.isEmpty ? "none" : listed(known))
    }
}
