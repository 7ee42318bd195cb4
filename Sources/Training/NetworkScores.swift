import ChurnModel

/// What each of a model's networks says of training rows that it has not seen.
package struct NetworkScores: Sendable {
    let labels: [Bool]
    /// Shape [networks, rows].
    let probabilities: [[Float]]

    /// So much lower, in nats over all rows, the loss must be without a network: what Akaike's criterion asks for one more
    /// choice ("A new look at the statistical model identification", IEEE Transactions on Automatic Control 19, 1974).
    private static let priceOfChoice = 1.0

    /// Takes what networks say.
    ///
    /// - Parameters:
    ///   - labels: Truth of the rows.
    ///   - probabilities: Shape [networks, rows].
    package init(labels: [Bool], probabilities: [[Float]]) {
        self.labels = labels
        self.probabilities = probabilities
    }

    /// The mean of some networks' probabilities for each row, as a model of these networks gives it.
    package func mean(of networks: [Int]) -> [Double] {
        ChurnModel.mean(networks.map { probabilities[$0] }).map(Double.init)
    }

    /// Which networks stay: all, or one alone where it does better beside the trees.
    ///
    /// As a rule the mean of all is better than each. But on few rows with many weak columns one encoding can be so much
    /// worse than the other that the mean suffers.
    ///
    /// - Parameter trees: Margins of the rows by trees that have not seen them.
    /// - Returns: Their places, ascending.
    /// - Complexity: O(networks · rows).
    package func kept(beside trees: [Double]) -> [Int] {
        func cost(_ networks: [Int]) -> Double {
            BlendWeight(networks: mean(of: networks), trees: trees, labels: labels).cost
        }
        let all = Array(probabilities.indices)
        guard all.count > 1 else { return all }
        let alone = all.map { cost([$0]) }
        let best = alone.leastPlace
        return cost(all) - alone[best] > Self.priceOfChoice ? [best] : all
    }
}
