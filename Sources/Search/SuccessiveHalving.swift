/// Ends trials early that look bad on the folds done so far.
///
/// After 1, 3, 9, … folds, the rungs, a trial goes on only if its mean is in the best third of all
/// trials that came as far. Jamieson and Talwalkar, "Non-stochastic best arm identification and
/// hyperparameter optimization", AISTATS 2016; a trial does not wait for later ones, as in Li et al.,
/// "A system for massively parallel hyperparameter tuning" (ASHA), MLSys 2020.
public struct SuccessiveHalving: Sendable, Equatable {
    /// Folds of a complete trial.
    public let folds: Int
    /// η: one trial in η goes on, and the next rung has η times the folds.
    public let factor: Int
    /// The first trials to reach a rung go on, as there is nothing to compare them with.
    public let grace: Int

    /// Creates a rule.
    ///
    /// - Precondition: `folds` is at least 1, `factor` at least 2, `grace` not negative.
    public init(folds: Int, factor: Int = 3, grace: Int = 5) {
        precondition(
            folds >= 1 && factor >= 2 && grace >= 0,
            "halving: \(folds), \(factor), \(grace)"
        )
        self.folds = folds
        self.factor = factor
        self.grace = grace
    }

    /// After how many folds trials are compared: powers of the factor under the number of folds.
    public var rungs: [Int] {
        var rungs: [Int] = []
        var rung = 1
        while rung < folds {
            rungs.append(rung)
            let (next, isTooLarge) = rung.multipliedReportingOverflow(by: factor)
            guard !isTooLarge else { break }
            rung = next
        }
        return rungs
    }

    /// Whether a trial with these scores is worth another fold.
    ///
    /// Between the rungs every trial is. Of equals, all go on. Trials that failed are not compared with.
    ///
    /// - Parameters:
    ///   - scores: One for each fold done, lower is better.
    ///   - history: The trials before this one.
    /// - Returns: False where the trial is to end now.
    /// - Complexity: O(trials · folds).
    public func goesOn(_ scores: [Double], after history: [Trial]) -> Bool {
        guard rungs.contains(scores.count) else { return true }
        let peers = history.filter { $0.score != nil && $0.scores.count >= scores.count }
        guard peers.count >= grace else { return true }
        let own = scores.mean
        let better = peers.count { Array($0.scores.prefix(scores.count)).mean < own }
        return better < max(1, (peers.count + 1) / factor)
    }
}

extension [Double] {
    /// The sum from first to last, divided by the count.
    var mean: Double { reduce(0, +) / Double(count) }
}
