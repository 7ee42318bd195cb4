import NeuralNetwork
import ONNX

extension Network {
    /// The mean of the members' probabilities, shape [rows, 1], from inputs of shape [rows, inputs].
    ///
    /// All members go through a layer at once: weights of shape [members, inputs, outputs].
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
            values = graph.apply("Add", [graph.apply("MatMul", [values, weights]), bias])
            guard layer < architecture.hidden.count else { continue }
            values = architecture.activation.applied(to: values, in: &graph)
        }
        // onnxruntime's sigmoid of single precision is an approximation; that of double is not.
        let logits = graph.cast(values, .double)
        let mean = graph.apply(
            "ReduceMean",
            [graph.apply("Sigmoid", [logits])],
            [("axes", .ints([0])), ("keepdims", .int(0))]
        )
        return graph.cast(mean, .float)
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
            let root = graph.constant([Float(0.5).squareRoot()], shape: [])
            let scaled = graph.apply("Mul", [values, root])
            let one = graph.constant([Float(1)], shape: [])
            let sum = graph.apply("Add", [graph.apply("Erf", [scaled]), one])
            let half = graph.constant([Float(0.5)], shape: [])
            return graph.apply("Mul", [graph.apply("Mul", [values, half]), sum])
        }
    }
}
