import Kernels

/// What each of a model's networks says of training rows that it has not seen.
package struct NetworkScores: Sendable {
    let labels: [Bool]
    /// Shape [networks, rows].
    let probabilities: [[Double]]

    /// Takes what networks say.
    ///
    /// - Parameters:
    ///   - labels: Truth of the rows.
    ///   - probabilities: Shape [networks, rows].
    package init(labels: [Bool], probabilities: [[Double]]) {
        self.labels = labels
        self.probabilities = probabilities
    }

    /// The mean of some networks' probabilities for each row, as a model of these networks gives it.
    package func mean(of networks: [Int]) -> [Double] {
        elementwiseMean(networks.map { probabilities[$0] })
    }

    /// Which networks stay: all, or one alone where it does better beside the trees.
    ///
    /// As a rule the mean of all is better than each. But on few rows with many weak columns one encoding can be so much
    /// worse than the other that the mean suffers. Members differ little enough that the sign of a small difference on
    /// rows held out holds on other rows, so nothing is asked on top.
    ///
    /// - Parameter trees: Margins of the rows by trees that have not seen them.
    /// - Returns: Their places, ascending, and the weight of the trees beside them.
    /// - Complexity: O(networks · rows).
    package func kept(beside trees: [Double]) -> (networks: [Int], weight: BlendWeight) {
        func way(_ networks: [Int]) -> (networks: [Int], weight: BlendWeight) {
            (networks, BlendWeight(networks: mean(of: networks), trees: trees, labels: labels))
        }
        let all = way(Array(probabilities.indices))
        guard all.networks.count > 1 else { return all }
        let alone = all.networks.map { way([$0]) }
        let best = alone[alone.map(\.weight.cost).leastPlace]
        return best.weight.cost < all.weight.cost ? best : all
    }
}
