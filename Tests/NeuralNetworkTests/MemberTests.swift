import Kernels
import NeuralNetwork
import Testing

/// What members have to do with one another in training.
@Suite struct MemberTests {
    private func train(
        _ network: inout Network,
        _ rows: LabelledRows,
        orders: ((Int) -> [[Int32]])?
    ) -> TrainingLoop.History {
        var settings = TrainingLoop.Settings()
        settings.epochs = 4
        settings.learningRate = 0.01
        settings.weightDecay = 0.1
        var generator = SeededGenerator(seed: 1)
        return TrainingLoop(settings).run(
            &network,
            training: rows,
            validation: nil,
            using: &generator,
            orders: orders,
            onEpoch: { _ in }
        )
    }

    @Test(arguments: Network.Activation.allCases)
    func `members of their own weights learn as if each were alone`(
        activation: Network.Activation
    ) {
        let rows = madeUpRows(100, width: 4, seed: 2)
        var generator = SeededGenerator(seed: 3)
        let orders = (0 ..< 4).map { _ in (0 ..< 3).map { _ in generator.permutation(100) } }
        var alone = Network.Architecture(inputs: 4, hidden: [9, 5], activation: activation)
        let singles = (0 ..< 3).map { Network.scattered(alone, seed: UInt64($0)) }
        alone.members = 3
        var together = Network(alone)
        for name in together.tensors.map(\.name) { together[name] = singles.flatMap { $0[name] } }
        let history = train(&together, rows) { orders[$0 - 1] }

        var losses = [Double](repeating: 0, count: 4)
        for (member, start) in singles.enumerated() {
            var single = start
            let own = train(&single, rows) { [orders[$0 - 1][member]] }
            for (number, epoch) in own.epochs.enumerated() { losses[number] += epoch.loss / 3 }
            for tensor in single.tensors {
                let part = together[tensor.name].dropFirst(member * tensor.range.count)
                #expect(Array(part.prefix(tensor.range.count)) == single[tensor.name])
            }
        }
        for (epoch, loss) in zip(history.epochs, losses) { #expect(abs(epoch.loss - loss) <= 1e-9) }
    }

    @Test(arguments: [true, false]) func `each member draws an order of its own`(shares: Bool) {
        let rows = madeUpRows(100, width: 4, seed: 2)
        var network = Network.scattered(
            .init(inputs: 4, hidden: [6], members: 2, sharesWeights: shares),
            seed: 5
        )
        for tensor in network.tensors where tensor.shape.first == 2 {
            let half = network[tensor.name].prefix(tensor.range.count / 2)
            network[tensor.name] = Array(half + half)
        }
        _ = train(&network, rows, orders: nil)
        let bias = network["dense_0.bias"]
        #expect(bias.prefix(6) != bias.suffix(6))
    }
}
