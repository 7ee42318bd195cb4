import Kernels

/// Whether a campaign was worth it: those to be contacted against those left alone, as assigned, matured customers
/// only.
///
/// ```swift
/// let worth = try CampaignWorth(members: members, truths: truths)
/// if worth.verdict == .works { print(worth.rates.saved ?? 0, "customers stayed") }
/// ```
///
/// The same members and truths give the same numbers in whatever order they come.
public struct CampaignWorth: Sendable {
    /// Those to be contacted.
    public let contact: ArmTally
    /// Those left alone.
    public let heldOut: ArmTally
    /// The matured of both arms.
    public let rates: TwoRates
    /// Evidence that may be looked at every day, over blocks all of whose customers have matured.
    public let evidence: RandomisationEvidence
    /// The effect on the leaving rate with an interval that may be looked at every day.
    public let sequence: ConfidenceSequence
    /// What a contact earned on average with an interval that may be looked at every day.
    public let moneySequence: ConfidenceSequence
    /// What was done against what was decided.
    public let contamination: Contamination
    /// What it earned; nil where no block has matured customers of both arms.
    public let money: MoneyEffect?
    /// Whom it saved by score; nil under 1,000 matured customers, or where it is not asked for.
    public let curve: SavedCurve?
    /// The effect with what the score explains taken out; nil until the end, or where an arm has under 3 customers.
    public let adjusted: AdjustedEffect?
    /// How likely so few leavers among the contacted are by chance; nil until the end, or where it is not asked for.
    public let worksTest: ExactTest?
    /// How likely so many leavers among the contacted are by chance; nil until the end, or where it is not asked for.
    public let harmsTest: ExactTest?

    /// What takes time and may be left out, where very many campaigns are judged.
    public struct Parts: OptionSet, Sendable {
        /// A bit for each.
        public let rawValue: Int

        /// Takes bits.
        public init(rawValue: Int) { self.rawValue = rawValue }

        /// The exact tests at the end.
        public static let tests = Parts(rawValue: 1)
        /// The curve of customers saved by score.
        public static let curve = Parts(rawValue: 2)
        /// All of it.
        public static let all: Parts = [.tests, .curve]
    }

    /// What an interval or a test calls significant on one side: half of 5 %.
    private static let level = 0.025

    /// Judges a campaign.
    ///
    /// - Parameters:
    ///   - members: Whom the campaign chose.
    ///   - truths: What became of each of them.
    ///   - seed: Random seed of bootstrap and permutations.
    ///   - parts: What of it is reckoned that takes time.
    /// - Throws: `WorthError` where members and truths do not fit together.
    /// - Complexity: O(*n* log *n*).
    public init(
        members: [CampaignMember],
        truths: [MemberTruth],
        seed: UInt64 = 42,
        parts: Parts = .all
    ) throws(WorthError) {
        let members = try FollowedMembers(members, truths: truths)
        var (contact, heldOut) = (ArmTally(), ArmTally())
        for followed in members.all {
            if followed.isContact { contact.count(followed) } else { heldOut.count(followed) }
        }
        (self.contact, self.heldOut) = (contact, heldOut)
        rates = TwoRates(
            contactedLeft: contact.left,
            contacted: contact.matured,
            heldOutLeft: heldOut.left,
            heldOut: heldOut.matured
        )
        let isFinished = Self.isFinished(contact, heldOut)
        evidence = RandomisationEvidence(Self.finishedBlocks(members, isLast: isFinished))
        sequence = Self.sequence(
            members,
            outcome: { $0.hasLeft ? 1 : 0 },
            expected: { $0.member.probability },
            scale: { _ in 1 }
        )
        moneySequence = Self.sequence(
            members,
            outcome: \.profit,
            expected: \.expectedProfit,
            scale: \.member.value
        )
        contamination = Contamination(members.all)
        money = MoneyEffect(members, seed: seed)
        curve = parts.contains(.curve) ? SavedCurve(members, seed: seed) : nil
        let isTested = isFinished && parts.contains(.tests)
        worksTest = isTested ? ExactTest(contactedLeaveLessOf: rates) : nil
        harmsTest = isTested ? ExactTest(contactedLeaveMoreOf: rates) : nil
        adjusted =
            isFinished
            ? AdjustedEffect(
                members.all.filter(\.hasMatured).map {
                    AdjustedEffect.Row(
                        contacted: $0.isContact,
                        score: $0.member.probability,
                        outcome: $0.hasLeft ? 1 : 0
                    )
                }
            ) : nil
    }

    /// How many were chosen.
    public var members: Int { contact.members + heldOut.members }
    /// How many have matured.
    public var matured: Int { contact.matured + heldOut.matured }
    /// Outcomes that are still to come or to be told.
    public var missing: Int { contact.open + heldOut.open + contact.censored + heldOut.censored }
    /// Whether it is over: nobody is open, and of at most 1 in 10 nobody said what became.
    ///
    /// While more is to be told, a test for one look would be looked at as it comes in.
    public var isFinished: Bool { Self.isFinished(contact, heldOut) }

    private static func isFinished(_ contact: ArmTally, _ heldOut: ArmTally) -> Bool {
        contact.open + heldOut.open == 0
            && 10 * (contact.censored + heldOut.censored) <= contact.members + heldOut.members
    }

    /// What can be said.
    ///
    /// While outcomes are to come, the e-value decides alone. At the end a single look by the exact test at 2.5 %
    /// may decide, too.
    public var verdict: WorthVerdict {
        guard matured > 0 else { return .nothingYet }
        guard contact.matured > 0, heldOut.matured > 0 else { return .oneArm }
        if evidence.harms20 || harmsTest.map({ $0.pValue <= Self.level }) ?? false { return .harms }
        if evidence.works20 || worksTest.map({ $0.pValue <= Self.level }) ?? false { return .works }
        guard !isFinished else { return .noEvidence }
        return .noEvidenceYet(more: evidence.customersToClaim())
    }

    /// Whether somebody must look at the campaign: it harms, or the comparison was spoilt.
    public var isAlarming: Bool { verdict == .harms || contamination.isContaminated }

    /// The effect on the leaving rate of who was reached: the difference over the share that the assignment moved.
    ///
    /// Nil where nobody's contact differs from the decision, where an arm is empty, and where the assignment moved
    /// under 1 in 20 customers.
    public var differenceOfReached: Double? {
        guard let share = contamination.shareReached, share >= 0.05, share < 1 else { return nil }
        return rates.difference.map { $0 / share }
    }

    /// The matured of each finished block, as the lot assigned them.
    ///
    /// A block is finished once all of its customers have matured, so that none changes once it has been looked at. At
    /// the end those of whom nobody said what became are left out: whether an outcome is told must not depend on the
    /// arm; then they are missing by lot, and the rest is as if the block had been smaller.
    private static func finishedBlocks(
        _ members: FollowedMembers,
        isLast: Bool
    ) -> [BlockCounts] {
        members.blocks.compactMap { block in
            let all = members.all[block]
            guard isLast || all.allSatisfy(\.hasMatured) else { return nil }
            let matured = all.filter(\.hasMatured)
            guard !matured.isEmpty else { return nil }
            return BlockCounts(
                contactedLeft: matured.count { $0.isContact && $0.hasLeft },
                left: matured.count(where: \.hasLeft),
                customers: matured.count,
                heldOut: matured.count { !$0.isContact }
            )
        }
    }

    /// Takes in all matured customers of blocks where the lot could say either.
    ///
    /// It is narrowest at half of the campaign, by the spread that scores let expect: both are known before any
    /// outcome.
    ///
    /// - Parameters:
    ///   - members: All of them.
    ///   - outcome: What is compared.
    ///   - expected: What the score had led to expect of it.
    ///   - scale: What leaving changes in it.
    /// - Returns: The sequence.
    private static func sequence(
        _ members: FollowedMembers,
        outcome: (FollowedMember) -> Double,
        expected: (FollowedMember) -> Double,
        scale: (FollowedMember) -> Double
    ) -> ConfidenceSequence {
        var (spread, count) = (0.0, 0)
        var values: [Double] = []
        for block in members.blocks {
            let all = members.all[block]
            let share = Double(all.count(where: \.isContact)) / Double(all.count)
            guard share > 0, share < 1 else { continue }
            for followed in all {
                let (score, scale) = (followed.member.probability, scale(followed))
                spread += scale * scale * score * (1 - score) / (share * (1 - share))
                count += 1
                guard followed.hasMatured else { continue }
                values.append(
                    ConfidenceSequence.value(
                        contacted: followed.isContact,
                        share: share,
                        outcome: outcome(followed),
                        expected: expected(followed)
                    )
                )
            }
        }
        let variance = spread > 0 ? spread / Double(count) : 1
        var sequence = ConfidenceSequence(narrowestAt: (count + 1) / 2, variance: variance)
        for value in values { sequence.add(value) }
        return sequence
    }
}
