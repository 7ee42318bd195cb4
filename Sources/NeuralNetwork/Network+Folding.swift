import Kernels

extension Network {
    /// Writes one member's weights and biases, as if they were its own, into the workspace.
    func fold(_ member: Int, into workspace: inout Workspace) {
        for (layer, target) in zip(layers, workspace.memberLayers) {
            let own = layer.own(member)
            if let shared = layer.shared(member) {
                foldWeights(
                    shared,
                    parameters: parameters,
                    into: &workspace.member,
                    at: target.weights
                )
            } else {
                copy(
                    parameters,
                    from: own.weights,
                    to: &workspace.member,
                    target.weights ..< target.bias
                )
            }
            copy(parameters, from: own.bias, to: &workspace.member, target.bias ..< target.end)
        }
    }

    /// Carries the loss's derivative by them back to the network's parameters.
    func unfold(_ member: Int, from workspace: Workspace, to gradients: inout [Float]) {
        for (layer, source) in zip(layers, workspace.memberLayers) {
            let own = layer.own(member)
            if let shared = layer.shared(member) {
                unfoldGradients(
                    shared,
                    parameters: parameters,
                    folded: workspace.memberGradients,
                    at: source.weights,
                    gradients: &gradients
                )
            } else {
                copy(
                    workspace.memberGradients,
                    from: source.weights,
                    to: &gradients,
                    own.weights ..< own.weights + layer.inputs * layer.outputs
                )
            }
            copy(
                workspace.memberGradients,
                from: source.bias,
                to: &gradients,
                own.bias ..< own.bias + layer.outputs
            )
        }
    }

    private func copy(
        _ values: [Float],
        from start: Int,
        to target: inout [Float],
        _ range: Range<Int>
    ) {
        for place in range { target[place] = values[start + place - range.lowerBound] }
    }
}
