public import Drift
import Evaluation
import Features
import NeuralNetwork
import ONNX
import Schema

extension ChurnModel {
    /// The model as an ONNX file: the whole way from raw columns to `churn_probability`.
    ///
    /// Inputs are the columns that the model uses, by their names, each of shape [rows], or [rows, 1] where it is
    /// the only one. Their types are those that pandas gives such columns: int64 for numbers that were whole in
    /// training and may not be empty, double for others with NaN for empty; bool for levels like `True`, numbers
    /// for levels that are numbers, else strings with `""` for empty.
    ///
    /// The output has shape [rows], single precision, and is NaN for a row that the schema would refuse for an
    /// empty field or an unlisted level in one of these columns; bounds of numbers are not checked. It differs
    /// from `predict` by rounding only.
    ///
    /// - Parameter reference: The training distribution, which tells what numbers are whole.
    /// - Returns: The file's bytes; the same model gives the same.
    /// - Throws: `BinaryEncodingError` of swift-protobuf where it is beyond 2 GiB.
    /// - Complexity: O(weights).
    public func onnx(_ reference: DriftReference) throws -> [UInt8] {
        var graph = Graph(
            "churn",
            description:
                "The probability that a customer leaves, from the raw columns of a customer file."
        )
        let columns = inputs(reference)
        let inputs = InputGraph(
            columns,
            nullValues: schema.nullValues,
            to: &graph
        )
        var probabilities = parts.map { part in
            let matrix = part.features.matrix(of: inputs, in: &graph)
            return part.served.probability(of: matrix, in: &graph)
        }
        var mean = probabilities.removeFirst()
        if !probabilities.isEmpty {
            for other in probabilities { mean = graph.apply("Add", [mean, other]) }
            mean = graph.apply("Mul", [mean, graph.constant(1 / Double(parts.count))])
        }
        if let trees { mean = trees.joined(mean, inputs, in: &graph) }
        // The calibration gets the members' answer in single precision, as `predict` hands it on.
        if calibration != .none { mean = graph.cast(graph.cast(mean, .float), .double) }
        let shown = graph.cast(calibration.applied(to: mean, in: &graph), .float)
        let output = Self.onnxOutput(beside: columns.map(\.column))
        graph.output(inputs.blanking(shown, in: &graph), .float, named: output)
        return try graph.model(
            producer: ("retain", RetainVersion.current),
            version: Manifest.currentFormatVersion,
            metadata: [("threshold", "\(threshold)"), ("output", output)]
        )
    }

    /// The name of the answer: `churn_probability`, with underscores behind it where an input has that name.
    static func onnxOutput(beside columns: [ColumnSchema]) -> String {
        var name = "churn_probability"
        while columns.contains(where: { $0.name == name }) { name += "_" }
        return name
    }
}

extension TreePart {
    /// The networks' probability joined with the trees' margin, as `joined(_:with:)` does it.
    fileprivate func joined(
        _ probability: Graph.Value,
        _ inputs: InputGraph,
        in graph: inout Graph
    ) -> Graph.Value {
        let (least, most) = (graph.constant(Double.ulpOfOne), graph.constant(1 - Double.ulpOfOne))
        let clipped = graph.apply("Clip", [probability, least, most])
        let others = graph.apply("Sub", [graph.constant(1), clipped])
        let own = graph.apply("Log", [graph.apply("Div", [clipped, others])])
        let networks = graph.apply("Mul", [own, graph.constant(1 - weight)])
        let trees = graph.apply("Mul", [margin(of: inputs, in: &graph), graph.constant(weight)])
        return graph.apply("Sigmoid", [graph.apply("Add", [networks, trees])])
    }
}
