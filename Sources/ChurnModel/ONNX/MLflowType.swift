import Drift
import Features
import ONNX
import Schema

/// The type of a column in MLflow's words; the raw value is MLflow's.
enum MLflowType: String {
    case long, double, boolean, string

    /// The type under which pandas reads such a column: MLflow takes no other.
    ///
    /// A column that may be empty can't hold integers or booleans in pandas.
    init(_ column: ColumnSchema, _ profile: ReferenceColumn?) {
        let mayBeEmpty = column.nulls == .impute
        self =
            switch column.type.coding {
            case .number: !mayBeEmpty && profile?.isWhole == true ? .long : .double
            case .truth(let no, let yes): Self.of([no, yes], mayBeEmpty: mayBeEmpty)
            case .level(let levels): Self.of(levels, mayBeEmpty: mayBeEmpty)
            case nil: .string
            }
    }

    /// What the graph's input holds.
    var element: Graph.Element {
        switch self {
        case .long: .int64
        case .double: .double
        case .boolean: .bool
        case .string: .string
        }
    }

    private static func of(_ levels: [String], mayBeEmpty: Bool) -> MLflowType {
        if levels.allSatisfy({ truth(of: $0) != nil }) { return mayBeEmpty ? .string : .boolean }
        guard numbers(of: levels) != nil else { return .string }
        return !mayBeEmpty && levels.allSatisfy { Int($0) != nil } ? .long : .double
    }

    /// What pandas reads levels as where all of them are numbers or truths, as `007` and `True` are; nil where
    /// it reads text, or takes two levels for the same.
    static func numbers(of levels: [String]) -> [Double]? {
        var numbers: [Double] = []
        for level in levels {
            let read =
                truth(of: level).map { $0 ? 1.0 : 0 } ?? number(in: level, decimalComma: false)
            guard let read, !numbers.contains(read) else { return nil }
            numbers.append(read)
        }
        return numbers
    }

    /// The words that pandas takes for truths.
    static func truth(of text: String) -> Bool? {
        switch text {
        case "true", "True", "TRUE": true
        case "false", "False", "FALSE": false
        default: nil
        }
    }
}

extension ChurnModel {
    /// The columns that some network or tree reads, in the order of the schema, and their types in MLflow's words.
    func inputs(_ reference: DriftReference) -> [(column: ColumnSchema, type: MLflowType)] {
        let used = Set(
            parts.flatMap { $0.features.features.map(\.name) }
                + (trees?.features.map(\.name) ?? [])
        )
        return schema.features.filter { used.contains($0.name) }.map { column in
            let profile = reference.columns.first { $0.name == column.name }
            return (column, MLflowType(column, profile))
        }
    }
}
