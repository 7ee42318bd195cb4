import Features
import ONNX
import Schema

extension FittedFeatures {
    /// The network's inputs, shape [rows, encoded columns], double precision.
    func matrix(of inputs: InputGraph, in graph: inout Graph) -> Graph.Value {
        var readings: [Graph.Value] = []
        for feature in features {
            guard let field = inputs[feature.name] else { continue }
            readings += feature.readings(of: field, in: &graph)
        }
        let columns = encodedColumns
        var matrix = graph.apply("Concat", readings, [("axis", .int(1))])
        matrix = graph.apply("Sub", [matrix, graph.constant(columns.map(\.mean))])
        matrix = graph.apply("Div", [matrix, graph.constant(columns.map(\.deviation))])
        if columns.contains(where: { $0.limit != nil }) {
            let limits = columns.map { $0.limit ?? .infinity }
            matrix = graph.apply("Min", [matrix, graph.constant(limits)])
            matrix = graph.apply("Max", [matrix, graph.constant(limits.map(-))])
        }
        return matrix
    }
}

extension FittedFeature {
    /// What is read off the field, in groups of columns that are read alike, double precision.
    fileprivate func readings(of field: InputGraph.Field, in graph: inout Graph) -> [Graph.Value] {
        var filled = field.value
        if let substitute, let isEmpty = field.isEmpty {
            let value =
                field.isCode
                ? graph.integers([Int(substitute)]) : graph.constant(substitute)
            filled = graph.apply("Where", [isEmpty, value, filled])
        }
        var readings: [Graph.Value]
        if let rates {
            // By the code as it was given: being empty or not listed has a rate of its own.
            let place = graph.apply("Add", [field.value, graph.integers([2])])
            let rate = graph.apply("Gather", [graph.constant(rates), place])
            readings = columns.map { _ in rate }
        } else {
            readings = groups.map { group in
                group.read(filled, in: &graph)
            }
        }
        if indicator != nil {
            readings.append(
                field.isEmpty.map { graph.cast($0, .double) }
                    // Never empty: 0 for each row.
                    ?? graph.apply("Mul", [graph.cast(filled, .double), graph.constant(0)])
            )
        }
        return readings
    }

    /// Neighbouring columns that one operation reads.
    private var groups: [ReadingGroup] {
        var groups: [ReadingGroup] = []
        for column in columns {
            if let last = groups.last, last.takes(column) {
                groups[groups.count - 1].columns.append(column)
            } else {
                groups.append(ReadingGroup(columns: [column]))
            }
        }
        return groups
    }
}

/// Columns that are read alike off one field.
private struct ReadingGroup {
    var columns: [EncodedColumn]

    func takes(_ column: EncodedColumn) -> Bool {
        switch (columns[0].reading, column.reading) {
        case (.range, .range), (.level, .level): true
        case (.ramp(_, _, let one), .ramp(_, _, let other)): one == other
        default: false
        }
    }

    /// Shape [rows, columns] from the field of shape [rows, 1].
    func read(_ field: Graph.Value, in graph: inout Graph) -> Graph.Value {
        switch columns[0].reading {
        case .value(let skipsZero):
            guard skipsZero else { return field }
            let isZero = graph.apply("Equal", [field, graph.constant(0)])
            return graph.apply("Where", [isZero, graph.constant(columns[0].mean), field])
        case .nonzero:
            let isZero = graph.apply("Equal", [field, graph.constant(0)])
            return graph.cast(graph.apply("Not", [isZero]), .double)
        case .range:
            let bounds = columns.map { column -> (Double, Double) in
                guard case .range(let from, let to) = column.reading else { return (0, 0) }
                return (from ?? -.infinity, to ?? .infinity)
            }
            let isAbove = graph.apply(
                "GreaterOrEqual",
                [field, graph.constant(bounds.map(\.0))]
            )
            let isBelow = graph.apply("Less", [field, graph.constant(bounds.map(\.1))])
            return graph.cast(graph.apply("And", [isAbove, isBelow]), .double)
        case .ramp(_, _, let skipsZero):
            let edges = columns.map { column -> (Double, Double) in
                guard case .ramp(let from, let to, _) = column.reading else { return (0, 1) }
                return (from, to - from)
            }
            let gone = graph.apply("Sub", [field, graph.constant(edges.map(\.0))])
            let share = graph.apply("Div", [gone, graph.constant(edges.map(\.1))])
            let ramp = graph.apply("Clip", [share, graph.constant(0), graph.constant(1)])
            guard skipsZero else { return ramp }
            let isZero = graph.apply("Equal", [field, graph.constant(0)])
            return graph.apply("Where", [isZero, graph.constant(0), ramp])
        case .level:
            let codes = columns.map { column -> Int in
                guard case .level(let code) = column.reading else { return -3 }
                return code
            }
            return graph.cast(graph.apply("Equal", [field, graph.integers(codes)]), .double)
        case .rate, .missing: return graph.apply("Mul", [field, graph.constant(Double.nan)])
        }
    }
}
