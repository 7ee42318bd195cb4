import Kernels
import NeuralNetwork
import Testing

@Suite struct NetworkPredictionTests {
    static let architectures: [Network.Architecture] = [
        .init(inputs: 5, hidden: [10, 10]),
        .init(inputs: 5, hidden: []),
        .init(inputs: 5, hidden: [41, 9], activation: .gaussian),
        .init(inputs: 5, hidden: [10, 10], members: 16),
        .init(inputs: 5, hidden: [33], activation: .gaussian, members: 3),
        .init(inputs: 5, hidden: [64, 64], activation: .gaussian, members: 4, sharesWeights: true),
        .init(inputs: 5, hidden: [7], members: 3, sharesWeights: true),
    ]

    @Test(arguments: architectures)
    func `a row's probability does not depend on its neighbours`(
        architecture: Network.Architecture
    ) {
        let network = Network.scattered(architecture, seed: 1)
        let rows = madeUpRows(1_003, width: 5, seed: 2)
        let together = network.probabilities(of: rows).map(\.bitPattern)
        #expect(together.count == 1_003)
        #expect(Set(together).count > 900)
        for row in [0, 1, 7, 8, 31, 32, 255, 256, 257, 1_000, 1_002] {
            let alone = network.probabilities(of: rows.selecting([row]))
            #expect(alone.map(\.bitPattern) == [together[row]], "row \(row) alone")
        }
        for count in [2, 3, 4, 5, 8, 33, 255, 256, 257, 300, 513, 1_000] {
            for start in [0, 1_003 - count] {
                let some = network.probabilities(of: rows.selecting(start ..< start + count))
                #expect(some.map(\.bitPattern) == Array(together[start ..< start + count]))
            }
        }
        #expect(network.probabilities([], stride: 0, rows: 0).isEmpty)
    }

    @Test(arguments: architectures)
    func `probabilities are the mean of the members'`(architecture: Network.Architecture) {
        let network = Network.scattered(architecture, seed: 3)
        let reference = ReferenceNetwork(network)
        let rows = madeUpRows(50, width: 5, seed: 4)
        for (row, probability) in network.probabilities(of: rows).enumerated() {
            #expect(abs(probability - reference.probability(rows.doubles(row))) <= 1e-6)
        }
    }

    @Test func `a folded network answers as the one that shares weights`() {
        let network = Network.scattered(Self.architectures[5], seed: 5)
        let folded = network.folded()
        #expect(!folded.architecture.sharesWeights && folded.architecture.members == 4)
        #expect(
            folded.tensors.map(\.shape) == [
                [4, 5, 64], [4, 64], [4, 64, 64], [4, 64], [4, 64, 1], [4, 1],
            ]
        )
        let rows = madeUpRows(100, width: 5, seed: 6)
        let (own, shared) = (ReferenceNetwork(folded), ReferenceNetwork(network))
        for row in 0 ..< 100 {
            let x = rows.doubles(row)
            #expect(abs(own.probability(x) - shared.probability(x)) <= 1e-6)
        }
        #expect(folded.probabilities(of: rows) == network.probabilities(of: rows))
        #expect(folded.folded() == folded)
    }

    @Test(arguments: architectures)
    func `the loss is that of the mean probability`(architecture: Network.Architecture) {
        let network = Network.scattered(architecture, seed: 7)
        let rows = madeUpRows(77, width: 5, seed: 8)
        let reference = ReferenceNetwork(network)
        let (loss, correct) = (0 ..< 77).reduce(into: (0.0, 0.0)) { sum, row in
            let chance = reference.probability(rows.doubles(row))
            let right = rows.labels[row] == 1 ? chance : 1 - chance
            sum.0 -= Double(rows.weights[row]) * Elementary.log(right)
            sum.1 += right > 0.5 ? 1 : 0
        }
        #expect(abs(network.loss(on: rows).loss - loss) <= 1e-4)
        #expect(network.loss(on: rows).correct == correct)
    }

    @Test(arguments: [-16, -12, -1, 0, 1, 12, 16] as [Float], [1, 2, 600])
    func `log-odds are told as well near 1 as near 0`(logit: Float, rows: Int) {
        var network = Network(.init(inputs: 2, hidden: [], members: 3))
        network["dense_0.bias"] = [logit, logit, logit]
        for probability in network.probabilities(of: madeUpRows(rows, width: 2, seed: 9)) {
            let odds = Elementary.log(probability / (1 - probability))
            #expect(abs(odds - Double(logit)) <= 1e-6 * max(1, abs(Double(logit))))
        }
    }

    @Test(arguments: [Network.Activation.rectifier, .gaussian], [1, 3])
    func `extreme inputs give probabilities`(activation: Network.Activation, members: Int) {
        let network = Network.scattered(
            .init(inputs: 1, hidden: [4], activation: activation, members: members),
            seed: 1
        )
        let features: [Float] = [0, 1e30, -1e30, 1e38, -1e38, 1e-37]
        let rows = LabelledRows(
            features: features,
            width: 1,
            labels: features.map { $0 > 0 }
        )
        for probability in network.probabilities(of: rows) {
            #expect(probability >= 0 && probability <= 1)
        }
        #expect(network.loss(on: rows).loss.isFinite)
    }
}
