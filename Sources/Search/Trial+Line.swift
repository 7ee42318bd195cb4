import Files
import FoundationEssentials

/// What is wrong with a line that should be a trial.
struct TrialLineError: Error {
    let problem: String
}

extension Trial {
    /// The trial as JSON, without the line's end.
    var line: String {
        var line = JSONLine()
        line.add("trial", "\(number)")
        line.add("point", point.json)
        line.add("scores", JSONLine.list(scores.map { "\($0)" }))
        switch state {
        case .complete: line.add("state", "\"complete\"")
        case .pruned: line.add("state", "\"pruned\"")
        case .failed(let reason):
            line.add("state", "\"failed\"")
            line.add("reason", jsonString(reason))
        }
        line.add("seconds", "\(seconds)")
        return line.object
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
