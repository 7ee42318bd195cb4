public import Evaluation
import Kernels

/// An interval of the effect on the leaving rate that may be looked at every day.
///
/// The asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, "Time-uniform central limit
/// theory and asymptotic confidence sequences", Annals of Statistics 52 (2024), Proposition 2.5: all of its intervals
/// together miss the truth with a chance of about 1 in 20, from some hundred customers on.
public struct ConfidenceSequence: Equatable, Sendable {
    /// How many customers there are.
    public private(set) var customers = 0
    /// Where it is narrowest; above 0.
    public let rho: Double
    private var sum = 0.0
    private var squares = 0.0

    private static let alpha = 0.05
    /// Under so many customers the asymptotics promise nothing.
    public static let least = 100

    /// Creates an empty sequence.
    public init(rho: Double) {
        precondition(rho > 0, "rho: \(rho)")
        self.rho = rho
    }

    /// Creates one that is narrowest at a number of customers.
    ///
    /// ρ² = (−2 ln α + ln(−2 ln α) + 1) / (t σ²), and must be chosen before an outcome is known.
    ///
    /// - Parameters:
    ///   - customers: t, 1 or more.
    ///   - variance: σ², what one customer's value is expected to vary by; above 0.
    public init(narrowestAt customers: Int, variance: Double) {
        let double = -2 * Elementary.log(Self.alpha)
        let top = double + Elementary.log(double) + 1
        self.init(rho: (top / (Double(max(1, customers)) * variance)).squareRoot())
    }

    /// Takes in a customer's value.
    public mutating func add(_ value: Double) {
        customers += 1
        sum += value
        squares += value * value
    }

    /// The mean of the values; nil where there are none.
    public var mean: Double? { customers > 0 ? sum / Double(customers) : nil }

    /// Half the interval's width; nil where there are no values.
    public var halfWidth: Double? {
        guard let mean else { return nil }
        let t = Double(customers)
        let variance = max(0, squares / t - mean * mean)
        let grown = t * variance * rho * rho + 1
        return (grown / (t * t * rho * rho) * Elementary.log(grown / (Self.alpha * Self.alpha)))
            .squareRoot()
    }

    /// The 95 % interval at any time; nil under ``least`` customers.
    public var interval: ConfidenceInterval? {
        guard customers >= Self.least, let mean, let halfWidth else { return nil }
        return ConfidenceInterval(low: mean - halfWidth, high: mean + halfWidth)
    }

    /// A customer's value, whose mean over customers is the effect: ψ = (A/π − (1−A)/(1−π)) (y − p).
    ///
    /// Augmented inverse probability weighting with the score as the guess for both arms: nothing is fitted, so
    /// it is unbiased whatever the score is worth, and the narrower, the better the score.
    ///
    /// - Parameters:
    ///   - contacted: A, whether the lot said to contact.
    ///   - share: π, the lot's chance of contacting; above 0 and under 1.
    ///   - outcome: y.
    ///   - expected: p, what was expected of y before anything happened.
    /// - Returns: ψ.
    public static func value(
        contacted: Bool,
        share: Double,
        outcome: Double,
        expected: Double
    ) -> Double {
        (contacted ? 1 / share : -1 / (1 - share)) * (outcome - expected)
    }
}
