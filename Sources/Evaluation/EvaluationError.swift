public import Output

/// Arguments that cannot be evaluated.
public enum EvaluationError: RetainError, Equatable {
    /// There is nothing to evaluate.
    case noRows
    /// Labels and probabilities are not about the same rows.
    case lengthsDiffer(labels: Int, probabilities: Int)
    /// A probability is not a number from 0 to 1; rows count from 0.
    case badProbability(row: Int, value: Double)
    /// A threshold is not a number from 0 to 1.
    case badThreshold(Double)
    /// A slice column is about other rows.
    case sliceLength(column: String, rows: Int, expected: Int)
    /// A slice column's code names no level; rows count from 0.
    case sliceCode(column: String, row: Int, code: Int32, levels: Int)
    /// A coverage is not a number between 0 and 1.
    case badCoverage(Double)
    /// There are no folds to compare.
    case noFolds
    /// A fold's difference is not a finite number; folds count from 0.
    case badDifference(fold: Int, value: Double)
    /// The ratio of test to training rows is not a finite number of 0 or more.
    case badRatio(Double)

    /// What was read is to blame.
    public var exitStatus: ExitStatus { .badData }

    /// What is wrong, where, and how to put it right, in one line.
    public var description: String {
        switch self {
        case .noRows:
            "evaluation: there are no rows; give a file with at least one"
        case .lengthsDiffer(let labels, let probabilities):
            "evaluation: \(labels) labels but \(probabilities) probabilities; give one per row"
        case .badProbability(let row, let value):
            "evaluation: row \(row) has the probability \(value); it must lie from 0 to 1"
        case .badThreshold(let value):
            "evaluation: the threshold is \(value); it must lie from 0 to 1"
        case .sliceLength(let column, let rows, let expected):
            "evaluation: slice column \"\(column)\" has \(rows) rows; it must have \(expected)"
        case .sliceCode(let column, let row, let code, let levels):
            "evaluation: slice column \"\(column)\" has code \(code) in row \(row), but only "
                + "\(levels) levels; codes must be under that, or negative where missing"
        case .badCoverage(let value):
            "evaluation: the coverage is \(value); it must lie between 0 and 1, such as 0.9"
        case .noFolds:
            "evaluation: there are no folds to compare; give the difference of at least one"
        case .badDifference(let fold, let value):
            "evaluation: the difference of fold \(fold) is \(value); it must be a finite number"
        case .badRatio(let value):
            "evaluation: the ratio of test to training rows is \(value); it must be finite and 0 or "
                + "more, such as 0.25 for five folds"
        }
    }

    static func check(
        labels: [Bool],
        probabilities: [Double],
        threshold: Double = 0.5
    ) throws(EvaluationError) {
        guard labels.count == probabilities.count else {
            throw .lengthsDiffer(labels: labels.count, probabilities: probabilities.count)
        }
        for row in probabilities.indices {
            let value = probabilities[row]
            guard value >= 0, value <= 1 else { throw .badProbability(row: row, value: value) }
        }
        try check(threshold: threshold)
    }

    /// Checks arguments from which something is fitted, so there must be rows.
    static func checkFitting(labels: [Bool], probabilities: [Double]) throws(EvaluationError) {
        try check(labels: labels, probabilities: probabilities)
        guard !labels.isEmpty else { throw .noRows }
    }

    static func check(threshold: Double) throws(EvaluationError) {
        guard threshold >= 0, threshold <= 1 else { throw .badThreshold(threshold) }
    }
}
