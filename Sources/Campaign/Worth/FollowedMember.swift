/// A member of a campaign beside what became of it.
struct FollowedMember: Sendable {
    let member: CampaignMember
    let truth: MemberTruth

    var isContact: Bool { member.arm == .contact }
    var hasMatured: Bool { truth.state == .matured && truth.left != nil }
    var hasLeft: Bool { truth.left == true }
    /// Whether somebody contacted the customer; as the campaign decided where nobody said.
    var wasReached: Bool { truth.contacted ?? isContact }

    /// What contact and offer cost: as booked, else nothing where there was no contact, else as expected.
    var cost: Double { truth.cost ?? (wasReached ? member.expectedCost : 0) }
    /// What the customer brought: the value of who stayed, less the cost.
    var profit: Double { (hasLeft ? 0 : member.value) - cost }
    /// What the score had led to expect of `profit` without a contact.
    var expectedProfit: Double { (1 - member.probability) * member.value }
}

/// Members in an order of their own, so that nothing depends on how they came.
struct FollowedMembers: Sendable {
    /// By block, then by identifier.
    let all: [FollowedMember]
    /// Which of `all` make up each block.
    let blocks: [Range<Int>]

    /// Joins members with what became of them.
    ///
    /// - Throws: `WorthError` where a customer is there twice or without a truth, or a truth without a member.
    /// - Complexity: O(*n* log *n*).
    init(_ members: [CampaignMember], truths: [MemberTruth]) throws(WorthError) {
        var places: [String: Int] = [:]
        places.reserveCapacity(truths.count)
        for (place, truth) in truths.enumerated() {
            guard places.updateValue(place, forKey: truth.customer) == nil else {
                throw WorthError("customer \(truth.customer) has two outcomes; keep one")
            }
        }
        var joined: [FollowedMember] = []
        joined.reserveCapacity(members.count)
        for member in members {
            guard let place = places.removeValue(forKey: member.customer) else {
                throw WorthError(
                    "customer \(member.customer) is a member twice, or its outcome is not told of;"
                        + " read members and outcomes from one record"
                )
            }
            joined.append(FollowedMember(member: member, truth: truths[place]))
        }
        guard places.isEmpty else {
            let name = places.keys.min() ?? ""
            throw WorthError("customer \(name) has an outcome and is no member of the campaign")
        }
        joined.sort {
            ($0.member.block, $0.member.customer) < ($1.member.block, $1.member.customer)
        }
        var ranges: [Range<Int>] = []
        var start = 0
        for place in joined.indices
        where place + 1 == joined.count
            || joined[place + 1].member.block != joined[start].member.block
        {
            ranges.append(start ..< place + 1)
            start = place + 1
        }
        all = joined
        blocks = ranges
    }
}
