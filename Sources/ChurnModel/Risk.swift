/// A probability in a word, for people who call customers.
public enum Risk: String, Codable, CaseIterable, Sendable {
    /// Contacting the customer does not pay.
    case low
    /// Contacting pays.
    case medium
    /// Contacting pays, and the probability is in the upper half of those for which it does.
    case high
}

extension ChurnModel {
    /// The risk at a probability: `low` below the threshold, `high` from halfway between threshold and 1.
    public func risk(of probability: Float) -> Risk {
        let probability = Double(probability)
        guard probability >= threshold else { return .low }
        return probability >= (threshold + 1) / 2 ? .high : .medium
    }
}
