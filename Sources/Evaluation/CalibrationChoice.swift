private import Kernels

/// Which calibration the rows ask for, and what each of the others would have done.
///
/// Every method is judged on rows that it was not fitted on: rows are dealt into five folds, class by
/// class, and each fold is calibrated by what the other four gave. The method with the least log loss is
/// chosen if it beats no calibration by more than one standard error of the rows' differences; else none
/// is, as a curve that is not clearly needed does more harm than good.
public struct CalibrationChoice: Codable, Equatable, Sendable {
    /// Rows that were judged.
    public let rows: Int
    /// Positive rows among them.
    public let positives: Int
    /// The methods in the order of `Calibration.Method.allCases`, no calibration first.
    ///
    /// Empty without rows, and no calibration alone where either class has fewer than
    /// `fewestPerClass` rows.
    public let candidates: [Candidate]
    /// The chosen method, fitted on all rows.
    public let calibration: Calibration

    /// The chosen method.
    public var chosen: Calibration.Method { calibration.method }

    /// Rows of either class under which there is nothing to choose from: two for each fold.
    public static let fewestPerClass = 10

    static let folds = 5

    /// How well a method's probabilities match the truth of rows that it was not fitted on.
    public struct Candidate: Codable, Equatable, Sendable {
        /// The method.
        public let method: Calibration.Method
        /// Mean log loss, in nats.
        public let logLoss: Double
        /// Expected calibration error over 15 bins of equal width.
        public let ece: Double
        /// By how much the log loss lies below that of no calibration; below 0 where it is worse.
        public let improvement: Double
        /// The standard error of the improvement, from the rows' paired differences.
        public let standardError: Double

        /// Whether it beats no calibration by more than chance explains.
        var isClearlyBetter: Bool { improvement > standardError }
    }

    /// Judges the methods and fits the best.
    ///
    /// The order of rows changes no bit.
    ///
    /// - Parameters:
    ///   - labels: Truth per row; true is the positive class. Shape [n].
    ///   - probabilities: Per row, of a network that was not trained on it: out of fold, or of a
    ///     validation part. Shape [n].
    ///   - seed: Random seed of the folds.
    /// - Throws: `EvaluationError` where the arguments do not fit.
    /// - Complexity: O(*n* log *n*).
    public init(
        labels: [Bool],
        probabilities: [Double],
        seed: UInt64
    ) throws(EvaluationError) {
        try EvaluationError.check(labels: labels, probabilities: probabilities)
        let ranked = RankedScores(labels: labels, scores: probabilities)
        rows = ranked.rows
        positives = ranked.positives
        let isEnough = min(ranked.positives, ranked.negatives) >= Self.fewestPerClass
        var methods = isEnough ? Calibration.Method.allCases : [Calibration.Method.none]
        if ranked.rows == 0 { methods = [] }
        let dealt = DealtRows(ranked, folds: Self.folds, seed: seed)
        let candidates = zip(methods, dealt.calibrated(methods)).map { method, calibrated in
            Candidate(method, calibrated, dealt)
        }
        self.candidates = candidates
        // Of equals the simpler, which comes first.
        if let best = candidates.min(by: { $0.logLoss < $1.logLoss }), best.isClearlyBetter {
            calibration = Calibration(best.method, ranked)
        } else {
            calibration = .none
        }
    }
}

extension CalibrationChoice.Candidate {
    fileprivate init(_ method: Calibration.Method, _ calibrated: [Double], _ dealt: DealtRows) {
        self.method = method
        let ranked = RankedScores(labels: dealt.labels, scores: calibrated)
        let metrics = ranked.headlineMetrics(threshold: 0.5, replicates: 0, seed: 0)
        logLoss = metrics[.logLoss]?.value ?? .nan
        ece = metrics[.ece]?.value ?? .nan
        (improvement, standardError) = dealt.improvement(calibrated)
    }
}

/// Rows dealt into folds, the same for any order in which they came.
private struct DealtRows {
    var labels: [Bool] = []
    var probabilities: [Double] = []
    private var fold: [Int] = []
    private let folds: Int

    init(_ ranked: RankedScores, folds: Int, seed: UInt64) {
        self.folds = folds
        var generator = SeededGenerator(seed: seed, stream: calibrationStream)
        for label in [false, true] {
            var scores = ranked.scores.indices.flatMap { place in
                repeatElement(
                    ranked.scores[place],
                    count: label ? ranked.positives(at: place) : ranked.negatives(at: place)
                )
            }
            generator.shuffle(&scores)
            labels.append(contentsOf: repeatElement(label, count: scores.count))
            probabilities.append(contentsOf: scores)
            fold.append(contentsOf: scores.indices.map { $0 % folds })
        }
    }

    /// Each row's probability by each method fitted on the other folds; shape [methods][rows].
    func calibrated(_ methods: [Calibration.Method]) -> [[Double]] {
        var result = methods.map { _ in probabilities }
        // Nothing is fitted for no calibration alone.
        guard methods.contains(where: { $0 != .none }) else { return result }
        for held in 0 ..< folds {
            let others = fold.indices.filter { fold[$0] != held }
            let ranked = RankedScores(
                labels: others.map { labels[$0] },
                scores: others.map { probabilities[$0] }
            )
            for (place, method) in methods.enumerated() {
                let fitted = Calibration(method, ranked)
                for row in fold.indices where fold[row] == held {
                    result[place][row] = fitted.applied(to: probabilities[row])
                }
            }
        }
        return result
    }

    /// By how much log loss falls from the rows' own probabilities to these, and its standard error.
    func improvement(_ calibrated: [Double]) -> (mean: Double, standardError: Double) {
        let differences = labels.indices.map { row in
            logLoss(probabilities[row], labels[row]) - logLoss(calibrated[row], labels[row])
        }
        let count = Double(differences.count)
        let mean = differences.reduce(0, +) / count
        let squares = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        guard count > 1 else { return (mean, 0) }
        return (mean, (squares / (count - 1) / count).squareRoot())
    }

    private func logLoss(_ probability: Double, _ label: Bool) -> Double {
        let likelihood = label ? probability : 1 - probability
        return -Elementary.log(max(likelihood, .ulpOfOne))
    }
}

/// Keeps the folds' random numbers apart from those of other purposes: "cali" in ASCII.
private let calibrationStream: UInt64 = 0x6361_6C69
