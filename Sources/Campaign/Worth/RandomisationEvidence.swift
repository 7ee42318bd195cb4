import Kernels

/// Evidence for an effect that may be looked at every day: an e-value that only the lot makes.
///
/// Where contacting changes nobody, the lot alone decides how many of a block's leavers were contacted, so their
/// number is hypergeometric whatever each customer's risk. A block's factor is
///
///     E(ω) = ω^c / Σᵢ Hyp(i; m, k, m − h) ωⁱ
///
/// for m customers, h of them held out, k who left and c of these contacted. Its mean is exactly 1 then, and so is
/// that of the product over blocks and of the average over ω; it reaches 20 at any time with a chance of at most
/// 1 in 20 (Ville). ω under 1 pays where the contacted leave less, 1 / ω where they leave more. Block by block it is
/// the likelihood ratio of Cornfield's conditional distribution against Fisher's.
public struct RandomisationEvidence: Equatable, Sendable {
    /// The evidence after some block.
    public struct Point: Equatable, Sendable {
        /// Customers in the blocks so far.
        public var customers: Int
        /// For an effect.
        public var works: Double
        /// For harm.
        public var harms: Double

        /// `works` and `harms` as powers of ten, for evidence multiplies; held to −3 and 6, beyond which nothing is
        /// to be seen.
        public var powersOfTen: (works: Double, harms: Double) {
            (RandomisationEvidence.powerOfTen(works), RandomisationEvidence.powerOfTen(harms))
        }
    }

    /// Evidence as a power of ten from −3 to 6.
    public static func powerOfTen(_ value: Double) -> Double {
        max(-3, min(6, Elementary.log(max(value, 1e-300)) / Elementary.log(10)))
    }

    /// The odds ratios over which evidence is averaged, each with equal weight.
    public static let oddsRatios = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
    /// From where on there is evidence: a chance of 1 in 20 without an effect.
    public static let claim = 20.0

    /// Customers in the blocks that were taken in.
    public private(set) var customers = 0
    /// Blocks that were taken in.
    public private(set) var blocks = 0
    /// The evidence after each of them.
    public private(set) var path: [Point] = []
    /// ln of the products, for ω and for 1 / ω.
    private var works = [Double](repeating: 0, count: Self.oddsRatios.count)
    private var harms = [Double](repeating: 0, count: Self.oddsRatios.count)
    /// What blocks of equal counts add, for most are of a few kinds.
    private var known: [BlockCounts: [Double]] = [:]

    private static let logOdds = oddsRatios.map(Elementary.log)
    private static let bothLogOdds = logOdds + logOdds.map(-)

    /// Creates evidence of nothing: 1.
    public init() {}

    /// Evidence of blocks; their order changes the path alone.
    public init(_ blocks: some Sequence<BlockCounts>) {
        for block in blocks { add(block) }
    }

    /// For an effect: customers leave less where they are contacted.
    ///
    /// Never above 10³⁰⁰, so that it can be written.
    public var worksValue: Double { Self.mean(works) }
    /// For harm: customers leave more where they are contacted.
    public var harmsValue: Double { Self.mean(harms) }
    /// Whether evidence for an effect has been found.
    public var works20: Bool { worksValue >= Self.claim }
    /// Whether evidence for harm has been found.
    public var harms20: Bool { harmsValue >= Self.claim }

    /// Takes in a block all of whose customers are known.
    ///
    /// - Precondition: The counts are possible together.
    /// - Complexity: O(leavers of the block).
    public mutating func add(_ block: BlockCounts) {
        let chances = Hypergeometric(
            total: block.customers,
            marked: block.left,
            drawn: block.customers - block.heldOut
        )
        precondition(chances.range.contains(block.contactedLeft), "impossible counts: \(block)")
        customers += block.customers
        blocks += 1
        // With one possible count there is nothing to learn.
        if chances.range.count > 1 {
            let logs =
                known[block]
                ?? chances.logMeans(ofPowers: Self.bothLogOdds, base: block.contactedLeft)
            known[block] = logs
            for place in works.indices {
                works[place] -= logs[place]
                harms[place] -= logs[works.count + place]
            }
        }
        path.append(Point(customers: customers, works: worksValue, harms: harmsValue))
    }

    private static func mean(_ logs: [Double]) -> Double {
        let log = Hypergeometric.logSum(logs) - Elementary.log(Double(logs.count))
        return Elementary.exp(min(log, 690))
    }

    /// How many customers more it would take to reach ``claim``, were evidence to grow as it did.
    ///
    /// Each ω's logarithm is taken to grow in proportion to customers, and the average over ω is followed to 20: a
    /// rough estimate, for the growth itself is known from few customers.
    ///
    /// - Parameter harm: Whether evidence for harm is meant.
    /// - Returns: Nil under 5 blocks, where nothing grows, and where it would take over 1,000 times as many;
    ///   0 where it is there.
    public func customersToClaim(harm: Bool = false) -> Int? {
        let logs = harm ? harms : works
        guard Self.mean(logs) < Self.claim else { return 0 }
        guard blocks >= 5, let fastest = logs.max(), fastest > 0 else { return nil }
        func value(_ times: Double) -> Double { Self.mean(logs.map { $0 * times }) }
        var (low, high) = (1.0, 1_000.0)
        guard value(high) >= Self.claim else { return nil }
        for _ in 0 ..< 60 {
            let middle = (low + high) / 2
            if value(middle) < Self.claim { low = middle } else { high = middle }
        }
        return Int(((high - 1) * Double(customers)).rounded(.up))
    }
}
