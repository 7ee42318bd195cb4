/// Whether one model is better than another, from the differences of a metric on the folds of repeated
/// cross-validation.
///
/// The folds share training rows, so their differences vary less than those of independent data sets
/// would; the corrected resampled t-test widens the variance by the ratio of test to training rows.
///
/// Nadeau and Bengio, "Inference for the generalization error", Machine Learning 52 (2003); for repeated
/// cross-validation Bouckaert and Frank, "Evaluating the replicability of significance tests for
/// comparing learning algorithms", PAKDD 2004.
public struct PairedComparison: Codable, Equatable, Sendable {
    /// Folds compared, over all repetitions, k.
    public let folds: Int
    /// Folds whose difference is above 0.
    public let foldsBetter: Int
    /// The mean difference.
    public let mean: Double
    /// √((1/k + ratio) · s²) with s² the differences' variance; nil for one fold.
    public let standardError: Double?
    /// The 95 % interval of the difference, by Student's t with k − 1 degrees of freedom; nil for one
    /// fold.
    public let interval: ConfidenceInterval?
    /// The chance of a mean at least this far from 0 if the models are equally good; nil for one fold.
    ///
    /// Where all differences are equal it is 1 if they are 0, and else 0.
    public let pValue: Double?

    /// Compares.
    ///
    /// - Parameters:
    ///   - differences: Per fold, above 0 where the first model is better. Shape [k].
    ///   - testTrainRatio: Test rows by training rows of a fold: 1 / (K − 1) for K folds.
    /// - Throws: `EvaluationError` where the arguments do not fit.
    /// - Complexity: O(*k*).
    public init(
        differences: [Double],
        testTrainRatio: Double
    ) throws(EvaluationError) {
        guard let first = differences.first else { throw .noFolds }
        for fold in differences.indices where !differences[fold].isFinite {
            throw .badDifference(fold: fold, value: differences[fold])
        }
        guard testTrainRatio >= 0, testTrainRatio < .infinity else {
            throw .badRatio(testTrainRatio)
        }
        let count = Double(differences.count)
        // A mean of equal numbers must not differ from them by rounding: their variance is 0.
        let mean = first + differences.reduce(0) { $0 + ($1 - first) } / count
        self.mean = mean
        folds = differences.count
        foldsBetter = differences.count { $0 > 0 }
        guard folds > 1 else {
            standardError = nil
            interval = nil
            pValue = nil
            return
        }
        let squares = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let error = ((1 / count + testTrainRatio) * (squares / (count - 1))).squareRoot()
        let student = StudentT(degreesOfFreedom: count - 1)
        let reach = student.distance(withChance: 0.05) * error
        standardError = error
        interval = ConfidenceInterval(low: mean - reach, high: mean + reach)
        pValue = mean == 0 ? 1 : student.chance(atLeast: mean / error)
    }
}
