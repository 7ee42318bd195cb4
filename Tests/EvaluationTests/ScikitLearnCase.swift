import Evaluation
import TestSupport
import Testing

/// Rows with what scikit-learn makes of them; Scripts/fixtures/evaluation.py writes them.
struct ScikitLearnCase: Decodable, Sendable, CustomTestStringConvertible {
    var name: String
    var labels: [Bool]
    var probabilities: [Double]
    var metrics: [String: Double?]
    var confusionAtHalf: [Int]
    var confusionAtThreshold: [Int]
    /// Bin, rows, mean predicted, observed rate, Wilson interval.
    var reliability: [[Double]]
    var deciles: [Double]
    var profits: [String: Double]
    var roc: [[Double]]?
    var precisionRecall: [[Double]]?

    /// The threshold of the script.
    static let threshold = 0.2

    var testDescription: String { name }

    static func all() throws -> [ScikitLearnCase] {
        try fixture("metrics", as: [Self].self, in: .module)
    }

    func report(replicates: Int = 0) throws -> EvaluationReport {
        try evaluate(
            labels: labels,
            probabilities: probabilities,
            threshold: Self.threshold,
            replicates: replicates
        )
    }
}

/// Whether both are nil, or numbers within 10⁻¹² (relative above 1).
func agrees(_ a: Double?, _ b: Double?) -> Bool {
    guard let a, let b else { return a == nil && b == nil }
    return abs(a - b) <= 1e-12 * max(1, abs(b))
}
