import Kernels
import NeuralNetwork
import Testing

/// What weight decay, clipping and the end of an epoch do, by behaviour.
@Suite struct RegularisationTests {
    /// A network after training in file order.
    private func trained(
        _ start: Network,
        _ rows: LabelledRows,
        _ change: (inout TrainingLoop.Settings) -> Void
    ) -> (network: Network, history: TrainingLoop.History) {
        var network = start
        var settings = TrainingLoop.Settings()
        settings.epochs = 3
        settings.batchSize = 4
        change(&settings)
        var generator = SeededGenerator(seed: 0)
        let order = (0 ..< Int32(rows.count)).map(\.self)
        let history = TrainingLoop(settings).run(
            &network,
            training: rows,
            validation: nil,
            using: &generator,
            orders: { _ in (0 ..< start.ordersPerBatch).map { _ in order } },
            onEpoch: { _ in }
        )
        return (network, history)
    }

    /// Inputs of 0 leave the weights no gradient, so only the decay moves them.
    @Test func `weight decay takes its share of weights, not of biases`() {
        let start = Network.scattered(.init(inputs: 2, hidden: []), seed: 1)
        let rows = LabelledRows(
            features: [Float](repeating: 0, count: 16),
            width: 2,
            labels: (0 ..< 8).map { $0 == 3 }
        )
        let (decayed, _) = trained(start, rows) {
            $0.learningRate = 0.1
            $0.weightDecay = 0.5
        }
        let (usual, _) = trained(start, rows) { $0.learningRate = 0.1 }
        #expect(usual["dense_0.weight"] == start["dense_0.weight"])
        #expect(usual["dense_0.bias"] != start["dense_0.bias"])
        #expect(decayed["dense_0.bias"] == usual["dense_0.bias"])
        // Three epochs of two steps, each by 0.1 · 0.5.
        let left: Float = 0.735091890625
        for (weight, first) in zip(decayed["dense_0.weight"], start["dense_0.weight"]) {
            #expect(abs(weight - left * first) <= 1e-6 * abs(first))
        }
    }

    @Test(arguments: [true, false]) func `scales decay where weights are shared`(decays: Bool) {
        let architecture = Network.Architecture(
            inputs: 3,
            hidden: [4],
            activation: .gaussian,
            members: 2,
            sharesWeights: true
        )
        let start = Network.scattered(architecture, seed: 2)
        let rows = LabelledRows(
            features: [Float](repeating: 0, count: 12),
            width: 3,
            labels: [true, false, true, false]
        )
        let (network, _) = trained(start, rows) {
            $0.epochs = 1
            $0.learningRate = 0.1
            $0.weightDecay = decays ? 0.5 : 0
        }
        // Inputs of 0 leave these no gradient.
        for name in ["dense_0.weight", "dense_0.input_scale", "dense_0.output_scale"] {
            let factor: Float = decays ? 0.95 : 1
            for (value, first) in zip(network[name], start[name]) {
                #expect(abs(value - factor * first) <= 1e-6 * abs(first), "\(name)")
            }
        }
    }

    /// With a large ε Adam's first step is in proportion to the gradient.
    @Test(arguments: [nil, 1e9, 0.2, 0.01] as [Double?])
    func `clipping scales gradients down to the limit`(limit: Double?) {
        let start = Network(.init(inputs: 4, hidden: []))
        let rows = madeUpRows(8, width: 4, seed: 3)
        var workspace = start.makeWorkspace(rows: 8)
        var gradients = [Float](repeating: 0, count: start.parameters.count)
        var generator = SeededGenerator(seed: 0)
        _ = start.lossAndGradients(
            [[0, 1, 2, 3, 4, 5, 6, 7]],
            of: rows,
            workspace: &workspace,
            gradients: &gradients,
            using: &generator
        )
        let norm = squaredNorm(gradients).squareRoot()
        #expect(norm > 0.21)
        let (network, _) = trained(start, rows) {
            $0.epochs = 1
            $0.batchSize = 8
            $0.learningRate = 1e6
            $0.epsilon = .corrected(1e6)
            $0.clipNorm = limit
        }
        let scale = min(1, (limit ?? .infinity) / norm)
        for (moved, gradient) in zip(network.parameters, gradients) {
            #expect(abs(Double(moved) + scale * Double(gradient)) <= 2e-5 * scale)
        }
    }

    @Test func `rows that fill no batch are left out on demand`() {
        let start = Network.scattered(.init(inputs: 4, hidden: [5]), seed: 4)
        let rows = madeUpRows(11, width: 4, seed: 5)
        let (dropped, history) = trained(start, rows) { $0.dropsPartialBatch = true }
        let (short, shortHistory) = trained(start, rows.selecting(0 ..< 8)) { _ in }
        let (whole, wholeHistory) = trained(start, rows) { _ in }
        #expect(dropped == short)
        #expect(history == shortHistory)
        #expect(dropped != whole && history != wholeHistory)
    }

    @Test(arguments: [true, false]) func `fewer rows than a batch are one batch`(drops: Bool) {
        let start = Network.scattered(.init(inputs: 4, hidden: [5]), seed: 4)
        let rows = madeUpRows(3, width: 4, seed: 5)
        let (small, history) = trained(start, rows) {
            $0.batchSize = 100
            $0.dropsPartialBatch = drops
        }
        let (fitting, _) = trained(start, rows) { $0.batchSize = 3 }
        #expect(small == fitting && small != start)
        #expect(history.epochs.allSatisfy { $0.loss > 0 && $0.loss.isFinite })
    }

    @Test func `the penalty of L2 draws weights to 0 and counts in the loss`() {
        let start = Network.scattered(.init(inputs: 4, hidden: [5]), seed: 4)
        let rows = madeUpRows(40, width: 4, seed: 5)
        let (free, history) = trained(start, rows) { $0.epochs = 30 }
        let (drawn, penalised) = trained(start, rows) {
            $0.epochs = 30
            $0.l2 = 0.5
        }
        func size(_ network: Network) -> Float {
            network["dense_0.weight"].reduce(0) { $0 + $1 * $1 }
        }
        #expect(size(drawn) < 0.8 * size(free))
        #expect(penalised.epochs[0].loss > history.epochs[0].loss + 0.5)
    }
}
