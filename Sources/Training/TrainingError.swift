import NeuralNetwork
public import Output

/// Why there is nothing to train on, or training came to nothing.
public enum TrainingError: RetainError, Equatable {
    /// There are too few rows of a class to learn from.
    case tooFewRows(rows: Int, positives: Int)
    /// A weight became infinite or not a number.
    case diverged
    /// Rows to evaluate on were asked for, but have no label.
    case noLabels

    /// What was read is to blame.
    public var exitStatus: ExitStatus { .badData }

    /// One line: what, why, how to fix it.
    public var description: String {
        switch self {
        case .tooFewRows(let rows, let positives):
            "\(rows) rows, of which \(positives) left, are too few to learn from; "
                + "give a file with at least 2 rows of each class after the split"
        case .diverged:
            "training diverged: a weight is no longer a number; lower learning_rate in retain.yaml"
        case .noLabels:
            "there is no labelled row to evaluate on; give a file with the target column"
        }
    }

    static func check(labels: [Bool]) throws(TrainingError) {
        let positives = labels.count { $0 }
        guard positives >= 2, labels.count - positives >= 2 else {
            throw .tooFewRows(rows: labels.count, positives: positives)
        }
    }

    static func check(_ network: Network) throws(TrainingError) {
        guard network.parameters.allSatisfy(\.isFinite) else { throw .diverged }
    }
}
