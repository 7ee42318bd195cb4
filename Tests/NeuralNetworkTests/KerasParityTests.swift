import Foundation
import Kernels
import NeuralNetwork
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

    static func load() throws -> Self {
        let url = try #require(
            Bundle.module.url(forResource: "keras", withExtension: "json", subdirectory: "Fixtures")
        )
        return try JSONDecoder().decode(Self.self, from: Data(contentsOf: url))
    }
}

@Suite("Step by step with Keras")
struct KerasParityTests {
    @Test(arguments: ["plain", "weighted"])
    func lossesAndWeightsFollowKeras(name: String) throws {
        let fixture = try KerasFixture.load()
        let expected = try #require(fixture.cases[name])
        var network = Perceptron(.init(inputs: fixture.inputCount, hidden: [10, 10]))
        network.load(fixture.initialWeights)
        let rows = LabelledRows(
            features: fixture.rows,
            width: fixture.inputCount,
            labels: fixture.labels.map { $0 == 1 },
            classWeights: .init(
                negative: expected.classWeights[0],
                positive: expected.classWeights[1]
            )
        )
        var settings = TrainingLoop.Settings()
        settings.epochs = fixture.orders.count
        settings.batchSize = fixture.batchSize
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
            orders: { [fixture.orders[$0 - 1]] },
            onEpoch: { _ in }
        )

        #expect(history.epochs.count == 5)
        for (epoch, loss) in zip(history.epochs, expected.epochLosses) {
            #expect(abs(epoch.loss - loss) <= 1e-4 * loss, "epoch \(epoch.number)")
        }
        for (layer, keras) in zip(network.layers, expected.weights) {
            let ours = network.parameters[layer.weights ..< layer.end]
            for (a, b) in zip(ours, keras.kernel + keras.bias) {
                #expect(abs(a - b) <= 1e-3 * max(1, abs(b)))
            }
        }
        let probabilities = network.probabilities(of: rows)
        for (a, b) in zip(probabilities, expected.predictions) { #expect(abs(a - b) <= 1e-4) }
    }
}

extension Perceptron {
    /// Takes weights as Keras stores them.
    fileprivate mutating func load(_ weights: [KerasFixture.Layer]) {
        for (layer, keras) in zip(layers, weights) {
            parameters.replaceSubrange(layer.weights ..< layer.end, with: keras.kernel + keras.bias)
        }
    }
}

extension Network {
    /// Probabilities of row-major rows.
    func probabilities(of rows: LabelledRows) -> [Float] {
        let stride = laneCount(rows: rows.count)
        var values = [Float](repeating: 0, count: stride * rows.width)
        for row in 0 ..< rows.count {
            for unit in 0 ..< rows.width {
                values[unit * stride + row] = rows.features[row * rows.width + unit]
            }
        }
        return probabilities(values, stride: stride, rows: rows.count)
    }
}
