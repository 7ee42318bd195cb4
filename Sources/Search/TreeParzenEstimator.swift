import Kernels

/// Says which point to try next: one that is likely among good trials and unlikely among the others.
///
/// The good trials are the best tenth, at most 25; *l* and *g* are the densities of the good and of the
/// other trials, dimension by dimension; of 24 draws from *l* the one with the largest *l* / *g* is
/// taken. Bergstra, Bardenet, Bengio and Kégl, "Algorithms for hyper-parameter optimization",
/// NeurIPS 2011. Trials that were pruned rank behind the complete ones, those with more folds first, as
/// in Akiba et al., "Optuna", KDD 2019; failed ones count as bad.
///
/// The first point is the given one, the next are random until 10 trials have a score. No point is
/// tried twice.
public struct TreeParzenEstimator: Sendable, Equatable {
    /// Where to search.
    public let space: SearchSpace
    /// The first point.
    public let start: Point
    /// Decides all that is random.
    public let seed: UInt64

    /// Trials with a score before estimates are worth anything.
    package static let randomTrials = 10
    private static let mostGood = 25
    private static let draws = 24
    /// How often to look for a point that was not tried, with estimates and then without.
    private static let attempts = 64
    /// Keeps these numbers apart from those that training draws with the same seed.
    private static let stream: UInt64 = 0x7365_6172_0000_0000

    /// Creates an estimator.
    ///
    /// - Throws: `SearchError.point` where `start` is not in the space.
    public init(space: SearchSpace, start: Point, seed: UInt64) throws(SearchError) {
        self.space = space
        self.start = try space.checked(start)
        self.seed = seed
    }

    /// The point for the next trial, whose number is the count of those before.
    ///
    /// It depends on the seed and on these trials alone, so that a search that was interrupted goes on
    /// as if it had not been.
    ///
    /// - Parameter history: All trials so far, in the order of their numbers.
    /// - Returns: A point that no trial had; nil where none is left.
    /// - Complexity: O(dimensions · *n*) elementary functions for *n* trials.
    public func next(history: [Trial]) -> Point? {
        guard !history.isEmpty else { return start }
        let tried = Set(history.map(\.point))
        if let count = space.count, tried.count >= count { return nil }
        let (good, bad) = Self.split(history)
        let estimators = space.dimensions.map { dimension in
            func values(_ trials: [Trial]) -> [Point.Value] {
                trials.compactMap { $0.point[dimension.name] }
            }
            return DimensionEstimator(dimension, good: values(good), bad: values(bad))
        }
        let isEarly = history.count(where: { $0.score != nil }) < Self.randomTrials
        var generator = SeededGenerator(
            seed: seed,
            stream: Self.stream | UInt64(history.count)
        )
        for attempt in 0 ..< 2 * Self.attempts {
            let isRandom = isEarly || attempt >= Self.attempts
            let entries = zip(space.dimensions, estimators).map { dimension, estimator in
                Point.Entry(
                    name: dimension.name,
                    value: isRandom
                        ? estimator.random(using: &generator)
                        : estimator.best(ofDraws: Self.draws, using: &generator)
                )
            }
            let point = Point(entries: entries)
            if !tried.contains(point) { return point }
        }
        return space.firstPoint(notIn: tried)
    }

    /// The best tenth of the trials with a score and all others, both in the order of the history.
    package static func split(_ history: [Trial]) -> (good: [Trial], bad: [Trial]) {
        var ranked: [(place: Int, isPruned: Bool, folds: Int, score: Double)] = []
        for (place, trial) in history.enumerated() {
            guard let score = trial.score else { continue }
            ranked.append((place, trial.state == .pruned, trial.scores.count, score))
        }
        ranked.sort { a, b in
            if a.isPruned != b.isPruned { return b.isPruned }
            if a.folds != b.folds { return a.folds > b.folds }
            return (a.score, a.place) < (b.score, b.place)
        }
        let count = min((ranked.count + 9) / 10, mostGood)
        let best = Set(ranked.prefix(count).map(\.place))
        var (good, bad): ([Trial], [Trial]) = ([], [])
        for (place, trial) in history.enumerated() {
            if best.contains(place) { good.append(trial) } else { bad.append(trial) }
        }
        return (good, bad)
    }
}
