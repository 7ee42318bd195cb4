import Kernels
import NeuralNetwork
import TestSupport
import Testing

/// A NumPy reference trained the same network on the same rows in the same orders;
/// Scripts/fixtures/tabm.py.
private struct TabMFixture: Decodable {
    struct Case: Decodable {
        let inputCount, memberCount, hiddenCount, batchSize, epochs: Int
        let learningRate, weightDecay, clip: Double
        let rows: [Float]
        let labels: [Int]
        let orders: [[[Int32]]]
        let initial, firstGradients, final: [String: [Float]]
        let losses, gradientNorms, learningRates: [Double]
        let predictions: [Float]

        var network: Network {
            var network = Network(
                .init(
                    inputs: inputCount,
                    hidden: [hiddenCount, hiddenCount],
                    activation: .gaussian,
                    members: memberCount,
                    sharesWeights: true
                )
            )
            for (theirs, ours) in names { network[ours] = initial[theirs] ?? [] }
            return network
        }

        var labelled: LabelledRows {
            LabelledRows(features: rows, width: inputCount, labels: labels.map { $0 == 1 })
        }

        var settings: TrainingLoop.Settings {
            var settings = TrainingLoop.Settings()
            settings.epochs = epochs
            settings.batchSize = batchSize
            settings.learningRate = learningRate
            settings.schedule = .flatThenCosine
            settings.weightDecay = weightDecay
            settings.clipNorm = clip
            settings.epsilon = .corrected(1e-8)
            settings.dropsPartialBatch = true
            return settings
        }
    }

    let cases: [String: Case]
}

/// The reference's names of the tensors, and ours.
private let names = [
    ("W1", "dense_0.weight"), ("r1", "dense_0.input_scale"), ("s1", "dense_0.output_scale"),
    ("b1", "dense_0.bias"), ("W2", "dense_1.weight"), ("r2", "dense_1.input_scale"),
    ("s2", "dense_1.output_scale"), ("b2", "dense_1.bias"), ("v", "dense_2.weight"),
    ("c", "dense_2.bias"),
]

@Suite struct TabMParityTests {
    @Test(arguments: ["plain", "clipped"])
    func `the first gradients`(name: String) throws {
        let known = try #require(fixture("tabm", as: TabMFixture.self, in: .module).cases[name])
        let network = known.network
        var workspace = network.makeWorkspace(rows: known.batchSize)
        var gradients = [Float](repeating: 0, count: network.parameters.count)
        var generator = SeededGenerator(seed: 0)
        let batch = network.lossAndGradients(
            known.orders[0].map { $0[..<known.batchSize] },
            of: known.labelled,
            workspace: &workspace,
            gradients: &gradients,
            using: &generator
        )
        #expect(abs(batch.loss / Double(known.batchSize) - known.losses[0]) <= 1e-6)
        #expect(abs(squaredNorm(gradients).squareRoot() - known.gradientNorms[0]) <= 1e-6)
        var ours = network
        ours.parameters = gradients
        for (theirs, name) in names {
            let expected = try #require(known.firstGradients[theirs])
            #expect(ours[name].count == expected.count)
            for (a, b) in zip(ours[name], expected) { #expect(abs(a - b) <= 1e-6, "\(theirs)") }
        }
    }

    @Test(arguments: ["plain", "clipped"])
    func `losses, parameters and predictions`(name: String) throws {
        let known = try #require(fixture("tabm", as: TabMFixture.self, in: .module).cases[name])
        var network = known.network
        var generator = SeededGenerator(seed: 0)
        let history = TrainingLoop(known.settings).run(
            &network,
            training: known.labelled,
            validation: nil,
            using: &generator,
            orders: { known.orders[$0 - 1] },
            onEpoch: { _ in }
        )
        let steps = known.labels.count / known.batchSize
        for (number, epoch) in history.epochs.enumerated() {
            let losses = known.losses[number * steps ..< (number + 1) * steps]
            #expect(abs(epoch.loss - losses.reduce(0, +) / Double(steps)) <= 1e-5)
        }
        for (theirs, ours) in names {
            let expected = try #require(known.final[theirs])
            #expect(network[ours] != known.initial[theirs])
            for (a, b) in zip(network[ours], expected) { #expect(abs(a - b) <= 1e-4, "\(theirs)") }
        }
        let probabilities = network.probabilities(of: known.labelled)
        #expect(probabilities.count == known.predictions.count)
        for (a, b) in zip(probabilities, known.predictions) { #expect(abs(a - Double(b)) <= 1e-5) }
    }

    @Test(arguments: ["plain", "clipped"])
    func `learning rates`(name: String) throws {
        let known = try #require(fixture("tabm", as: TabMFixture.self, in: .module).cases[name])
        for (step, rate) in known.learningRates.enumerated() {
            let factor = LearningRateSchedule.flatThenCosine.factor(
                epoch: 1,
                progress: Double(step) / Double(known.learningRates.count)
            )
            // The fixture's numbers are float32.
            #expect(abs(known.learningRate * factor - rate) <= 1e-9)
        }
    }
}
