import NeuralNetwork
import ONNX

extension Network {
    /// The mean of the members' probabilities, shape [rows, 1], from inputs of shape [rows, inputs].
    ///
    /// All members go through a layer at once: weights of shape [members, inputs, outputs], in single precision
    /// as they were fitted. Over several members the rounding of products averages out; one alone multiplies in
    /// double precision.
    ///
    /// - Precondition: The members' weights are their own; see `folded()`.
    func probability(of matrix: Graph.Value, in graph: inout Graph) -> Graph.Value {
        precondition(!architecture.sharesWeights, "fold the network first")
        let members = architecture.members
        let precision: Graph.Element = members == 1 ? .double : .float
        func parameters(_ name: String, _ shape: [Int], in graph: inout Graph) -> Graph.Value {
            let values = graph.constant(self[name], shape: shape)
            return precision == .float ? values : graph.cast(values, precision)
        }
        let widths = [architecture.inputs] + architecture.hidden + [1]
        // First to single, as `encode` rounds it.
        var values = graph.cast(matrix, .float)
        if precision != .float { values = graph.cast(values, precision) }
        for layer in 0 ..< widths.count - 1 {
            let (inputs, outputs) = (widths[layer], widths[layer + 1])
            let weights = parameters(
                "dense_\(layer).weight",
                [members, inputs, outputs],
                in: &graph
            )
            let bias = parameters("dense_\(layer).bias", [members, 1, outputs], in: &graph)
            values = graph.apply("Add", [graph.apply("MatMul", [values, weights]), bias])
            guard layer < architecture.hidden.count else { continue }
            values = architecture.activation.applied(to: values, precision, in: &graph)
        }
        // onnxruntime's sigmoid of single precision is an approximation; that of double is not.
        let logits = precision == .double ? values : graph.cast(values, .double)
        return graph.apply(
            "ReduceMean",
            [graph.apply("Sigmoid", [logits])],
            [("axes", .ints([0])), ("keepdims", .int(0))]
        )
    }

    private subscript(name: String) -> [Float] {
        tensors.first { $0.name == name }.map { Array(parameters[$0.range]) } ?? []
    }
}

extension Network.Activation {
    /// The activation of a layer's values in ONNX's operators.
    fileprivate func applied(
        to values: Graph.Value,
        _ precision: Graph.Element,
        in graph: inout Graph
    ) -> Graph.Value {
        switch self {
        case .rectifier: graph.apply("Relu", [values])
        case .gaussian: Self.gaussian(values, precision, in: &graph)
        }
    }

    private static func gaussian(
        _ values: Graph.Value,
        _ precision: Graph.Element,
        in graph: inout Graph
    ) -> Graph.Value {
        // x Φ(x) = x / 2 · (1 + erf(x / √2)); onnxruntime has erf in single precision only.
        let single = precision == .float ? values : graph.cast(values, .float)
        let root = graph.constant([Float(0.5).squareRoot()], shape: [])
        let one = graph.constant([Float(1)], shape: [])
        let half = graph.constant([Float(0.5)], shape: [])
        let share = graph.apply("Erf", [graph.apply("Mul", [single, root])])
        let unit = graph.apply(
            "Mul",
            [graph.apply("Mul", [single, half]), graph.apply("Add", [share, one])]
        )
        return precision == .float ? unit : graph.cast(unit, precision)
    }
}
