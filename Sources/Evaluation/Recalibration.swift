private import Kernels

/// How far probabilities may be off as a whole: the logistic curve that rows held out would lay over them.
///
/// With p a probability and q what it should have been, logit q = α + β logit p, fitted on rows that took no part in
/// training; α = 0 and β = 1 where probabilities are right. The covariance of (α, β) is the inverse of the information.
public struct Recalibration: Codable, Equatable, Sendable {
    /// The intercept, α.
    public let intercept: Double
    /// The slope, β.
    public let slope: Double
    /// Variance of the intercept.
    public let interceptVariance: Double
    /// Covariance of intercept and slope.
    public let covariance: Double
    /// Variance of the slope.
    public let slopeVariance: Double

    /// Fits the curve; nil where all probabilities are equal, or the rows say nothing of its slope.
    ///
    /// - Parameters:
    ///   - labels: Truth per row; true has left. Shape [n].
    ///   - probabilities: Of rows that took no part in training. Shape [n].
    /// - Throws: `EvaluationError` where the arguments do not fit or there are no rows.
    /// - Complexity: O(*n* log *n*).
    public init?(labels: [Bool], probabilities: [Double]) throws(EvaluationError) {
        let curve = try PlattScaling(labels: labels, probabilities: probabilities)
        intercept = -curve.b
        slope = -curve.a
        var (one, mixed, squared) = (0.0, 0.0, 0.0)
        // Sorted: the order of rows changes no bit.
        for probability in probabilities.sorted() {
            let logit = Logit.of(probability)
            let recalibrated = Logit.probability(intercept + slope * logit)
            let weight = recalibrated * (1 - recalibrated)
            one += weight
            mixed += weight * logit
            squared += weight * logit * logit
        }
        let determinant = one * squared - mixed * mixed
        // Logits that are all but equal leave only rounding.
        guard determinant > 1e-9 * one * squared, determinant.isFinite else { return nil }
        interceptVariance = squared / determinant
        covariance = -mixed / determinant
        slopeVariance = one / determinant
    }

    /// What a probability should have been.
    public func applied(to probability: Double) -> Double {
        Logit.probability(intercept + slope * Logit.of(probability))
    }
}
