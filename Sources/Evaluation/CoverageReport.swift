/// How a conformal classifier does on rows that it was not made from.
public struct CoverageReport: Codable, Equatable, Sendable {
    /// The coverage that the classifier was made for.
    public let target: Double
    /// Judged rows.
    public let rows: Int
    /// Share of all rows whose true outcome is among the plausible ones; nil without rows.
    public let coverage: Double?
    /// The same share among leavers; nil without any.
    public let coverageOfLeavers: Double?
    /// The same share among stayers; nil without any.
    public let coverageOfStayers: Double?
    /// How many customers get which answer, in the order of `Certainty.allCases`.
    public let answers: [Answer]

    /// The rows that get one answer.
    public struct Answer: Codable, Equatable, Sendable {
        /// The answer.
        public let certainty: Certainty
        /// Rows that get it.
        public let rows: Int
        /// Their share of all rows; nil without any rows.
        public let share: Double?
        /// How many of them left.
        public let leavers: Int
    }

    /// Counts rows.
    ///
    /// - Parameters:
    ///   - labels: Truth per row; true has left. Shape [n].
    ///   - probabilities: Shape [n].
    ///   - classifier: What is judged.
    /// - Throws: `EvaluationError` where the arguments do not fit.
    /// - Complexity: O(*n*).
    public init(
        labels: [Bool],
        probabilities: [Double],
        classifier: ConformalClassifier
    ) throws(EvaluationError) {
        try EvaluationError.check(labels: labels, probabilities: probabilities)
        var leavers = 0
        var coveredLeavers = 0
        var coveredStayers = 0
        var rowsOfAnswer = Certainty.allCases.map { _ in (all: 0, leavers: 0) }
        for (label, probability) in zip(labels, probabilities) {
            leavers += label ? 1 : 0
            if label, classifier.mayLeave(probability) { coveredLeavers += 1 }
            if !label, classifier.mayStay(probability) { coveredStayers += 1 }
            let certainty = classifier.certainty(of: probability)
            for (place, answer) in Certainty.allCases.enumerated() where answer == certainty {
                rowsOfAnswer[place].all += 1
                rowsOfAnswer[place].leavers += label ? 1 : 0
            }
        }
        let count = labels.count
        target = classifier.coverage
        rows = count
        coverage = Self.share(coveredLeavers + coveredStayers, of: count)
        coverageOfLeavers = Self.share(coveredLeavers, of: leavers)
        coverageOfStayers = Self.share(coveredStayers, of: count - leavers)
        answers = zip(Certainty.allCases, rowsOfAnswer).map { certainty, found in
            Answer(
                certainty: certainty,
                rows: found.all,
                share: Self.share(found.all, of: count),
                leavers: found.leavers
            )
        }
    }

    private static func share(_ part: Int, of whole: Int) -> Double? {
        whole > 0 ? Double(part) / Double(whole) : nil
    }

    /// The rows that get this answer.
    public subscript(certainty: Certainty) -> Answer? {
        answers.first { $0.certainty == certainty }
    }
}
