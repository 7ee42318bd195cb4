/// Calibration with one number: logits are divided by a temperature T, p' = σ(logit(p) / T).
///
/// T above 1 draws probabilities towards ½, which is what an overconfident network needs; below 1 it
/// sharpens them. The ranking of customers stays, and so does what lies on which side of ½.
///
/// Guo, Pleiss, Sun and Weinberger, "On calibration of modern neural networks", ICML 2017.
public struct TemperatureScaling: Equatable, Sendable {
    /// What logits are divided by; above 0.
    public let temperature: Double

    /// The bounds of what `init(labels:probabilities:)` finds: without them the temperature of rows that
    /// a cut at ½ separates without error would be 0, and that of upside-down probabilities infinite.
    public static let range = 0.01 ... 100.0

    package init(temperature: Double) {
        precondition(temperature > 0 && temperature < .infinity, "temperature \(temperature)")
        self.temperature = temperature
    }

    /// Finds the temperature with the least log loss within `range`.
    ///
    /// In u = 1/T log loss is convex; its minimum is where its derivative is 0, found by Newton's method
    /// with bisection wherever a step leaves what is known to hold the minimum, to 13 digits. The order
    /// of rows changes no bit.
    ///
    /// - Parameters:
    ///   - labels: Truth per row; true is the positive class. Shape [n].
    ///   - probabilities: Of rows that the network was not trained on. Shape [n].
    /// - Throws: `EvaluationError` where the arguments do not fit or there are no rows.
    /// - Complexity: O(*n* log *n*).
    public init(labels: [Bool], probabilities: [Double]) throws(EvaluationError) {
        try EvaluationError.checkFitting(labels: labels, probabilities: probabilities)
        self.init(RankedScores(labels: labels, scores: probabilities))
    }

    /// - Precondition: There are rows.
    init(_ ranked: RankedScores) {
        let logits = ranked.logits()
        /// The first and second derivative of the rows' summed log loss.
        func derivatives(_ inverse: Double) -> (first: Double, second: Double) {
            var sums = (first: 0.0, second: 0.0)
            for place in logits.indices {
                let logit = logits[place]
                let positives = Double(ranked.positives(at: place))
                let rows = positives + Double(ranked.negatives(at: place))
                let probability = Logit.probability(inverse * logit)
                sums.first += logit * (rows * probability - positives)
                sums.second += logit * logit * rows * probability * (1 - probability)
            }
            return sums
        }
        let start = derivatives(1).first
        let bound = start < 0 ? 1 / Self.range.lowerBound : 1 / Self.range.upperBound
        let end = derivatives(bound).first
        // Where log loss falls all the way to the bound, the bound it is; without any slope, 1.
        guard start < 0 ? end > 0 : start > 0 && end < 0 else {
            temperature = start == 0 ? 1 : 1 / bound
            return
        }
        var inverse = 1.0
        var (low, high) = (min(1, bound), max(1, bound))
        for _ in 0 ..< 200 {
            let slope = derivatives(inverse)
            if slope.first < 0 { low = inverse } else { high = inverse }
            var next = inverse - slope.first / slope.second
            if !(next > low && next < high) { next = low + (high - low) / 2 }
            let change = abs(next - inverse)
            inverse = next
            if change <= 1e-13 * inverse { break }
        }
        temperature = 1 / inverse
    }

    /// The calibrated probability; NaN for NaN.
    public func applied(to probability: Double) -> Double {
        Logit.probability(Logit.of(probability) / temperature)
    }
}

extension TemperatureScaling: Codable {
    private enum Key: String, CodingKey { case temperature }

    /// Reads the form that `encode(to:)` writes, and refuses a temperature that is not above 0.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        let temperature = try fields.decode(Double.self, forKey: .temperature)
        guard temperature > 0, temperature < .infinity else {
            throw DecodingError.dataCorruptedError(
                forKey: .temperature,
                in: fields,
                debugDescription: "the temperature is \(temperature); it must be above 0 and finite"
            )
        }
        self.temperature = temperature
    }

    /// Writes `{"temperature": T}`.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode(temperature, forKey: .temperature)
    }
}
