/// What can be said of a campaign.
public enum WorthVerdict: Equatable, Sendable {
    /// Nobody's horizon is over with a known outcome.
    case nothingYet
    /// All who have matured are of one arm: there is nothing to compare with.
    case oneArm
    /// Customers stayed because they were contacted.
    case works
    /// Customers left because they were contacted.
    case harms
    /// Outcomes are still to come, and there is no evidence so far.
    ///
    /// - Parameter more: About how many matured customers more it would take at this rate, in addition to those so far;
    ///   nil where nothing points to an effect.
    case noEvidenceYet(more: Int?)
    /// All outcomes that will come are there, and show neither.
    case noEvidence
}
