import Evaluation
import Features
import NeuralNetwork
import ONNX

extension ChurnModel {
    /// The model as an ONNX file: the whole way from raw columns to `churn_probability`.
    ///
    /// Inputs are the columns that the model uses, by their names, each of shape [rows]: numbers as int64 where
    /// training saw whole numbers only and none may be empty, else as double with NaN for empty; levels as
    /// strings with `""` for empty. The output has shape [rows], single precision, and is NaN for a row that the
    /// schema would refuse for an empty field or an unlisted level. It differs from `predict` by rounding only:
    /// features are computed in double precision, networks in single.
    ///
    /// - Parameter reference: The training distribution, which tells what numbers are whole.
    /// - Returns: The file's bytes; the same model gives the same.
    /// - Throws: `BinaryEncodingError` of swift-protobuf where it is beyond 2 GiB.
    /// - Complexity: O(weights).
    public func onnx(_ reference: ReferenceProfile) throws -> [UInt8] {
        var graph = Graph(
            "churn",
            description:
                "The probability that a customer leaves, from the raw columns of a customer file."
        )
        var inputs = InputGraph()
        for (column, type) in self.inputs(reference) { inputs.add(column, type, to: &graph) }
        var probabilities = parts.map { part in
            let matrix = part.features.matrix(of: inputs, in: &graph)
            return part.served.probability(of: matrix, in: &graph)
        }
        var mean = probabilities.removeFirst()
        if !probabilities.isEmpty {
            for other in probabilities { mean = graph.apply("Add", [mean, other]) }
            let share = graph.constant([1 / Float(parts.count)], shape: [])
            mean = graph.apply("Mul", [mean, share])
        }
        let shown = calibration.applied(to: mean, in: &graph)
        graph.output(inputs.blanking(shown, in: &graph), .float, named: "churn_probability")
        return try graph.model(
            producer: ("retain", RetainVersion.current),
            metadata: [("threshold", "\(threshold)"), ("output", "churn_probability")]
        )
    }
}
