/// Which outcomes are plausible for a customer, with a guarantee: whatever the model, the true outcome is
/// among them for at least the share `coverage` of leavers, and of stayers.
///
/// Split conformal prediction, each class by itself (Mondrian): leaving is plausible from a probability
/// on that all but a share 1 − coverage of the calibration rows' leavers reach, and staying up to one
/// that as many stayers do not exceed. The guarantee is of the average over calibration rows and
/// customers who are exchangeable with them. It is not that this share of customers called certain to
/// leave do leave; `CoverageReport` counts that.
///
/// Vovk, Gammerman and Shafer, "Algorithmic Learning in a Random World", 2005, section 4.5; Vovk,
/// "Conditional validity of inductive conformal predictors", ACML 2012; Sadinle, Lei and Wasserman,
/// "Least ambiguous set-valued classifiers with bounded error levels", JASA 114 (2019).
public struct ConformalClassifier: Equatable, Sendable {
    /// The share of each class whose outcome is to be among the plausible ones; between 0 and 1.
    public let coverage: Double
    /// The probability from which on leaving is plausible; 0 where it always is, for want of leavers.
    public let leavesFrom: Double
    /// The probability up to which staying is plausible; 1 where it always is, for want of stayers.
    public let staysUpTo: Double
    /// Leavers among the calibration rows.
    public let leavers: Int
    /// Stayers among the calibration rows.
    public let stayers: Int

    /// Finds both cuts.
    ///
    /// With n leavers, `leavesFrom` is the ⌊(1 − coverage)(n + 1)⌋-th smallest of their probabilities, or
    /// 0 where that rank is 0: under 9 leavers at a coverage of 0.9. Stayers are the mirror image.
    ///
    /// - Parameters:
    ///   - labels: Truth per calibration row; true has left. Shape [n].
    ///   - probabilities: The probabilities that will be shown, of rows that neither the network nor its
    ///     calibration was fitted on. Shape [n].
    ///   - coverage: Between 0 and 1.
    /// - Throws: `EvaluationError` where the arguments do not fit.
    /// - Complexity: O(*n* log *n*).
    public init(
        labels: [Bool],
        probabilities: [Double],
        coverage: Double = 0.9
    ) throws(EvaluationError) {
        guard coverage > 0, coverage < 1 else { throw .badCoverage(coverage) }
        try EvaluationError.check(labels: labels, probabilities: probabilities)
        let ofLeavers = labels.indices.filter { labels[$0] }.map { probabilities[$0] }.sorted()
        let ofStayers = labels.indices.filter { !labels[$0] }.map { probabilities[$0] }.sorted()
        let leaverRank = Self.rank(of: ofLeavers.count, coverage)
        let stayerRank = Self.rank(of: ofStayers.count, coverage)
        self.coverage = coverage
        leavers = ofLeavers.count
        stayers = ofStayers.count
        // Adding 0 leaves no sign on a 0, so that the order of rows changes no bit.
        leavesFrom = leaverRank > 0 ? ofLeavers[leaverRank - 1] + 0 : 0
        staysUpTo = stayerRank > 0 ? ofStayers[ofStayers.count - stayerRank] + 0 : 1
    }

    /// ⌊(1 − coverage)(count + 1)⌋ for the decimal number that is meant: 1 for 9 rows at 0.9, although
    /// the double 1 − 0.9 is a little under 0.1.
    private static func rank(of count: Int, _ coverage: Double) -> Int {
        let places = Double(count + 1)
        let covered = coverage * places
        let nearest = covered.rounded()
        let isWhole = abs(covered - nearest) <= places * 0x1p-50
        // However little is to be covered, the largest is: so the rank is never above the count.
        return min(count, count + 1 - Int(isWhole ? nearest : covered.rounded(.up)))
    }
}

extension ConformalClassifier {
    /// Whether leaving is plausible at this probability; false for NaN.
    public func mayLeave(_ probability: Double) -> Bool { probability >= leavesFrom }

    /// Whether staying is plausible at this probability; false for NaN.
    public func mayStay(_ probability: Double) -> Bool { probability <= staysUpTo }

    /// What can be said of a customer with this probability; `unclear` for NaN.
    ///
    /// - Complexity: O(1).
    public func certainty(of probability: Double) -> Certainty {
        switch (mayLeave(probability), mayStay(probability)) {
        case (true, false): .certainToLeave
        case (false, true): .certainToStay
        case (true, true), (false, false): .unclear
        }
    }

    /// What can be said of a customer with this probability; `unclear` for NaN.
    ///
    /// - Complexity: O(1).
    public func certainty(of probability: Float) -> Certainty {
        certainty(of: Double(probability))
    }
}

extension ConformalClassifier: Codable {
    private enum Key: String, CodingKey {
        case coverage, leavesFrom, staysUpTo, leavers, stayers
    }

    /// Reads the form that `encode(to:)` writes, and refuses cuts that are no probabilities.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        func share(_ key: Key) throws -> Double {
            let value = try fields.decode(Double.self, forKey: key)
            guard value >= 0, value <= 1 else {
                throw DecodingError.dataCorruptedError(
                    forKey: key,
                    in: fields,
                    debugDescription: "\(key.rawValue) is \(value); it must lie from 0 to 1"
                )
            }
            return value
        }
        coverage = try share(.coverage)
        leavesFrom = try share(.leavesFrom)
        staysUpTo = try share(.staysUpTo)
        leavers = try fields.decode(Int.self, forKey: .leavers)
        stayers = try fields.decode(Int.self, forKey: .stayers)
    }
}

/// What can be said of a customer at a conformal classifier's coverage.
public enum Certainty: String, Codable, CaseIterable, Sendable {
    /// Of the two outcomes only leaving is plausible.
    case certainToLeave = "certain_to_leave"
    /// Of the two outcomes only staying is plausible.
    case certainToStay = "certain_to_stay"
    /// Both are plausible, or neither is.
    case unclear
}
