private import Kernels

/// What turns the network's probability into the one that is shown.
public enum Calibration: Equatable, Sendable {
    /// The network's probability as it is.
    case none
    /// Logits divided by a number.
    case temperature(TemperatureScaling)
    /// A logistic curve over the logits.
    case platt(PlattScaling)
    /// A rising curve of any shape.
    case isotonic(IsotonicRegression)
}

extension Calibration {
    /// The ways to calibrate, the simplest first; the raw value is the name in files.
    public enum Method: String, Codable, CaseIterable, Sendable {
        /// Not at all.
        case none
        /// `TemperatureScaling`.
        case temperature
        /// `PlattScaling`.
        case platt
        /// `IsotonicRegression`.
        case isotonic
    }

    /// Which way this is.
    public var method: Method {
        switch self {
        case .none: .none
        case .temperature: .temperature
        case .platt: .platt
        case .isotonic: .isotonic
        }
    }

    /// The calibrated probabilities, each from its own value alone.
    ///
    /// - Parameter probabilities: Of the network, shape [rows].
    /// - Returns: Shape [rows], each in 0...1; NaN for NaN. `.none` gives back the same bits.
    /// - Complexity: O(rows), for `isotonic` with *k* thresholds O(rows · log *k*).
    public func applied(to probabilities: [Float]) -> [Float] {
        if case .none = self { return probabilities }
        return probabilities.map { Float(applied(to: Double($0))) }
    }

    /// The calibrated probability.
    ///
    /// - Parameter probability: Of the network.
    /// - Returns: A number in 0...1, or NaN for NaN. `.none` gives back the same bits.
    public func applied(to probability: Double) -> Double {
        switch self {
        case .none: probability
        case .temperature(let scaling): scaling.applied(to: probability)
        case .platt(let scaling): scaling.applied(to: probability)
        case .isotonic(let regression): regression.applied(to: probability)
        }
    }

    /// Fits a method.
    ///
    /// - Precondition: There are rows.
    init(_ method: Method, _ ranked: RankedScores) {
        switch method {
        case .none: self = .none
        case .temperature: self = .temperature(TemperatureScaling(ranked))
        case .platt: self = .platt(PlattScaling(ranked))
        case .isotonic: self = .isotonic(IsotonicRegression(ranked))
        }
    }
}

/// Written as the method's name beside what was fitted: `{"method": "none"}`,
/// `{"method": "temperature", "temperature": 1.5}`.
extension Calibration: Codable {
    private enum Key: String, CodingKey { case method }

    /// Reads the form that `encode(to:)` writes; refuses unknown methods and broken numbers.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        let name = try fields.decode(String.self, forKey: .method)
        switch Method(rawValue: name) {
        case .some(.none): self = .none
        case .temperature: self = .temperature(try TemperatureScaling(from: decoder))
        case .platt: self = .platt(try PlattScaling(from: decoder))
        case .isotonic: self = .isotonic(try IsotonicRegression(from: decoder))
        case nil:
            let known = Method.allCases.map(\.rawValue).joined(separator: ", ")
            throw DecodingError.dataCorruptedError(
                forKey: .method,
                in: fields,
                debugDescription: "calibration method \"\(name)\" is unknown; known: \(known)"
            )
        }
    }

    /// Writes the method's name, then its fields.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode(method, forKey: .method)
        switch self {
        case .none: break
        case .temperature(let scaling): try scaling.encode(to: encoder)
        case .platt(let scaling): try scaling.encode(to: encoder)
        case .isotonic(let regression): try regression.encode(to: encoder)
        }
    }
}

/// The logarithm of a probability's odds, log (p / (1 − p)): what a network puts out before its last
/// sigmoid.
public enum Logit {
    /// The logit of a probability, clipped at 2⁻⁵² from 0 and from 1 as log loss clips it: within ±36.05.
    ///
    /// - Returns: NaN for NaN.
    public static func of(_ probability: Double) -> Double {
        guard !probability.isNaN else { return .nan }
        let clipped = min(max(probability, .ulpOfOne), 1 - .ulpOfOne)
        return Elementary.log(clipped / (1 - clipped))
    }

    /// The log loss of a row with this logit, in nats: log (1 + eˣ), less x where the row is positive.
    public static func loss(_ logit: Double, isPositive: Bool) -> Double {
        let rest = Elementary.log(1 + Elementary.exp(-abs(logit)))
        return rest + max(logit, 0) - (isPositive ? logit : 0)
    }

    /// The probability of a logit, 1 / (1 + e⁻ˣ); NaN for NaN.
    public static func probability(_ logit: Double) -> Double {
        // The exponential of a negative number, so that neither tail loses digits.
        let small = Elementary.exp(-abs(logit))
        return (logit < 0 ? small : 1) / (1 + small)
    }
}

extension RankedScores {
    /// The logit of each distinct score, shape [scores].
    func logits() -> [Double] { scores.map(Logit.of) }
}
