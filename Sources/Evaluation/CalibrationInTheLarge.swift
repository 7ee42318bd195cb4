private import Kernels

/// By how much the mean probability lies above the share of those who left.
///
/// The first thing to ask of a model's probabilities: do they add up (Van Calster and others, "A
/// calibration hierarchy for risk models was defined", Journal of Clinical Epidemiology 74, 2016).
public struct CalibrationInTheLarge: Codable, Equatable, Sendable {
    /// Mean probability less the share of positives; above 0 where probabilities are too high.
    public let value: Double
    /// The 95 % interval, by the normal approximation of the rows' differences.
    public let interval: ConfidenceInterval

    /// Measures.
    ///
    /// - Parameters:
    ///   - labels: Truth per row. Shape [n].
    ///   - probabilities: Probability of the positive class. Shape [n].
    /// - Throws: `EvaluationError` where the arguments do not fit.
    /// - Complexity: O(*n* log *n*).
    public init(labels: [Bool], probabilities: [Double]) throws(EvaluationError) {
        try EvaluationError.checkFitting(labels: labels, probabilities: probabilities)
        self.init(labels, probabilities, reach: normalDistance(withChance: 0.05))
    }

    /// The same with the ends of the interval `reach` standard errors from the value.
    init(_ labels: [Bool], _ probabilities: [Double], reach: Double) {
        // Sorted: the order of rows changes no bit.
        let gaps = zip(probabilities, labels).map { $0 - ($1 ? 1 : 0) }.sorted()
        let count = Double(gaps.count)
        let mean = gaps.reduce(0, +) / count
        let squares = gaps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let error = count > 1 ? (squares / (count - 1) / count).squareRoot() : 1
        value = mean
        interval = ConfidenceInterval(low: mean - reach * error, high: mean + reach * error)
    }
}

/// The distance from 0 that a standard normal number reaches with the given chance, by bisection.
///
/// - Parameter chance: Above 0 and at most 1; 0.05 gives the ends of the middle 95 %.
/// - Returns: The distance.
public func normalDistance(withChance chance: Double) -> Double {
    precondition(chance > 0 && chance <= 1, "chance: \(chance)")
    var (low, high) = (0.0, 40.0)
    while true {
        let middle = low + (high - low) / 2
        guard middle > low, middle < high else { return high }
        if 2 * Elementary.normalCumulative(-middle) > chance { low = middle } else { high = middle }
    }
}
