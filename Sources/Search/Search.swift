/// A search for the point with the lowest score: what is searched, and what must be the same when it
/// goes on after an interruption.
///
/// It knows nothing of what the scores mean. Trial by trial, `run` asks ``TreeParzenEstimator`` for a
/// point, has its folds evaluated as long as ``SuccessiveHalving`` lets it, and adds the result to a
/// ``TrialLog``.
public struct Search: Sendable {
    /// Something outside the search that decides the scores: the data's digest, a setting.
    public struct Circumstance: Sendable, Equatable {
        /// What it is, in words for a message: `data`.
        public let name: String
        /// What it was when the search began, for instance a digest.
        public let value: String

        /// Creates a circumstance.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Says what to try.
    public let estimator: TreeParzenEstimator
    /// Says what to give up early.
    public let halving: SuccessiveHalving
    /// All that decides the scores beside the point and the fold; a log of others is refused.
    public let fingerprint: [Circumstance]

    /// Creates a search.
    ///
    /// - Parameters:
    ///   - space: Where to search.
    ///   - start: The point of the first trial, usually the defaults.
    ///   - seed: Random seed; decides all that is random in the choice of points.
    ///   - halving: How many folds a trial has, and which go on.
    ///   - fingerprint: All else that decides the scores; no name stands twice.
    /// - Throws: `SearchError.point` where `start` is not in the space.
    public init(
        space: SearchSpace,
        start: Point,
        seed: UInt64,
        halving: SuccessiveHalving,
        fingerprint: [Circumstance]
    ) throws(SearchError) {
        estimator = try TreeParzenEstimator(space: space, start: start, seed: seed)
        self.halving = halving
        self.fingerprint = fingerprint
    }
}

extension Search {
    /// When a search has gone on long enough; both count what an earlier run put into the log.
    public struct Limits: Sendable, Equatable {
        /// Trials in all.
        public var trials: Int
        /// Seconds that all trials took together; nil is no limit.
        ///
        /// The trial that reaches it is the last one; it is not cut short.
        public var seconds: Double?

        /// Creates limits.
        public init(trials: Int, seconds: Double? = nil) {
            self.trials = trials
            self.seconds = seconds
        }
    }

    /// Why a search ended.
    public enum Ending: Sendable, Equatable {
        /// As many trials as asked for.
        case trials
        /// The time was up.
        case time
        /// Every point of the space was tried.
        case exhausted
    }

    /// After this many failures in a row something is wrong with more than a point.
    package static let mostFailures = 10

    /// Tries points until a limit is reached, after the trials that are in the log.
    ///
    /// An evaluation that throws, or whose score is not finite, makes its trial a failed one, and the
    /// search goes on; a `CancellationError` ends it, and the trial under way is forgotten.
    ///
    /// - Parameters:
    ///   - log: The trials so far; each new one is on the disk before the next begins.
    ///   - limits: When to end.
    ///   - clock: Time since any fixed moment; only differences count, and only for trials' seconds.
    ///   - evaluate: The score of a point on a fold, from 0; lower is better. Folds of a point are
    ///     evaluated in order, one at a time.
    ///   - afterTrial: Called with each new trial once it is in the log.
    /// - Returns: Why it ended; the trials are in the log.
    /// - Throws: `FileError` where the log can't be written, `SearchError.failing` after 10 failures in
    ///   a row, `CancellationError`.
    public func run(
        log: inout TrialLog,
        limits: Limits,
        clock: () -> Duration = Self.monotonicTime,
        evaluate: (_ point: Point, _ fold: Int) throws -> Double,
        afterTrial: (Trial) -> Void = { _ in }
    ) throws -> Ending {
        var failures = 0
        while log.trials.count < limits.trials {
            if let seconds = limits.seconds, log.seconds >= seconds { return .time }
            guard let point = estimator.next(history: log.trials) else { return .exhausted }
            let began = clock()
            let (scores, state) = try outcome(of: point, after: log.trials, evaluate)
            let trial = Trial(
                number: log.trials.count,
                point: point,
                scores: scores,
                state: state,
                seconds: max(0, (clock() - began).inSeconds)
            )
            try log.append(trial)
            afterTrial(trial)
            if case .failed(let reason) = state {
                failures += 1
                guard failures < Self.mostFailures else {
                    throw SearchError.failing(trials: failures, reason: reason)
                }
            } else {
                failures = 0
            }
        }
        return .trials
    }

    /// Time since the first call, from a clock that never goes back.
    public static func monotonicTime() -> Duration { ContinuousClock.now - origin }

    private static let origin = ContinuousClock.now

    private func outcome(
        of point: Point,
        after history: [Trial],
        _ evaluate: (Point, Int) throws -> Double
    ) throws -> (scores: [Double], state: Trial.State) {
        var scores: [Double] = []
        for fold in 0 ..< halving.folds {
            do {
                let score = try evaluate(point, fold)
                guard score.isFinite else {
                    return (
                        scores,
                        .failed("the score of fold \(fold + 1) of \(halving.folds) is \(score)")
                    )
                }
                scores.append(score)
            } catch let error as CancellationError {
                throw error
            } catch {
                return (scores, .failed(Self.line("\(error)")))
            }
            guard halving.goesOn(scores, after: history) else { return (scores, .pruned) }
        }
        return (scores, .complete)
    }

    /// The text on one line of at most 400 characters.
    private static func line(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        return String(String.UnicodeScalarView(line.unicodeScalars.prefix(400)))
    }
}

extension Duration {
    fileprivate var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
