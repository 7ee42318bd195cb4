public import Evaluation
public import Reports

extension CrossValidation {
    /// Paired differences against another configuration on the same folds, above 0 where this one is better.
    ///
    /// - Returns: Each metric that every fold defines for both.
    /// - Throws: `EvaluationError`.
    /// - Precondition: Both judged the same splits.
    public func compared(
        with other: Self
    ) throws(EvaluationError) -> [(metric: MetricName, comparison: PairedComparison)] {
        precondition(folds.map(\.name) == other.folds.map(\.name), "the folds differ")
        var result: [(metric: MetricName, comparison: PairedComparison)] = []
        let tested = folds.reduce(0) { $0 + $1.testRows }
        let trained = folds.reduce(0) { $0 + $1.trainingRows }
        for metric in Self.metrics {
            let sign: Double = metric.higherIsBetter ? 1 : -1
            var differences: [Double] = []
            for (one, two) in zip(folds, other.folds) {
                guard let one = one[metric], let two = two[metric] else { continue }
                differences.append(sign * (one - two))
            }
            guard differences.count == folds.count, !differences.isEmpty else { continue }
            let comparison = try PairedComparison(
                differences: differences,
                testTrainRatio: Double(tested) / Double(max(1, trained))
            )
            result.append((metric, comparison))
        }
        return result
    }

    /// The folds' metrics for a table.
    public func configuration(named name: String) -> FoldsText.Configuration {
        FoldsText.Configuration(
            name: name,
            values: Self.metrics.map { metric in (metric, folds.compactMap { $0[metric] }) }
        )
    }
}
