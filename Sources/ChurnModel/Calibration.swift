import Evaluation

/// What turns the network's probability into the one that is shown.
public enum Calibration: Equatable, Sendable {
    /// The network's probability as it is.
    case none

    /// The probabilities that are shown.
    ///
    /// - Parameter probabilities: Of the network, shape [rows].
    /// - Returns: Shape [rows].
    public func applied(to probabilities: [Float]) -> [Float] {
        switch self {
        case .none: probabilities
        }
    }
}

/// Written as `{"method": "none"}`, so that methods with fields of their own can follow.
extension Calibration: Codable {
    private enum Key: String, CodingKey { case method }

    /// Reads the form that `encode(to:)` writes.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        let method = try fields.decode(String.self, forKey: .method)
        guard method == "none" else {
            throw DecodingError.dataCorruptedError(
                forKey: .method,
                in: fields,
                debugDescription: "calibration method \"\(method)\" is unknown; known: none"
            )
        }
        self = .none
    }

    /// Writes the method's name, then its fields.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        switch self {
        case .none: try fields.encode("none", forKey: .method)
        }
    }
}

/// What follows the network's output: `retain/calibration.json`.
struct CalibrationFile: Codable, Equatable {
    let calibration: Calibration
    let threshold: Double
    let costs: CampaignCosts
}
