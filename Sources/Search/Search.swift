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
    ///   - seed: Decides all that is random in the choice of points.
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
