import Kernels
import NeuralNetwork
import TestSupport
import Testing

/// Keras trained the same network on the same rows in the same order; Scripts/fixtures/keras_steps.py.
struct KerasFixture: Decodable {
    struct Layer: Decodable { let kernel, bias: [Float] }
    struct Case: Decodable {
        let learningRates: [Double]
        let classWeights: [Float]
        let l2: Double
        let epochLosses: [Double]
        let weights: [Layer]
        let predictions: [Float]
    }
    let inputCount, batchSize: Int
    let rows: [Float]
    let labels: [Int]
    let orders: [[Int32]]
    let initialWeights: [Layer]
    let cases: [String: Case]
}

@Suite struct KerasParityTests {
    @Test(arguments: ["plain", "weighted"])
    func `losses and weights follow Keras`(name: String) throws {
        let known = try fixture("keras", as: KerasFixture.self, in: .module)
        let expected = try #require(known.cases[name])
        var network = Network(.init(inputs: known.inputCount, hidden: [10, 10]))
        network.load(known.initialWeights)
        let rows = LabelledRows(
            features: known.rows,
            width: known.inputCount,
            labels: known.labels.map { $0 == 1 },
            classWeights: .init(
                negative: expected.classWeights[0],
                positive: expected.classWeights[1]
            )
        )
        var settings = TrainingLoop.Settings()
        settings.epochs = known.orders.count
        settings.batchSize = known.batchSize
        settings.learningRate = expected.learningRates[0]
        settings.schedule = .exponential(
            ratio: expected.learningRates[1] / expected.learningRates[0]
        )
        settings.l2 = expected.l2
        var generator = SeededGenerator(seed: 0)
        let history = TrainingLoop(settings).run(
            &network,
            training: rows,
            validation: nil,
            using: &generator,
            orders: { [known.orders[$0 - 1]] },
            onEpoch: { _ in }
        )

        #expect(history.epochs.count == 5)
        for (epoch, loss) in zip(history.epochs, expected.epochLosses) {
            #expect(abs(epoch.loss - loss) <= 1e-4 * loss, "epoch \(epoch.number)")
        }
        for (number, keras) in expected.weights.enumerated() {
            let ours = network["dense_\(number).weight"] + network["dense_\(number).bias"]
            #expect(ours.count == keras.kernel.count + keras.bias.count)
            for (a, b) in zip(ours, keras.kernel + keras.bias) {
                #expect(abs(a - b) <= 1e-3 * max(1, abs(b)))
            }
        }
        let probabilities = network.probabilities(of: rows)
        for (a, b) in zip(probabilities, expected.predictions) {
            #expect(abs(a - Double(b)) <= 1e-4)
        }
    }
}

extension Network {
    /// Takes weights as Keras stores them.
    fileprivate mutating func load(_ weights: [KerasFixture.Layer]) {
        for (number, keras) in weights.enumerated() {
            self["dense_\(number).weight"] = keras.kernel
            self["dense_\(number).bias"] = keras.bias
        }
    }
}
