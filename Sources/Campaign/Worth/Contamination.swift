/// Where what was done differs from what was decided.
public struct Contamination: Equatable, Sendable {
    /// Of how many it was told whether they were contacted; of the others it counts as decided.
    public private(set) var told = 0
    /// How many were held out and contacted all the same.
    public private(set) var heldOutContacted = 0
    /// The first of them by identifier, at most ``mostNamed``.
    public private(set) var heldOutContactedNames: [String] = []
    /// How many were to be contacted and were not.
    public private(set) var notReached = 0
    /// The first of them by identifier, at most ``mostNamed``.
    public private(set) var notReachedNames: [String] = []
    /// Of the matured, the contacted arm's share that was reached less the held-out arm's; nil where an arm is
    /// empty.
    public private(set) var shareReached: Double?

    /// How many customers of a kind are named.
    public static let mostNamed = 10

    init(_ members: [FollowedMember]) {
        var (wrong, missed): ([String], [String]) = ([], [])
        var (reached, matured) = ([0, 0], [0, 0])
        for followed in members {
            if let contacted = followed.truth.contacted {
                told += 1
                if contacted, !followed.isContact { wrong.append(followed.member.customer) }
                if !contacted, followed.isContact { missed.append(followed.member.customer) }
            }
            guard followed.hasMatured else { continue }
            let arm = followed.isContact ? 1 : 0
            matured[arm] += 1
            if followed.wasReached { reached[arm] += 1 }
        }
        (heldOutContacted, notReached) = (wrong.count, missed.count)
        heldOutContactedNames = Array(wrong.sorted().prefix(Self.mostNamed))
        notReachedNames = Array(missed.sorted().prefix(Self.mostNamed))
        if matured.allSatisfy({ $0 > 0 }) {
            shareReached =
                Double(reached[1]) / Double(matured[1]) - Double(reached[0]) / Double(matured[0])
        }
    }

    /// Whether customers who were to be left alone were contacted.
    public var isContaminated: Bool { heldOutContacted > 0 }
}
