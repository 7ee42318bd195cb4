import Kernels

extension Network {
    /// Scratch memory for batches of at most so many rows: one member's activations and gradients.
    public struct Workspace: Sendable {
        /// How many lanes a batch has.
        let lanes: Int
        /// The batch's features, then each layer's output; the last is the logit.
        let activations: [Block]
        /// The derivative of each hidden layer's activation; empty with rectifiers.
        let derivatives: [Block]
        /// The loss's derivative by each hidden layer's output.
        let gradients: [Block]
        let labels: Block
        let weights: Block
        /// One member's layers in `member`; used where weights are shared.
        let memberLayers: [DenseShape]
        var values: [Float]
        /// One member's folded parameters.
        var member: [Float]
    }

    /// Scratch memory for batches of at most `rows` rows.
    public func makeWorkspace(rows: Int) -> Workspace {
        let lanes = laneCount(rows: rows)
        var offset = 0
        func block(_ units: Int) -> Block {
            let block = Block(offset: offset, units: units, lanes: lanes)
            offset = block.end
            return block
        }
        let activations = ([architecture.inputs] + layers.map(\.outputs)).map(block)
        let derivatives =
            architecture.activation == .gaussian ? architecture.hidden.map(block) : []
        let gradients = architecture.hidden.map(block)
        let labels = block(1)
        let weights = block(1)
        var end = 0
        var memberLayers: [DenseShape] = []
        if architecture.sharesWeights {
            for layer in layers {
                let shape = DenseShape(inputs: layer.inputs, outputs: layer.outputs, weights: end)
                memberLayers.append(shape)
                end = shape.end
            }
        }
        return Workspace(
            lanes: lanes,
            activations: activations,
            derivatives: derivatives,
            gradients: gradients,
            labels: labels,
            weights: weights,
            memberLayers: memberLayers,
            values: Array(repeating: 0, count: offset),
            member: Array(repeating: 0, count: end)
        )
    }
}
