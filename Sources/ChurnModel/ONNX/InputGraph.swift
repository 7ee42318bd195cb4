import ONNX
import Schema
import Tabular

/// The customer's fields as numbers: columns of shape [rows, 1].
struct InputGraph {
    /// A field in the graph.
    struct Field {
        /// A number or a truth's 0 and 1, in double precision; or a level's code, a whole number.
        let value: Graph.Value
        /// Which of the two it is.
        let isCode: Bool
        /// Whether the field is empty; nil where it can't be.
        let isEmpty: Graph.Value?
    }

    private static let null = Int(LevelCode.null)
    private static let unlisted = Int(LevelCode.unlisted)

    private var fields: [String: Field] = [:]
    /// Whether a row breaks the schema, shape [rows, 1], one for each column that can.
    private var broken: [Graph.Value] = []

    /// Adds the inputs of some columns.
    init(
        _ columns: [(column: ColumnSchema, type: MLflowType)],
        nullValues: [String],
        to graph: inout Graph
    ) {
        for (column, type) in columns {
            // MLflow feeds a graph of one input with a table of one column.
            let isAlone = columns.count == 1
            let input = graph.input(column.name, type.element, isTable: isAlone)
            let raw = isAlone ? input : graph.apply("Unsqueeze", [input, graph.integers([1])])
            guard let coding = column.type.coding, let levels = coding.levels else {
                let number = graph.cast(raw, .double)
                let isEmpty = type == .double ? graph.apply("IsNaN", [number]) : nil
                add(column, number, isEmpty: isEmpty)
                continue
            }
            let code = Self.code(raw, type, levels, nullValues, in: &graph)
            let isEmpty = Self.isEmpty(code, type, in: &graph)
            if case .level = coding {
                add(column, code, isCode: true, isEmpty: isEmpty)
                if column.unseen == .error { refuseUnlisted(code, type, in: &graph) }
            } else {
                add(column, graph.cast(code, .double), isEmpty: isEmpty)
                refuseUnlisted(code, type, in: &graph)
            }
        }
    }

    subscript(name: String) -> Field? { fields[name] }

    private mutating func add(
        _ column: ColumnSchema,
        _ value: Graph.Value,
        isCode: Bool = false,
        isEmpty: Graph.Value?
    ) {
        fields[column.name] = Field(value: value, isCode: isCode, isEmpty: isEmpty)
        if column.nulls == .error, let isEmpty { broken.append(isEmpty) }
    }

    private mutating func refuseUnlisted(
        _ code: Graph.Value,
        _ type: MLflowType,
        in graph: inout Graph
    ) {
        guard type != .boolean else { return }
        broken.append(graph.apply("Equal", [code, graph.integers([Self.unlisted])]))
    }

    private static func isEmpty(
        _ code: Graph.Value,
        _ type: MLflowType,
        in graph: inout Graph
    ) -> Graph.Value? {
        switch type {
        case .long, .boolean: nil
        case .double, .string: graph.apply("Equal", [code, graph.integers([Self.null])])
        }
    }

    /// The place of each field among levels, -1 for an empty one, -2 for any other.
    private static func code(
        _ raw: Graph.Value,
        _ type: MLflowType,
        _ levels: [String],
        _ nullValues: [String],
        in graph: inout Graph
    ) -> Graph.Value {
        guard type != .string, let numbers = MLflowType.numbers(of: levels) else {
            return code(ofText: raw, levels, nullValues, in: &graph)
        }
        let number = graph.cast(raw, .double)
        let matches = graph.apply("Equal", [number, graph.constant(numbers)])
        let places = graph.constant(
            numbers.indices.map { Double($0 + 2) },
            shape: [numbers.count, 1]
        )
        let place = graph.apply("MatMul", [graph.cast(matches, .double), places])
        let code = graph.apply("Sub", [graph.cast(place, .int64), graph.integers([2])])
        guard type == .double else { return code }
        return graph.apply("Where", [graph.apply("IsNaN", [number]), graph.integers([null]), code])
    }

    private static func code(
        ofText text: Graph.Value,
        _ levels: [String],
        _ nullValues: [String],
        in graph: inout Graph
    ) -> Graph.Value {
        var keys = levels
        var codes = Array(levels.indices)
        func add(_ key: String, _ code: Int) {
            guard !keys.contains(where: { $0.utf8.elementsEqual(key.utf8) }) else { return }
            keys.append(key)
            codes.append(code)
        }
        // Beside an empty field pandas keeps truths as Python's, which onnxruntime spells in this way.
        for (code, level) in levels.enumerated() {
            if let truth = MLflowType.truth(of: level) { add(truth ? "True" : "False", code) }
        }
        // The last two are what onnxruntime makes of NaN and `None`, which stand for an empty field in Python.
        for text in [""] + nullValues + ["nan", "None"] { add(text, null) }
        return graph.apply(
            "LabelEncoder",
            [text],
            [
                ("keys_strings", .strings(keys)), ("values_int64s", .ints(codes)),
                ("default_int64", .int(unlisted)),
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
        return graph.apply("Squeeze", [shown, graph.integers([1])])
    }
}
