/// The contacted's outcome less the held-out's, with what the score explains taken out, for a single look at the end.
public struct AdjustedEffect: Equatable, Sendable {
    /// A customer.
    public struct Row: Equatable, Sendable {
        /// Whether the lot said to contact.
        public var contacted: Bool
        /// The score before anything happened.
        public var score: Double
        /// The outcome: 1 who left.
        public var outcome: Double

        /// Creates a row.
        public init(contacted: Bool, score: Double, outcome: Double) {
            self.contacted = contacted
            self.score = score
            self.outcome = outcome
        }
    }

    /// The difference and its standard error.
    public struct Estimate: Equatable, Sendable {
        /// Contacted less held out.
        public var difference: Double
        /// Its standard error.
        public var standardError: Double
    }

    /// Without the score; Neyman's variance.
    public let plain: Estimate
    /// The outcome less θ (score − mean score), with one slope θ (Deng, Xu, Kohavi and Walker, WSDM 2013).
    public let cuped: Estimate
    /// A slope for each arm, with the standard error HC2 (Lin, Annals of Applied Statistics 7, 2013).
    public let lin: Estimate

    /// Creates the estimates.
    ///
    /// - Parameter rows: Customers in any order; nil comes back where an arm has under 3 of them or all of its
    ///   scores are equal.
    /// - Complexity: O(*n*).
    public init?(_ rows: [Row]) {
        let arms = [rows.filter(\.contacted), rows.filter { !$0.contacted }]
        let fits = arms.compactMap(ArmFit.init)
        guard fits.count == 2, let whole = ArmFit(rows) else { return nil }
        plain = Self.estimate(fits.map { ($0.outcome, $0.outcomeVariance / $0.count) })
        let adjusted = fits.map { fit -> (Double, Double) in
            let mean = fit.outcome - whole.slope * (fit.score - whole.score)
            let variance =
                fit.outcomeVariance - 2 * whole.slope * fit.covariance
                + whole.slope * whole.slope * fit.scoreVariance
            return (mean, variance / fit.count)
        }
        cuped = Self.estimate(adjusted)
        lin = Self.estimate(
            zip(fits, arms).map { fit, rows in
                (fit.predicted(at: whole.score), fit.robustVariance(at: whole.score, rows))
            }
        )
    }

    private static func estimate(_ arms: [(mean: Double, variance: Double)]) -> Estimate {
        Estimate(
            difference: arms[0].mean - arms[1].mean,
            standardError: (arms[0].variance + arms[1].variance).squareRoot()
        )
    }
}

/// The line through the outcomes of one arm.
private struct ArmFit {
    let count: Double
    let score: Double
    let outcome: Double
    let scoreVariance: Double
    let outcomeVariance: Double
    let covariance: Double

    var slope: Double { covariance / scoreVariance }

    init?(_ rows: [AdjustedEffect.Row]) {
        guard rows.count >= 3 else { return nil }
        count = Double(rows.count)
        let score = rows.reduce(0) { $0 + $1.score } / count
        let outcome = rows.reduce(0) { $0 + $1.outcome } / count
        var (xx, yy, xy) = (0.0, 0.0, 0.0)
        for row in rows {
            let (x, y) = (row.score - score, row.outcome - outcome)
            xx += x * x
            yy += y * y
            xy += x * y
        }
        guard xx > 0 else { return nil }
        (self.score, self.outcome) = (score, outcome)
        (scoreVariance, outcomeVariance) = (xx / (count - 1), yy / (count - 1))
        covariance = xy / (count - 1)
    }

    func predicted(at score: Double) -> Double { outcome + slope * (score - self.score) }

    /// HC2 of the prediction: each residual squared over 1 less its leverage.
    func robustVariance(at place: Double, _ rows: [AdjustedEffect.Row]) -> Double {
        let spread = scoreVariance * (count - 1)
        var sum = 0.0
        for row in rows {
            let x = row.score - score
            let weight = 1 / count + (place - score) * x / spread
            let residual = row.outcome - predicted(at: row.score)
            let leverage = 1 / count + x * x / spread
            if leverage < 1 { sum += weight * weight * residual * residual / (1 - leverage) }
        }
        return sum
    }
}
