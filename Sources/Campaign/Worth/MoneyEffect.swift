public import Evaluation

/// What contacting earned, against those left alone.
public struct MoneyEffect: Equatable, Sendable {
    /// What one contacted customer brought more than had it been left alone.
    public let perContacted: Double
    /// Its 95 % interval; nil under 10 comparable blocks.
    public let interval: ConfidenceInterval?
    /// What was expected of a contacted customer when the campaign was planned.
    public let plannedPerContacted: Double
    /// How many of the contacted have matured.
    public let contacted: Int
    /// For how many of the contacted the cost was told.
    public let bookedCosts: Int
    /// For how many of the contacted the cost is what was expected.
    public let expectedCosts: Int
    /// How many matured customers are in blocks without a matured customer of the other arm, and so are not compared.
    public let notCompared: Int

    /// What contacting the matured earned in all.
    public var total: Double { perContacted * Double(contacted) }
    /// The 95 % interval of `total`.
    public var totalInterval: ConfidenceInterval? {
        interval.map {
            ConfidenceInterval(low: $0.low * Double(contacted), high: $0.high * Double(contacted))
        }
    }
    /// What was expected of the matured when the campaign was planned.
    public var planned: Double { plannedPerContacted * Double(contacted) }

    /// Compares within each block, then over blocks by their matured customers.
    ///
    /// A customer's profit is its value if it stayed, less the cost as booked (else as expected of who was reached).
    /// What the score had led to expect, (1 − p) · value, is taken off first: it is the same whatever the lot
    /// says, and without it the interval would mostly tell how values differ.
    ///
    /// - Returns: Nil where no block has matured customers of both arms.
    init?(_ members: FollowedMembers, seed: UInt64) {
        var (differences, weights): ([Double], [Double]) = ([], [])
        var (contacted, booked, reckoned, alone, planned) = (0, 0, 0, 0, 0.0)
        for block in members.blocks {
            var (sums, counts) = ([0.0, 0.0], [0, 0])
            for followed in members.all[block] where followed.hasMatured {
                let arm = followed.isContact ? 1 : 0
                counts[arm] += 1
                sums[arm] += followed.profit - followed.expectedProfit
                guard followed.isContact else { continue }
                planned += followed.member.expectedProfit
                if followed.truth.cost != nil { booked += 1 } else { reckoned += 1 }
            }
            contacted += counts[1]
            guard counts[0] > 0, counts[1] > 0 else {
                alone += counts[0] + counts[1]
                continue
            }
            differences.append(sums[1] / Double(counts[1]) - sums[0] / Double(counts[0]))
            weights.append(Double(counts[0] + counts[1]))
        }
        let whole = weights.reduce(0, +)
        guard whole > 0 else { return nil }
        perContacted = zip(differences, weights).reduce(0) { $0 + $1.0 * $1.1 } / whole
        interval = BlockBootstrap(blocks: weights.count, seed: seed)
            .interval(of: differences, weights: weights)
        plannedPerContacted = planned / Double(contacted)
        self.contacted = contacted
        (bookedCosts, expectedCosts, notCompared) = (booked, reckoned, alone)
    }
}
