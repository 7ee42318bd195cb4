import Kernels

extension Network {
    /// Writes one member's weights and biases, as if they were its own.
    ///
    /// - Parameters:
    ///   - member: Which.
    ///   - targets: Where each layer goes.
    ///   - arena: Receives them.
    func fold(_ member: Int, as targets: [DenseShape], into arena: inout [Float]) {
        for (layer, target) in zip(layers, targets) {
            let own = layer.own(member)
            if let shared = layer.shared(member) {
                foldWeights(shared, parameters: parameters, into: &arena, at: target.weights)
            } else {
                let count = layer.inputs * layer.outputs
                copy(parameters, from: own.weights, to: &arena, target.weights, count)
            }
            copy(parameters, from: own.bias, to: &arena, target.bias, layer.outputs)
        }
    }

    /// Carries the loss's derivative by one member's folded parameters back to the network's.
    ///
    /// - Parameters:
    ///   - member: Which.
    ///   - sources: Where each layer's derivative lies.
    ///   - arena: Holds it.
    ///   - gradients: Receives the derivative by the network's parameters.
    func unfold(
        _ member: Int,
        from sources: [DenseShape],
        of arena: [Float],
        to gradients: inout [Float]
    ) {
        for (layer, source) in zip(layers, sources) {
            let own = layer.own(member)
            if let shared = layer.shared(member) {
                unfoldGradients(
                    shared,
                    parameters: parameters,
                    folded: arena,
                    at: source.weights,
                    gradients: &gradients
                )
            } else {
                let count = layer.inputs * layer.outputs
                copy(arena, from: source.weights, to: &gradients, own.weights, count)
            }
            copy(arena, from: source.bias, to: &gradients, own.bias, layer.outputs)
        }
    }

    private func copy(
        _ values: [Float],
        from source: Int,
        to target: inout [Float],
        _ start: Int,
        _ count: Int
    ) {
        for place in 0 ..< count { target[start + place] = values[source + place] }
    }
}
