import Kernels
import NeuralNetwork
import Testing

@Suite struct TrainingLoopTests {
    @Test func `a network learns what a line can't`() {
        let rows = madeUpRows(2_000, width: 4, seed: 1)
        var generator = SeededGenerator(seed: 2)
        var network = Network(.init(inputs: 4, hidden: [16, 16]), using: &generator)
        var settings = TrainingLoop.Settings()
        settings.learningRate = 0.01
        let history = TrainingLoop(settings).run(
            &network,
            training: rows,
            validation: nil,
            using: &generator,
            onEpoch: { _ in }
        )
        #expect(history.epochs.count == 50)
        #expect(history.keptEpoch == 50)
        let first = history.epochs[0]
        let last = history.epochs[49]
        #expect(last.loss < 0.6 * first.loss)
        #expect(last.accuracy > 0.85)
        #expect(last.validationLoss == nil)
    }

    @Test func `the same seed gives the same bytes`() {
        func trained(seed: UInt64) -> [Float] {
            var generator = SeededGenerator(seed: seed)
            var network = Network(
                .init(inputs: 4, hidden: [9], dropout: 0.2),
                using: &generator
            )
            var settings = TrainingLoop.Settings()
            settings.epochs = 3
            _ = TrainingLoop(settings).run(
                &network,
                training: madeUpRows(333, width: 4, seed: 8),
                validation: nil,
                using: &generator,
                onEpoch: { _ in }
            )
            return network.parameters
        }
        #expect(trained(seed: 5) == trained(seed: 5))
        #expect(trained(seed: 5) != trained(seed: 6))
    }

    @Test func `early stopping keeps the best weights`() throws {
        let training = madeUpRows(60, width: 4, seed: 1)
        let validation = madeUpRows(500, width: 4, seed: 2)
        var generator = SeededGenerator(seed: 3)
        var network = Network(.init(inputs: 4, hidden: [32]), using: &generator)
        var settings = TrainingLoop.Settings()
        settings.epochs = 500
        settings.learningRate = 0.05
        settings.patience = 5
        settings.restoresBest = true
        let history = TrainingLoop(settings).run(
            &network,
            training: training,
            validation: validation,
            using: &generator,
            onEpoch: { _ in }
        )
        let best = try #require(history.bestEpoch)
        #expect(history.epochs.count == best + 5, "five epochs without improvement, then the end")
        #expect(history.keptEpoch == best)
        let loss = network.loss(on: validation).loss / 500
        #expect(loss == history.epochs[best - 1].validationLoss)
    }

    @Test func `an error from the caller stops training`() {
        struct Cancelled: Error {}
        var generator = SeededGenerator(seed: 3)
        var network = Network(.init(inputs: 4, hidden: [3]), using: &generator)
        var seen = 0
        #expect(throws: Cancelled.self) {
            try TrainingLoop(.init()).run(
                &network,
                training: madeUpRows(50, width: 4, seed: 1),
                validation: nil,
                using: &generator,
                onEpoch: { epoch in
                    seen = epoch.number
                    if epoch.number == 2 { throw Cancelled() }
                }
            )
        }
        #expect(seen == 2)
    }
}
