public import Kernels

extension Perceptron {
    /// Scratch memory for one batch: activations and gradients of every layer, labels and weights.
    public struct Workspace: Sendable {
        /// How many lanes a batch has.
        let lanes: Int
        /// The batch's features, then each layer's output; the last is the logit.
        let activations: [Block]
        /// The loss's derivative by each hidden layer's output.
        let gradients: [Block]
        let labels: Block
        let weights: Block
        var values: [Float]
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
        let widths = [architecture.inputs] + layers.map(\.outputs)
        let activations = widths.map(block)
        let gradients = architecture.hidden.map(block)
        let labels = block(1)
        let weights = block(1)
        return Workspace(
            lanes: lanes,
            activations: activations,
            gradients: gradients,
            labels: labels,
            weights: weights,
            values: Array(repeating: 0, count: offset)
        )
    }

    /// The loss on one batch in training, and its derivative by every parameter (backpropagation).
    public func lossAndGradients(
        _ batch: [ArraySlice<Int32>],
        of rows: LabelledRows,
        workspace: inout Workspace,
        gradients: inout [Float],
        using generator: inout SeededGenerator
    ) -> BatchLoss {
        precondition(batch.count == 1, "a perceptron trains on one row order")
        load(batch[0], of: rows, into: &workspace)
        for number in layers.indices {
            forward(number, workspace: &workspace)
            if architecture.dropout > 0, number < workspace.gradients.count {
                dropout(
                    rate: architecture.dropout,
                    workspace: &workspace.values,
                    block: workspace.activations[number + 1],
                    using: &generator
                )
            }
        }
        let result = loss(of: &workspace, scale: 1 / Float(batch[0].count))
        for number in layers.indices.reversed() {
            // The logit's block holds its own derivative after the loss.
            let gradient =
                number == layers.count - 1
                ? workspace.activations[layers.count] : workspace.gradients[number]
            denseGradients(
                layers[number],
                workspace: workspace.values,
                input: workspace.activations[number],
                gradient: gradient,
                gradients: &gradients
            )
            guard number > 0 else { break }
            denseBackward(
                layers[number],
                parameters: parameters,
                workspace: &workspace.values,
                gradient: gradient,
                activation: workspace.activations[number],
                scale: 1 / (1 - architecture.dropout),
                result: workspace.gradients[number - 1]
            )
        }
        return result
    }

    /// The loss of the network as it predicts, summed over all rows.
    public func loss(on rows: LabelledRows, workspace: inout Workspace) -> BatchLoss {
        var sum = BatchLoss(loss: 0, correct: 0)
        let order = (0 ..< Int32(rows.count)).map(\.self)
        for start in stride(from: 0, to: rows.count, by: workspace.lanes) {
            let batch = order[start ..< min(start + workspace.lanes, rows.count)]
            load(batch, of: rows, into: &workspace)
            for number in layers.indices { forward(number, workspace: &workspace) }
            let part = loss(of: &workspace, scale: 0)
            sum.loss += part.loss
            sum.correct += part.correct
        }
        return sum
    }

    /// The probability of the positive class for each row of a feature-major matrix.
    public func probabilities(_ values: [Float], stride: Int, rows: Int) -> [Float] {
        precondition(rows <= stride && stride % 8 == 0, "stride must be a multiple of 8 ≥ rows")
        var result: [Float] = []
        result.reserveCapacity(rows)
        // 256 lanes of every layer stay in the first-level cache.
        var workspace = makeWorkspace(rows: min(256, rows))
        for start in Swift.stride(from: 0, to: rows, by: 256) {
            let count = min(256, rows - start)
            if laneCount(rows: count) < workspace.lanes { workspace = makeWorkspace(rows: count) }
            copyLanes(
                of: values,
                stride: stride,
                from: start,
                into: &workspace.values,
                block: workspace.activations[0]
            )
            for number in layers.indices { forward(number, workspace: &workspace) }
            let logits = workspace.activations[layers.count]
            sigmoid(workspace: &workspace.values, logits)
            result += workspace.values[logits.offset ..< logits.offset + count]
        }
        return result
    }

    private func forward(_ number: Int, workspace: inout Workspace) {
        denseForward(
            layers[number],
            parameters: parameters,
            workspace: &workspace.values,
            input: workspace.activations[number],
            output: workspace.activations[number + 1],
            rectified: number < layers.count - 1
        )
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

    private func loss(of workspace: inout Workspace, scale: Float) -> BatchLoss {
        let (loss, correct) = logisticLoss(
            workspace: &workspace.values,
            logits: workspace.activations[layers.count],
            labels: workspace.labels,
            weights: workspace.weights,
            scale: scale
        )
        return BatchLoss(loss: Double(loss), correct: Double(correct))
    }
}
