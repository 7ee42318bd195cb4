import Kernels
import NeuralNetwork
import Testing

/// Central differences of a double-precision reference, so small a step that no rectifier changes side.
@Suite struct GradientTests {
    /// Members, whether they share weights, activation.
    enum Kind: CaseIterable {
        case rectifier, gaussian, own, ownGaussian, shared, sharedRectifier, sharedAlone

        func architecture(_ hidden: [Int], dropout: Float = 0) -> Network.Architecture {
            var result = Network.Architecture(inputs: 6, hidden: hidden, dropout: dropout)
            switch self {
            case .rectifier, .own, .sharedRectifier: result.activation = .rectifier
            default: result.activation = .gaussian
            }
            switch self {
            case .rectifier, .gaussian, .sharedAlone: result.members = 1
            default: result.members = 3
            }
            switch self {
            case .shared, .sharedRectifier, .sharedAlone: result.sharesWeights = true
            default: result.sharesWeights = false
            }
            return result
        }
    }

    @Test(arguments: [[], [7], [10, 10], [5, 3, 4]], [1, 8, 33])
    func `single network, rectified`(hidden: [Int], count: Int) { check(.rectifier, hidden, count) }

    @Test(arguments: [[], [7], [10, 10]], [1, 8, 33])
    func `single network, Gaussian units`(hidden: [Int], count: Int) {
        check(.gaussian, hidden, count)
    }

    @Test(arguments: [Kind.own, .ownGaussian], [[], [7], [10, 10]])
    func `members of their own weights`(kind: Kind, hidden: [Int]) {
        for count in [1, 8, 33] { check(kind, hidden, count) }
    }

    @Test(arguments: [Kind.shared, .sharedRectifier, .sharedAlone], [[], [7], [10, 10]])
    func `members that share weights`(kind: Kind, hidden: [Int]) {
        for count in [1, 8, 33] { check(kind, hidden, count) }
    }

    private func check(_ kind: Kind, _ hidden: [Int], _ count: Int) {
        let network = Network.scattered(kind.architecture(hidden), seed: 9)
        let rows = madeUpRows(60, width: 6, seed: 5)
        var generator = SeededGenerator(seed: 3)
        // Each member sees rows of its own.
        let batch = (0 ..< network.ordersPerBatch).map { _ in
            Array(generator.permutation(60).prefix(count))
        }
        // A workspace and gradients that a larger batch has used.
        var workspace = network.makeWorkspace(rows: 33)
        var gradients = [Float](repeating: 3, count: network.parameters.count)
        func run() -> BatchLoss {
            network.lossAndGradients(
                batch.map { $0[...] },
                of: rows,
                workspace: &workspace,
                gradients: &gradients,
                using: &generator
            )
        }
        let first = run()
        let result = run()
        #expect(result == first)
        var reference = ReferenceNetwork(network)
        let members = Double(batch.count)
        let losses = batch.indices.map { reference.loss(batch[$0], of: rows, member: $0) }
        #expect(abs(result.loss - losses.reduce(0, +) / members) < 1e-5 * Double(count))
        let correct = batch.indices.reduce(0) { sum, member in
            sum
                + batch[member].count {
                    (reference.logit(rows.doubles(Int($0)), member: member) > 0)
                        == (rows.labels[Int($0)] == 1)
                }
        }
        #expect(abs(result.correct - Double(correct) / members) < 1e-9)

        for tensor in network.tensors {
            for place in tensor.range {
                let value = reference.parameters[place]
                reference.parameters[place] = value + 1e-6
                let up = reference.derivedLoss(batch, of: rows)
                reference.parameters[place] = value - 1e-6
                let down = reference.derivedLoss(batch, of: rows)
                reference.parameters[place] = value
                #expect(
                    abs((up - down) / 2e-6 - Double(gradients[place])) < 2e-6,
                    "\(tensor.name), place \(place - tensor.range.lowerBound)"
                )
            }
        }
    }

    /// With the same draws the loss of a mask is a function of the parameters; its slope along a
    /// direction is the gradient's.
    @Test(arguments: Kind.allCases) func `with dropout under the same mask`(kind: Kind) {
        var network = Network.scattered(kind.architecture([24, 16], dropout: 0.3), seed: 2)
        let rows = madeUpRows(64, width: 6, seed: 5)
        let order = (0 ..< Int32(64)).map(\.self)
        var workspace = network.makeWorkspace(rows: 64)
        var gradients = [Float](repeating: 0, count: network.parameters.count)
        func loss(_ network: Network) -> Double {
            var generator = SeededGenerator(seed: 77)
            let batch = network.lossAndGradients(
                (0 ..< network.ordersPerBatch).map { _ in order[...] },
                of: rows,
                workspace: &workspace,
                gradients: &gradients,
                using: &generator
            )
            let isSum = !network.architecture.sharesWeights
            return batch.loss / 64 * (isSum ? Double(network.architecture.members) : 1)
        }
        let here = loss(network)
        let gradient = gradients
        let norm = squaredNorm(gradient).squareRoot()
        let step = 1e-3
        let start = network.parameters
        func move(_ distance: Double) {
            for place in start.indices {
                network.parameters[place] =
                    start[place] + Float(distance / norm) * gradient[place]
            }
        }
        move(step)
        let up = loss(network)
        move(-step)
        let down = loss(network)
        #expect(abs((up - down) / (2 * step) / norm - 1) < 0.02)
        network.parameters = start
        #expect(loss(network) == here)
    }
}
