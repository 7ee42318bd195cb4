import Evaluation

/// How much trees count beside networks in the model's margin, found on rows that neither has seen.
///
/// The weight with the least log loss, pulled towards a half as much as matters where rows are few: one weight of two
/// members, as in Breiman, "Stacked regressions", Machine Learning 24, 1996. The pull keeps few rows from weighing members
/// finely. It is no reason for trees that bring nothing, so networks alone are judged without it once rows can tell.
package struct BlendWeight: Equatable, Sendable {
    /// The trees' weight, in 0...1; the networks have the rest.
    package let trees: Double
    /// Mean log loss of the networks alone, of the trees alone, and of both together, in nats.
    package let networksLoss: Double
    package let treesLoss: Double
    package let loss: Double
    /// What the weight was chosen by: the summed log loss of both together, and the pull, in nats.
    package let cost: Double
    /// What both say of the rows.
    package let probabilities: [Double]

    /// What a weight of 0 or 1 costs more than one of a half, times four, in nats over all rows.
    private static let pull = 10.0
    /// From so many rows on networks alone are judged by their loss.
    private static let tellingRows = 500

    /// Finds the weight, to a hundredth.
    ///
    /// - Parameters:
    ///   - networks: Probabilities of the rows, shape [rows].
    ///   - trees: Margins of the rows, shape [rows].
    ///   - labels: Truth of the rows.
    /// - Complexity: O(rows).
    package init(networks: [Double], trees: [Double], labels: [Bool]) {
        let own = networks.map(Logit.of)
        func margins(_ weight: Double) -> [Double] {
            zip(own, trees).map { (1 - weight) * $0 + weight * $1 }
        }
        func loss(_ weight: Double) -> Double {
            zip(margins(weight), labels).reduce(0) { $0 + Logit.loss($1.0, isPositive: $1.1) }
        }
        let weights = (0 ... 100).map { Double($0) / 100 }
        let losses = weights.map(loss)
        var costs = zip(weights, losses).map { $1 + Self.pull * ($0 - 0.5) * ($0 - 0.5) }
        if labels.count >= Self.tellingRows { costs[0] = losses[0] }
        let best = costs.indices.min { costs[$0] < costs[$1] } ?? 50
        let count = Double(max(1, labels.count))
        self.trees = weights[best]
        networksLoss = losses[0] / count
        treesLoss = losses[100] / count
        self.loss = losses[best] / count
        cost = costs[best]
        probabilities = margins(weights[best]).map(Logit.probability)
    }
}
