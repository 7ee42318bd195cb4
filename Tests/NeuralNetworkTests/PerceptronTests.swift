import Kernels
import NeuralNetwork
import Testing

/// Rows whose label depends on the features, not linearly.
func madeUpRows(_ count: Int, width: Int, seed: UInt64) -> LabelledRows {
    var generator = SeededGenerator(seed: seed)
    let features = (0 ..< count * width).map { _ in Float(generator.uniform() * 4 - 2) }
    let labels = (0 ..< count).map { row -> Bool in
        let score: Float = features[row * width] * features[row * width + 1]
        return Double(score) + generator.uniform() > 0.5
    }
    return LabelledRows(features: features, width: width, labels: labels)
}

@Suite struct PerceptronTests {
    @Test func theSeedHas291Parameters() {
        let network = Perceptron(.init(inputs: 16, hidden: [10, 10]))
        #expect(network.tensors.map(\.range.count).reduce(0, +) == 291)
        #expect(network.tensors.map(\.shape) == [[16, 10], [10], [10, 10], [10], [10, 1], [1]])
        #expect(network.parameters.count == 296)
        #expect(network.tensors.map(\.isRegularized) == [true, false, true, false, true, false])
    }

    @Test func initialWeightsFollowGlorot() {
        var generator = SeededGenerator(seed: 3)
        let network = Perceptron(.init(inputs: 30, hidden: [20]), using: &generator)
        let limit: Float = (6.0 / 50).squareRoot()
        let weights = network.parameters[0 ..< 600]
        #expect(weights.allSatisfy { abs($0) <= limit })
        #expect(abs(weights.reduce(0, +) / 600) < 0.05)
        #expect(weights.contains { abs($0) > 0.9 * limit })
        #expect(network.parameters[600 ..< 620].allSatisfy { $0 == 0 })
    }

    /// Central differences of a double-precision reference, so small a step that no rectifier changes
    /// side.
    @Test(
        "gradients agree with finite differences in every tensor",
        arguments: [[], [7], [10, 10], [5, 3, 4]],
        [1, 8, 33]
    )
    func gradientsAgreeWithFiniteDifferences(hidden: [Int], count: Int) {
        let rows = madeUpRows(count, width: 6, seed: 5)
        var generator = SeededGenerator(seed: 9)
        var network = Perceptron(.init(inputs: 6, hidden: hidden), using: &generator)
        for place in network.parameters.indices where network.parameters[place] == 0 {
            network.parameters[place] = Float(generator.uniform() - 0.5)
        }
        let order = (0 ..< Int32(count)).map(\.self)
        var workspace = network.makeWorkspace(rows: count)
        var gradients = [Float](repeating: .nan, count: network.parameters.count)
        let batch = network.lossAndGradients(
            [order[...]],
            of: rows,
            workspace: &workspace,
            gradients: &gradients,
            using: &generator
        )
        #expect(abs(batch.loss - network.referenceLoss(rows)) < 1e-4 * Double(count))

        for tensor in network.tensors {
            for place in tensor.range {
                let up = network.referenceLoss(rows, moving: place, by: 1e-6)
                let down = network.referenceLoss(rows, moving: place, by: -1e-6)
                let difference = (up - down) / (2e-6 * Double(count))
                #expect(
                    abs(difference - Double(gradients[place])) < 1e-6,
                    "\(tensor.name), place \(place - tensor.range.lowerBound)"
                )
            }
        }
    }

    @Test func aRowsProbabilityDoesNotDependOnItsNeighbours() {
        var generator = SeededGenerator(seed: 1)
        let network = Perceptron(.init(inputs: 5, hidden: [10, 10]), using: &generator)
        let rows = madeUpRows(1_003, width: 5, seed: 2)
        let together = network.probabilities(of: rows)
        #expect(together.count == 1_003)
        for row in [0, 1, 7, 8, 255, 256, 257, 1_000, 1_002] {
            let alone = network.probabilities(of: rows.selecting([row]))
            #expect(alone == [together[row]])
        }
        #expect(network.probabilities([], stride: 0, rows: 0).isEmpty)
    }

    @Test func extremeInputsGiveProbabilities() {
        var generator = SeededGenerator(seed: 1)
        let network = Perceptron(.init(inputs: 1, hidden: [4]), using: &generator)
        let rows = LabelledRows(
            features: [0, 1e30, -1e30, 3.4e38],
            width: 1,
            labels: [true, false, true, false]
        )
        for probability in network.probabilities(of: rows) {
            #expect(probability >= 0 && probability <= 1)
        }
    }

    @Test(arguments: [Float(0.1), 0.5, 0.9])
    func dropoutKeepsTheMeanAndDropsItsShare(rate: Float) {
        var generator = SeededGenerator(seed: 4)
        let block = Block(offset: 8, units: 100, lanes: 80)
        var workspace = [Float](repeating: 1, count: block.end + 8)
        dropout(rate: rate, workspace: &workspace, block: block, using: &generator)
        let values = workspace[8 ..< block.end]
        let dropped = Float(values.count { $0 == 0 }) / Float(values.count)
        #expect(abs(dropped - rate) < 0.02)
        #expect(abs(values.reduce(0, +) / Float(values.count) - 1) < 0.11)
        #expect(workspace[0 ..< 8] == workspace[block.end...])
    }
}

extension Perceptron {
    /// The summed loss in double precision, layer by layer as the formula has it.
    fileprivate func referenceLoss(
        _ rows: LabelledRows,
        moving place: Int = 0,
        by step: Double = 0
    ) -> Double {
        var parameters = parameters.map(Double.init)
        parameters[place] += step
        return (0 ..< rows.count).reduce(0) { sum, row in
            var values = (0 ..< rows.width).map { Double(rows.features[row * rows.width + $0]) }
            for (number, layer) in layers.enumerated() {
                values = (0 ..< layer.outputs).map { j in
                    let total = values.indices.reduce(parameters[layer.bias + j]) {
                        $0 + values[$1] * parameters[layer.weights + $1 * layer.outputs + j]
                    }
                    return number < layers.count - 1 ? max(0, total) : total
                }
            }
            let z = values[0]
            let loss =
                max(z, 0) - z * Double(rows.labels[row])
                + Elementary.log(1 + Elementary.exp(-abs(z)))
            return sum + loss * Double(rows.weights[row])
        }
    }
}
