/// A probability in a word, for people who contact customers.
public enum Risk: String, Codable, CaseIterable, Sendable {
    /// Below half of the threshold.
    case low
    /// From half of the threshold on: contacting does not pay yet.
    case medium
    /// From the threshold on: contacting pays, by the costs of the campaign.
    case high
}

extension Risk: Comparable {
    /// Low before medium before high.
    public static func < (one: Risk, other: Risk) -> Bool { one.rank < other.rank }

    private var rank: Int {
        switch self {
        case .low: 0
        case .medium: 1
        case .high: 2
        }
    }
}

extension ChurnModel {
    /// The risk at a probability.
    public func risk(of probability: Float) -> Risk {
        let probability = Double(probability)
        if probability >= threshold { return .high }
        return probability >= threshold / 2 ? .medium : .low
    }
}
