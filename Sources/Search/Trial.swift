/// A point and how it fared.
public struct Trial: Sendable, Equatable {
    /// How a trial ended.
    public enum State: Sendable, Equatable {
        /// With a score for every fold.
        case complete
        /// Early, since others were better.
        case pruned
        /// With an error, told in one line.
        case failed(String)
    }

    /// Its number, from 0.
    public let number: Int
    /// What was tried.
    public let point: Point
    /// One score for each fold done, in the order of the folds; finite, lower is better.
    public let scores: [Double]
    /// How it ended.
    public let state: State
    /// How long it took, in thousandths.
    public let seconds: Double

    /// Creates a trial.
    public init(number: Int, point: Point, scores: [Double], state: State, seconds: Double) {
        self.number = number
        self.point = point
        self.scores = scores
        self.state = state
        self.seconds = (seconds * 1_000).rounded() / 1_000
    }

    /// The mean over the folds done; nil where it failed.
    public var score: Double? {
        if case .failed = state { return nil }
        return scores.isEmpty ? nil : scores.mean
    }
}

extension [Trial] {
    /// The complete trial with the lowest score, of equals the first; nil where none is complete.
    public var best: Trial? {
        var best: (trial: Trial, score: Double)?
        for trial in self where trial.state == .complete {
            guard let score = trial.score else { continue }
            if best.map({ score < $0.score }) ?? true { best = (trial, score) }
        }
        return best?.trial
    }
}
