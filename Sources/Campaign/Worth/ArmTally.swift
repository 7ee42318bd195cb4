/// How far the truth of one arm's customers is known.
public struct ArmTally: Equatable, Sendable {
    /// All who belong to it.
    public var members = 0
    /// Whose horizon is not over.
    public var open = 0
    /// Of whom it is known whether they left within the horizon.
    public var matured = 0
    /// Whose horizon is over, and of whom nobody said what became.
    public var censored = 0
    /// Of the matured, how many left.
    public var left = 0

    init() {}

    mutating func count(_ followed: FollowedMember) {
        members += 1
        switch followed.truth.state {
        case .open: open += 1
        case .censored: censored += 1
        case .matured where followed.truth.left == nil: censored += 1
        case .matured:
            matured += 1
            if followed.hasLeft { left += 1 }
        }
    }
}
