/// How often each choice was taken, with one more for each as prior.
///
/// Bergstra, Bardenet, Bengio and Kégl, "Algorithms for hyper-parameter optimization", NeurIPS 2011,
/// section 4.
struct ChoiceShares {
    /// One for each choice, above 0, with sum 1.
    let shares: [Double]

    /// - Parameters:
    ///   - observations: Which choice was taken, from the oldest to the latest.
    ///   - count: How many choices there are.
    init(_ observations: [Int], count: Int) {
        var weights = [Double](repeating: 1, count: count)
        for (choice, weight) in zip(observations, observationWeights(observations.count)) {
            weights[choice] += weight
        }
        let sum = weights.reduce(0, +)
        shares = weights.map { $0 / sum }
    }
}
