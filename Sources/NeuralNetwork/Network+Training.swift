public import Kernels

/// Loss and right answers of some rows, summed.
public struct BatchLoss: Equatable, Sendable {
    /// Σ weight · binary cross-entropy.
    public var loss: Double
    /// How many rows the network puts on their right side of one half.
    public var correct: Double
}

extension Network {
    /// The loss on one batch in training, and its derivative by every parameter (backpropagation).
    ///
    /// Each member sees rows of its own. What is derived is the mean loss over rows, and over members
    /// where they share weights; members with weights of their own are trained as if each were alone.
    ///
    /// - Parameters:
    ///   - batch: The rows of each member.
    ///   - rows: What the indices of `batch` point into.
    ///   - workspace: Scratch memory.
    ///   - gradients: Receives the derivative, laid out as `parameters`.
    ///   - generator: Draws dropout.
    /// - Returns: The batch's loss and right answers, summed over rows, mean over members.
    public func lossAndGradients(
        _ batch: [ArraySlice<Int32>],
        of rows: LabelledRows,
        workspace: inout Workspace,
        gradients: inout [Float],
        using generator: inout SeededGenerator
    ) -> BatchLoss {
        let members = architecture.members
        precondition(batch.count == members, "each member needs its rows")
        var draws = architecture.dropout > 0 ? LaneGenerator(from: &generator) : nil
        let parts = Float(batch[0].count * (architecture.sharesWeights ? members : 1))
        var sum = BatchLoss(loss: 0, correct: 0)
        for layer in layers where layer.scales != nil {
            for place in layer.weights ..< layer.weights + layer.inputs * layer.outputs {
                gradients[place] = 0
            }
        }
        // The derivative by one member's folded parameters.
        var folded = [Float](repeating: 0, count: workspace.member.count)
        for member in 0 ..< members {
            load(batch[member], of: rows, into: &workspace)
            let part: BatchLoss
            if architecture.sharesWeights {
                fold(member, as: workspace.memberLayers, into: &workspace.member)
                part = passes(
                    workspace.memberLayers,
                    workspace.member,
                    workspace: &workspace,
                    gradients: &folded,
                    draws: &draws,
                    scale: 1 / parts
                )
                unfold(member, from: workspace.memberLayers, of: folded, to: &gradients)
            } else {
                part = passes(
                    layers.map { $0.own(member) },
                    parameters,
                    workspace: &workspace,
                    gradients: &gradients,
                    draws: &draws,
                    scale: 1 / parts
                )
            }
            sum.loss += part.loss / Double(members)
            sum.correct += part.correct / Double(members)
        }
        return sum
    }

    /// One member's forward and backward pass over the rows that are loaded.
    private func passes(
        _ layers: [DenseShape],
        _ parameters: [Float],
        workspace: inout Workspace,
        gradients: inout [Float],
        draws: inout LaneGenerator?,
        scale: Float
    ) -> BatchLoss {
        let last = layers.count - 1
        for number in layers.indices {
            forward(number, layers[number], parameters, workspace: &workspace, learns: true)
            guard number < last, var generator = draws else { continue }
            dropout(
                rate: architecture.dropout,
                workspace: &workspace.values,
                block: workspace.activations[number + 1],
                derivative: workspace.derivative(of: number),
                using: &generator
            )
            draws = generator
        }
        let (loss, correct) = logisticLoss(
            workspace: &workspace.values,
            logits: workspace.activations[layers.count],
            labels: workspace.labels,
            weights: workspace.weights,
            scale: scale
        )
        for number in layers.indices.reversed() {
            // The logit's block holds its own derivative after the loss.
            let gradient =
                number == last ? workspace.activations[layers.count] : workspace.gradients[number]
            let input = workspace.activations[number]
            denseGradients(
                layers[number],
                workspace: workspace.values,
                input: input,
                gradient: gradient,
                gradients: &gradients
            )
            guard number > 0 else { break }
            denseBackward(
                layers[number],
                parameters: parameters,
                workspace: &workspace.values,
                gradient: gradient,
                passage: architecture.activation.passage(
                    output: input,
                    derivative: workspace.derivative(of: number - 1),
                    scale: 1 / (1 - architecture.dropout)
                ),
                result: workspace.gradients[number - 1]
            )
        }
        return BatchLoss(loss: Double(loss), correct: Double(correct))
    }

    private func load(
        _ batch: ArraySlice<Int32>,
        of rows: LabelledRows,
        into workspace: inout Workspace
    ) {
        gather(
            rows: batch,
            of: rows.features,
            into: &workspace.values,
            block: workspace.activations[0]
        )
        gather(rows: batch, of: rows.labels, into: &workspace.values, block: workspace.labels)
        gather(rows: batch, of: rows.weights, into: &workspace.values, block: workspace.weights)
    }

    /// One layer's output, from the workspace's input block to the next.
    func forward(
        _ number: Int,
        _ layer: DenseShape,
        _ parameters: [Float],
        workspace: inout Workspace,
        learns: Bool
    ) {
        let isHidden = number < architecture.hidden.count
        let output = workspace.activations[number + 1]
        denseForward(
            layer,
            parameters: parameters,
            workspace: &workspace.values,
            input: workspace.activations[number],
            output: output,
            rectified: isHidden && architecture.activation.isRectified
        )
        guard isHidden else { return }
        architecture.activation.finish(
            output,
            derivative: learns ? workspace.derivative(of: number) : nil,
            workspace: &workspace.values
        )
    }

    /// Scratch memory for batches of up to a number of rows: one member's activations and gradients.
    public struct Workspace: Sendable {
        /// How many lanes a batch has.
        let lanes: Int
        /// The batch's features, then each layer's output; the last is the logit.
        let activations: [Block]
        /// The derivative of each hidden layer's activation; empty where none is kept.
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

        /// Where a hidden layer's derivative is kept; nil where none is.
        func derivative(of layer: Int) -> Block? { derivatives.isEmpty ? nil : derivatives[layer] }
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
            architecture.activation.keepsDerivative ? architecture.hidden.map(block) : []
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
