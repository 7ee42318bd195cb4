import Kernels

extension Network {
    /// The probability of the positive class for each row of a feature-major matrix: the mean of the
    /// members' probabilities.
    ///
    /// In double precision: near 1 the log-odds of a single-precision number are off by several percent.
    ///
    /// - Parameters:
    ///   - values: Shape [inputs, stride].
    ///   - stride: Distance from one feature to the next, a multiple of 8.
    ///   - rows: Number of rows, at most `stride`.
    /// - Returns: Shape [rows]. A row's result does not depend on the other rows.
    /// - Complexity: O(rows · members · weights).
    public func probabilities(_ values: [Float], stride: Int, rows: Int) -> [Double] {
        precondition(rows <= stride && stride % 8 == 0, "stride must be a multiple of 8 ≥ rows")
        guard !architecture.sharesWeights else {
            return folded().probabilities(values, stride: stride, rows: rows)
        }
        guard rows > Self.rowsOneByOne else {
            return (0 ..< rows).map { row in
                probability(of: row, values, stride: stride)
            }
        }
        var result: [Double] = []
        result.reserveCapacity(rows)
        // A member's weights pass through the cache once for eight tiles of rows.
        let group = min(Self.group, laneCount(rows: rows))
        var tiles = makeTiles(lanes: group)
        for start in Swift.stride(from: 0, to: rows, by: group) {
            let count = min(group, rows - start)
            if laneCount(rows: count) < group { tiles = makeTiles(lanes: laneCount(rows: count)) }
            var lane = start
            for number in tiles.indices {
                copyLanes(
                    of: values,
                    stride: stride,
                    from: lane,
                    into: &tiles[number].values,
                    block: tiles[number].activations[0]
                )
                lane += tiles[number].lanes
            }
            result += mean(&tiles).prefix(count)
        }
        return result
    }

    /// The loss of the network as it predicts, summed over all rows.
    public func loss(on rows: LabelledRows) -> BatchLoss {
        let stride = laneCount(rows: rows.count)
        var matrix = [Float](repeating: 0, count: rows.width * stride)
        for row in 0 ..< rows.count {
            for unit in 0 ..< rows.width {
                matrix[unit * stride + row] = rows.features[row * rows.width + unit]
            }
        }
        let probabilities = probabilities(matrix, stride: stride, rows: rows.count)
        var sum = BatchLoss(loss: 0, correct: 0)
        for (row, probability) in probabilities.enumerated() {
            let label = rows.labels[row]
            let right = label == 1 ? probability : 1 - probability
            // The clipping is Keras's.
            sum.loss -= Double(rows.weights[row]) * Elementary.log(min(max(right, 1e-7), 1 - 1e-7))
            sum.correct += (probability > 0.5) == (label == 1) && rows.weights[row] > 0 ? 1 : 0
        }
        return sum
    }

    /// Up to this many rows go through the layers one by one, outputs in lanes, instead of rows in lanes.
    private static let rowsOneByOne = 4
    private static let group = 256

    private func makeTiles(lanes: Int) -> [Workspace] {
        Swift.stride(from: 0, to: lanes, by: 32).map { makeWorkspace(rows: min(32, lanes - $0)) }
    }

    /// The mean probability of every lane of the tiles, whose inputs are loaded.
    private func mean(_ tiles: inout [Workspace]) -> [Double] {
        var sums = [Double](repeating: 0, count: tiles.reduce(0) { $0 + $1.lanes })
        for member in 0 ..< architecture.members {
            let own = layers.map { $0.own(member) }
            var lane = 0
            for tile in tiles.indices {
                for number in layers.indices {
                    forward(number, own[number], parameters, workspace: &tiles[tile], learns: false)
                }
                let logits = tiles[tile].activations[layers.count]
                addSigmoid(workspace: tiles[tile].values, logits: logits, to: &sums, at: lane)
                lane += logits.lanes
            }
        }
        let members = Double(architecture.members)
        return sums.map { $0 / members }
    }

    /// One row's probability, with the bits that it has among others.
    private func probability(of row: Int, _ matrix: [Float], stride: Int) -> Double {
        let widest = laneCount(rows: architecture.hidden.reduce(max(architecture.inputs, 8), max))
        var values = zeros(3 * widest)
        for input in 0 ..< architecture.inputs { values[input] = matrix[input * stride + row] }
        // The first lane counts.
        var sums = [Double](repeating: 0, count: 8)
        for member in 0 ..< architecture.members {
            var input = 0
            for (number, layer) in layers.enumerated() {
                let isHidden = number < architecture.hidden.count
                let output = number % 2 == 0 ? widest : 2 * widest
                denseForwardRow(
                    layer.own(member),
                    parameters: parameters,
                    workspace: &values,
                    input: input,
                    output: output,
                    rectified: isHidden && architecture.activation.isRectified
                )
                if isHidden {
                    architecture.activation.finish(
                        Block(offset: output, units: 1, lanes: laneCount(rows: layer.outputs)),
                        derivative: nil,
                        workspace: &values
                    )
                }
                input = output
            }
            let logits = Block(offset: input, units: 1, lanes: 8)
            addSigmoid(workspace: values, logits: logits, to: &sums, at: 0)
        }
        return sums[0] / Double(architecture.members)
    }

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
