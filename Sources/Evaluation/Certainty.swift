/// What can be said of a customer at a conformal classifier's coverage.
public enum Certainty: String, Codable, CaseIterable, Sendable {
    /// Of the two outcomes only leaving is plausible.
    case certainToLeave = "certain_to_leave"
    /// Of the two outcomes only staying is plausible.
    case certainToStay = "certain_to_stay"
    /// Both are plausible, or neither is.
    case unclear
}
