import Features
import ONNX
import Schema

/// The type of a column in MLflow's words; the raw value is MLflow's.
enum MLflowType: String {
    case long, double, boolean, string

    /// The type under which pandas reads such a column: MLflow takes no other.
    ///
    /// A column that may be empty can't hold integers or booleans in pandas.
    init(_ column: ColumnSchema, _ profile: FeatureProfile?) {
        self =
            switch column.type {
            case .number where column.nulls == .error && profile?.number?.isWhole == true: .long
            case .number: .double
            case .boolean("0", "1"): column.nulls == .error ? .long : .double
            case .boolean("false", "true") where column.nulls == .error: .boolean
            case .boolean, .levels, .text: .string
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
}

extension ChurnModel {
    /// The columns that some network reads, in the order of the schema, and their types in MLflow's words.
    func inputs(_ reference: ReferenceProfile) -> [(column: ColumnSchema, type: MLflowType)] {
        let used = Set(parts.flatMap { $0.features.features.map(\.name) })
        return schema.features.filter { used.contains($0.name) }.map { column in
            let profile = reference.features.first { $0.name == column.name }
            return (column, MLflowType(column, profile))
        }
    }
}
