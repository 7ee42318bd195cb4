import ONNX
import Schema

/// The customer's fields as numbers: columns of shape [rows, 1].
struct InputGraph {
    /// A field in the graph.
    struct Field {
        /// A number in double precision, or a level's code: -1 for empty, -2 for unlisted.
        let value: Graph.Value
        /// Whether the field is empty; nil where it can't be.
        let isEmpty: Graph.Value?
    }

    private var fields: [String: Field] = [:]
    /// Whether a row breaks the schema, shape [rows, 1], one for each column that can.
    private var broken: [Graph.Value] = []

    subscript(name: String) -> Field? { fields[name] }

    /// Adds a column's input.
    mutating func add(_ column: ColumnSchema, _ type: MLflowType, to graph: inout Graph) {
        let raw = graph.apply(
            "Unsqueeze",
            [graph.input(column.name, type.element), graph.constant([1])]
        )
        switch column.type {
        case .levels(let levels): addLevels(column, levels, raw, to: &graph)
        case .boolean(let no, let yes) where type == .string:
            let code = self.code(raw, [no, yes], in: &graph)
            let number = graph.cast(code, .double)
            addNumber(
                column,
                number,
                isEmpty: graph.apply("Less", [code, graph.constant([0])]),
                &graph
            )
        case .number, .boolean, .text:
            let number = graph.cast(raw, .double)
            let isEmpty = type == .double ? graph.apply("IsNaN", [number]) : nil
            addNumber(column, number, isEmpty: isEmpty, &graph)
        }
    }

    private mutating func addNumber(
        _ column: ColumnSchema,
        _ number: Graph.Value,
        isEmpty: Graph.Value?,
        _ graph: inout Graph
    ) {
        fields[column.name] = Field(value: number, isEmpty: isEmpty)
        if column.nulls == .error, let isEmpty { broken.append(isEmpty) }
    }

    private mutating func addLevels(
        _ column: ColumnSchema,
        _ levels: [String],
        _ raw: Graph.Value,
        to graph: inout Graph
    ) {
        let code = code(raw, levels, in: &graph)
        let isEmpty = graph.apply("Equal", [code, graph.constant([-1])])
        fields[column.name] = Field(value: code, isEmpty: isEmpty)
        if column.nulls == .error { broken.append(isEmpty) }
        if column.unseen == .error {
            broken.append(graph.apply("Equal", [code, graph.constant([-2])]))
        }
    }

    /// What onnxruntime makes of a text that is absent in Python: of `""`, NaN and `None`.
    private static let empty = ["", "nan", "None"]

    /// The place of each text among levels, -1 for an empty one, -2 for any other.
    private func code(_ text: Graph.Value, _ levels: [String], in graph: inout Graph) -> Graph.Value
    {
        var keys = levels
        var codes = Array(levels.indices)
        for text in Self.empty where !levels.contains(text) {
            keys.append(text)
            codes.append(-1)
        }
        return graph.apply(
            "LabelEncoder",
            [text],
            [
                ("keys_strings", .strings(keys)), ("values_int64s", .ints(codes)),
                ("default_int64", .int(-2)),
            ],
            domain: Graph.learningDomain
        )
    }

    /// The probability of shape [rows] from one of shape [rows, 1], NaN for rows that break the schema.
    func blanking(_ probability: Graph.Value, in graph: inout Graph) -> Graph.Value {
        var shown = probability
        if let first = broken.first {
            let any = broken.dropFirst().reduce(first) { graph.apply("Or", [$0, $1]) }
            shown = graph.apply("Where", [any, graph.constant([Float.nan], shape: []), shown])
        }
        return graph.apply("Squeeze", [shown, graph.constant([1])])
    }
}
