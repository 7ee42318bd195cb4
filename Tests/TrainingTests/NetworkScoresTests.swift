import Evaluation
import Kernels
import Testing
import Training

@Suite struct NetworkScoresTests {
    private let labels: [Bool]
    /// The margin that labels were drawn by.
    private let truth: [Double]
    private let noise: [Double]

    init() {
        var generator = SeededGenerator(seed: 11)
        truth = (0 ..< 1_000).map { _ in 6 * generator.uniform() - 4 }
        noise = truth.map { _ in 4 * generator.uniform() - 2 }
        labels = truth.map { generator.uniform() < Logit.probability($0) }
    }

    private func scores(_ networks: [[Double]], rows: Int) -> NetworkScores {
        NetworkScores(
            labels: Array(labels.prefix(rows)),
            probabilities: networks.map { $0.prefix(rows).map(Logit.probability) }
        )
    }

    /// Which networks stay beside trees that know nothing.
    private func kept(_ networks: [[Double]]) -> [Int] {
        scores(networks, rows: labels.count)
            .kept(beside: Array(repeating: 0, count: labels.count)).networks
    }

    @Test func `two that know halves both stay`() {
        let halves = zip(truth, noise).map { ($0 + $1, $0 - $1) }
        #expect(kept([halves.map(\.0), halves.map(\.1)]) == [0, 1])
    }

    @Test(arguments: [0, 1])
    func `one that misleads goes`(place: Int) {
        var networks = [truth, truth]
        networks[place] = noise
        #expect(kept(networks) == [1 - place])
    }

    /// However few rows there are and however little they tell.
    @Test(arguments: [20, 50, 200, 1_000], [0.5, 0.9, 1.1, 2])
    func `what costs least stays`(rows: Int, stretch: Double) {
        let networks = [truth, zip(truth, noise).map { ($0 + $1 / 2) * stretch }]
        let scores = scores(networks, rows: rows)
        let (trees, labels) = (Array(noise.reversed().prefix(rows)), Array(labels.prefix(rows)))
        let costs = [[0, 1], [0], [1]].map { some in
            BlendWeight(networks: scores.mean(of: some), trees: trees, labels: labels).cost
        }
        #expect(scores.kept(beside: trees).weight.cost == costs.min())
    }

    @Test func `the only one stays`() { #expect(kept([noise]) == [0]) }

    @Test func `of two alike both stay`() { #expect(kept([truth, truth]) == [0, 1]) }

    @Test func `the mean is the model's`() {
        let scores = NetworkScores(
            labels: [true, false],
            probabilities: [[0.25, 0.5], [0.75, 1]]
        )
        #expect(scores.mean(of: [0, 1]) == [0.5, 0.75])
        #expect(scores.mean(of: [1]) == [0.75, 1])
    }
}
