import Kernels
import NeuralNetwork
import Testing

@Suite struct TrainingLoopTests {
    @Test func aNetworkLearnsWhatALineCannot() {
        let rows = madeUpRows(2_000, width: 4, seed: 1)
        var generator = SeededGenerator(seed: 2)
        var network = Perceptron(.init(inputs: 4, hidden: [16, 16]), using: &generator)
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

    @Test func theSameSeedGivesTheSameBytes() {
        func trained(seed: UInt64) -> [Float] {
            var generator = SeededGenerator(seed: seed)
            var network = Perceptron(
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

    @Test func earlyStoppingKeepsTheBestWeights() throws {
        let training = madeUpRows(60, width: 4, seed: 1)
        let validation = madeUpRows(500, width: 4, seed: 2)
        var generator = SeededGenerator(seed: 3)
        var network = Perceptron(.init(inputs: 4, hidden: [32]), using: &generator)
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
        var workspace = network.makeWorkspace(rows: 256)
        let loss = network.loss(on: validation, workspace: &workspace).loss / 500
        #expect(loss == history.epochs[best - 1].validationLoss)
    }

    @Test(
        arguments: zip(
            [[3, 2, 2.5, 2.6, 1], [1, 2, 3], [.nan, 1, 2, 3]] as [[Double]],
            [
                [.improved, .improved, .wait, .stop, .improved], [.improved, .wait, .stop],
                [.wait, .improved, .wait, .stop],
            ] as [[EarlyStopping.Decision]]
        )
    )
    func decides(losses: [Double], decisions: [EarlyStopping.Decision]) {
        var stopping = EarlyStopping(patience: 2)
        #expect(losses.map { stopping.decide($0) } == decisions)
    }

    @Test func withoutPatienceItNeverStops() {
        var stopping = EarlyStopping(patience: nil)
        #expect(stopping.decide(1) == .improved)
        #expect((0 ..< 100).allSatisfy { _ in stopping.decide(2) == .wait })
    }

    @Test func schedules() {
        #expect(LearningRateSchedule.constant.factor(epoch: 9, progress: 0.5) == 1)
        #expect(LearningRateSchedule.exponential(ratio: 0.5).factor(epoch: 1, progress: 0) == 1)
        #expect(
            LearningRateSchedule.exponential(ratio: 0.5).factor(epoch: 4, progress: 0.9) == 0.125
        )
        let cosine = LearningRateSchedule.cosine
        #expect(cosine.factor(epoch: 1, progress: 0) == 1)
        #expect(abs(cosine.factor(epoch: 1, progress: 0.5) - 0.5) < 1e-15)
        #expect(abs(cosine.factor(epoch: 1, progress: 1)) < 1e-15)
    }

    @Test func classWeights() {
        let labels = [true, false, false, false]
        #expect(ClassWeights.equal.resolved(for: labels) == .equal)
        let balanced = ClassWeights.balanced.resolved(for: labels)
        #expect(balanced.positive == 2 && balanced.negative == Float(4) / 6)
        #expect(ClassWeights.balanced.resolved(for: [true, true]) == .equal)
    }

    @Test func anErrorFromTheCallerStopsTraining() {
        struct Cancelled: Error {}
        var generator = SeededGenerator(seed: 3)
        var network = Perceptron(.init(inputs: 4, hidden: [3]), using: &generator)
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
