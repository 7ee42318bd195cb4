import FoundationEssentials
import Output

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

/// What is wrong with a line that should be a trial.
struct TrialLineError: RetainError {
    let problem: String

    var exitStatus: ExitStatus { .badData }
    var description: String { problem }
}

extension Trial {
    /// The trial as JSON, without the line's end.
    var line: String {
        let outcome: JSONValue =
            switch state {
            case .complete: ["state": "complete"]
            case .pruned: ["state": "pruned"]
            case .failed(let reason): ["state": "failed", "reason": .string(reason)]
            }
        let trial: JSONValue = [
            "trial": .whole(number), "point": point.content,
            "scores": .array(scores.map(JSONValue.real)),
        ]
        return trial.with(outcome).with(["seconds": .real(seconds)]).text(.ascii)
    }

    private struct Fields: Decodable {
        let trial: Int
        let point: Point
        let scores: [Double]
        let state: String
        let reason: String?
        let seconds: Double
    }

    /// Reads what ``line`` wrote.
    ///
    /// - Parameters:
    ///   - line: The line without its end.
    ///   - number: The number that the trial must have.
    ///   - search: The search whose space and folds it must fit.
    /// - Throws: `TrialLineError`, which says in words what is wrong.
    init(line: ArraySlice<UInt8>, number: Int, of search: Search) throws(TrialLineError) {
        let fields: Fields
        do { fields = try JSONDecoder().decode(Fields.self, from: Data(line)) } catch {
            throw TrialLineError(problem: "this is no trial as the search writes it")
        }
        guard fields.trial == number else {
            throw TrialLineError(problem: "this is trial \(fields.trial) where \(number) must be")
        }
        let point: Point
        do { point = try search.estimator.space.checked(fields.point) } catch {
            throw TrialLineError(problem: error.description)
        }
        let folds = search.halving.folds
        let state: State
        let mayEnd: ClosedRange<Int>
        switch fields.state {
        case "complete": (state, mayEnd) = (.complete, folds ... folds)
        case "pruned": (state, mayEnd) = (.pruned, 1 ... max(1, folds - 1))
        case "failed": (state, mayEnd) = (.failed(fields.reason ?? ""), 0 ... folds - 1)
        default: throw TrialLineError(problem: "the state \(fields.state) is none of the search's")
        }
        guard mayEnd.contains(fields.scores.count) else {
            throw TrialLineError(
                problem: "no trial with scores of \(fields.scores.count) of \(folds) folds is "
                    + fields.state
            )
        }
        guard fields.seconds >= 0 else {
            throw TrialLineError(problem: "a trial can't take \(fields.seconds) seconds")
        }
        self.init(
            number: number,
            point: point,
            scores: fields.scores,
            state: state,
            seconds: fields.seconds
        )
    }
}
