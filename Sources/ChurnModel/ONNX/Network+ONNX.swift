import NeuralNetwork
import ONNX

extension Network {
    /// The mean of the members' probabilities, shape [rows, 1], from inputs of shape [rows, inputs].
    ///
    /// All members go through a layer at once: weights of shape [members, inputs, outputs]. Weights are stored
    /// in single precision, in which they were fitted, and multiplied in double, so that what is left between
    /// this and `probabilities` is the rounding of the latter.
    ///
    /// - Precondition: The members' weights are their own; see `folded()`.
    func probability(of matrix: Graph.Value, in graph: inout Graph) -> Graph.Value {
        precondition(!architecture.sharesWeights, "fold the network first")
        let members = architecture.members
        let widths = [architecture.inputs] + architecture.hidden + [1]
        var values = matrix
        for layer in 0 ..< widths.count - 1 {
            let weights = graph.constant(
                self["dense_\(layer).weight"],
                shape: [members, widths[layer], widths[layer + 1]]
            )
            let bias = graph.constant(
                self["dense_\(layer).bias"],
                shape: [members, 1, widths[layer + 1]]
            )
            let products = graph.apply("MatMul", [values, graph.cast(weights, .double)])
            values = graph.apply("Add", [products, graph.cast(bias, .double)])
            guard layer < architecture.hidden.count else { continue }
            values = architecture.activation.applied(to: values, in: &graph)
        }
        return graph.apply(
            "ReduceMean",
            [graph.apply("Sigmoid", [values])],
            [("axes", .ints([0])), ("keepdims", .int(0))]
        )
    }

    private subscript(name: String) -> [Float] {
        tensors.first { $0.name == name }.map { Array(parameters[$0.range]) } ?? []
    }
}

extension Network.Activation {
    fileprivate func applied(to values: Graph.Value, in graph: inout Graph) -> Graph.Value {
        switch self {
        case .rectifier: return graph.apply("Relu", [values])
        case .gaussian:
            // x Φ(x) = x / 2 · (1 + erf(x / √2))
            let scaled = graph.apply("Mul", [values, graph.constant(0.5.squareRoot())])
            // onnxruntime has it in single precision only.
            let share = graph.apply("Erf", [graph.cast(scaled, .float)])
            let sum = graph.apply("Add", [graph.cast(share, .double), graph.constant(1)])
            return graph.apply("Mul", [graph.apply("Mul", [values, graph.constant(0.5)]), sum])
        }
    }
}
