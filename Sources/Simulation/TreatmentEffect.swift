import Kernels

/// What contacting a customer changes, by known truth.
public enum TreatmentKind: String, CaseIterable, Sendable {
    /// Leaves if left alone, stays if contacted.
    case persuadable
    /// Stays either way.
    case sureThing = "sure thing"
    /// Leaves either way.
    case lostCause = "lost cause"
    /// Stays if left alone, leaves if contacted.
    case doNotDisturb = "do not disturb"

    /// Whether the customer leaves if left alone.
    public var leavesAlone: Bool { self == .persuadable || self == .lostCause }
    /// Whether the customer leaves if contacted.
    public var leavesContacted: Bool { self == .lostCause || self == .doNotDisturb }
}

/// How many customers contacting changes.
public struct TreatmentEffect: Equatable, Sendable {
    /// Of those who would leave, which share stays if contacted.
    public var keeps: Double
    /// Of those who would stay, which share leaves if contacted.
    public var disturbs: Double

    /// Creates an effect.
    public init(keeps: Double, disturbs: Double = 0) {
        self.keeps = keeps
        self.disturbs = disturbs
    }

    /// What contacting changes for a customer.
    ///
    /// - Parameters:
    ///   - leavesAlone: Whether the customer leaves if left alone.
    ///   - lot: A number in [0, 1) of this customer alone.
    /// - Returns: The kind.
    public func kind(leavesAlone: Bool, lot: Double) -> TreatmentKind {
        leavesAlone
            ? lot < keeps ? .persuadable : .lostCause
            : lot < disturbs ? .doNotDisturb : .sureThing
    }
}
