/// Whether one model is better than another on the same rows, in log loss and in money.
///
/// Each row gives a difference of its own, and the rows are resampled together: what is easy or hard for
/// both models cancels out, so far smaller differences show than by comparing two intervals. The draws
/// are those of the metrics' intervals (the Poisson bootstrap), with 95 % percentile intervals (Efron
/// and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13).
public struct PairedBootstrap: Codable, Equatable, Sendable {
    /// Rows compared.
    public let rows: Int
    /// Replicates behind the intervals.
    public let replicates: Int
    /// Mean log loss, in nats; above 0 where the first model is worse.
    public let logLoss: Difference
    /// Mean profit per customer of a campaign that contacts whom each model puts at or above its
    /// threshold; above 0 where the first model is better.
    public let profit: Difference

    /// One number of both models.
    public struct Difference: Codable, Equatable, Sendable {
        /// The first model's.
        public let first: Double
        /// The second model's.
        public let second: Double
        /// The first's less the second's.
        public let difference: Double
        /// The 95 % interval of the difference.
        public let interval: ConfidenceInterval
    }

    /// A model's probabilities of some rows, and the cut that it is used with.
    public struct Scores: Equatable, Sendable {
        /// Probability of the positive class, shape [n].
        public let probabilities: [Double]
        /// p ≥ threshold is contacted.
        public let threshold: Double

        /// Creates scores.
        public init(probabilities: [Double], threshold: Double) {
            self.probabilities = probabilities
            self.threshold = threshold
        }
    }

    /// Compares two models.
    ///
    /// The order of rows changes no bit.
    ///
    /// - Parameters:
    ///   - first: The first model's scores.
    ///   - second: The second model's scores of the same rows.
    ///   - labels: Truth per row; true is the positive class. Shape [n].
    ///   - costs: What the campaign costs and brings.
    ///   - seed: Random seed of the draws.
    ///   - replicates: How many to draw; above 100,000 rows fewer are drawn (100,000,000 / n, at least
    ///     100).
    /// - Throws: `EvaluationError` or `CampaignCostsError` where the arguments do not fit.
    /// - Complexity: O(*n* (log *n* + `replicates`)).
    public init(
        _ first: Scores,
        _ second: Scores,
        labels: [Bool],
        costs: CampaignCosts,
        seed: UInt64,
        replicates: Int = 1_000
    ) throws {
        for scores in [first, second] {
            try EvaluationError.check(
                labels: labels,
                probabilities: scores.probabilities,
                threshold: scores.threshold
            )
        }
        guard !labels.isEmpty else { throw EvaluationError.noRows }
        try costs.validate()
        let one = first.gains(labels, costs)
        let other = second.gains(labels, costs)
        // Sorted, so that a draw falls to what a row says, not to where it stands.
        let differences = labels.indices
            .map {
                (loss: one[$0].loss - other[$0].loss, profit: one[$0].profit - other[$0].profit)
            }
            .sorted { $0.loss != $1.loss ? $0.loss < $1.loss : $0.profit < $1.profit }
        rows = labels.count
        self.replicates = RankedScores.replicates(asked: max(1, replicates), rows: rows)
        var samples: (loss: [Double], profit: [Double]) = ([], [])
        for replicate in 0 ..< self.replicates {
            var draws = PoissonDraws(seed: seed, replicate: replicate)
            var drawn = 0
            var loss = 0.0
            var profit = 0.0
            for difference in differences {
                let count = draws.next()
                drawn += Int(count)
                loss += Double(count) * difference.loss
                profit += Double(count) * difference.profit
            }
            // Of a handful of rows none may be drawn; such a replicate says nothing.
            guard drawn > 0 else { continue }
            samples.loss.append(loss / Double(drawn))
            samples.profit.append(profit / Double(drawn))
        }
        logLoss = Difference(
            first: Self.mean(one.map(\.loss)),
            second: Self.mean(other.map(\.loss)),
            difference: Self.mean(differences.map(\.loss)),
            replicates: samples.loss
        )
        profit = Difference(
            first: Self.mean(one.map(\.profit)),
            second: Self.mean(other.map(\.profit)),
            difference: Self.mean(differences.map(\.profit)),
            replicates: samples.profit
        )
    }

    /// The mean, whatever the order of the values.
    private static func mean(_ values: [Double]) -> Double {
        values.sorted().reduce(0, +) / Double(values.count)
    }
}

extension PairedBootstrap.Difference {
    fileprivate init(first: Double, second: Double, difference: Double, replicates: [Double]) {
        self.first = first
        self.second = second
        self.difference = difference
        interval =
            replicates.isEmpty
            ? ConfidenceInterval(low: difference, high: difference)
            : ConfidenceInterval(replicates: replicates)
    }
}

extension PairedBootstrap.Scores {
    /// What each row adds to log loss and profit.
    fileprivate func gains(
        _ labels: [Bool],
        _ costs: CampaignCosts
    ) -> [(loss: Double, profit: Double)] {
        zip(probabilities, labels).map { probability, label in
            let contacted = label ? costs.profitPerLeaver : -costs.lossPerStayer
            return (
                Evaluation.logLoss(probability, label), probability >= threshold ? contacted : 0
            )
        }
    }
}
