import Evaluation
import Kernels
import Testing
import Training

@Suite struct BlendWeightTests {
    private let labels: [Bool]
    /// The margin that labels were drawn by.
    private let truth: [Double]
    private let noise: [Double]

    init() {
        var generator = SeededGenerator(seed: 3)
        truth = (0 ..< 2_000).map { _ in 6 * generator.uniform() - 4 }
        noise = truth.map { _ in 4 * generator.uniform() - 2 }
        labels = truth.map { generator.uniform() < Logit.probability($0) }
    }

    private func weight(networks: [Double], trees: [Double], rows: Int = 2_000) -> BlendWeight {
        BlendWeight(
            networks: networks.prefix(rows).map(Logit.probability),
            trees: Array(trees.prefix(rows)),
            labels: Array(labels.prefix(rows))
        )
    }

    @Test func `goes to the one that knows`() {
        #expect(weight(networks: noise, trees: truth).trees > 0.9)
        #expect(weight(networks: truth, trees: noise).trees < 0.1)
    }

    @Test func `both that know halves get weight, and are better together`() {
        let halves = zip(truth, noise).map { ($0 + $1, $0 - $1) }
        let found = weight(networks: halves.map(\.0), trees: halves.map(\.1))
        #expect((0.4 ... 0.6).contains(found.trees))
        #expect(found.loss < min(found.networksLoss, found.treesLoss))
    }

    @Test func `few rows leave it near a half`() {
        #expect((0.4 ... 0.6).contains(weight(networks: truth, trees: noise, rows: 4).trees))
        #expect(weight(networks: [], trees: [], rows: 0).trees == 0.5)
    }

    /// Trees that say what networks say, and a little more that means nothing: the pull alone would keep them.
    @Test(arguments: [(499, false), (500, true), (2_000, true)])
    func `trees that bring nothing go where rows can tell`(rows: Int, go: Bool) {
        let trees = zip(truth, labels).map { $0 + ($1 ? -0.05 : 0.05) }
        #expect((weight(networks: truth, trees: trees, rows: rows).trees == 0) == go)
    }

    @Test func `says what the joined margins say`() {
        let found = weight(networks: truth, trees: noise)
        for row in truth.indices {
            let own = Logit.of(Logit.probability(truth[row]))
            let margin = (1 - found.trees) * own + found.trees * noise[row]
            #expect(found.probabilities[row] == Logit.probability(margin))
        }
    }
}
