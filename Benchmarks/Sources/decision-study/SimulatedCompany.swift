import Campaign
import Kernels

/// A company that contacts those with the highest scores, in blocks of which one customer each is held out by lot.
///
/// Nothing of it is known to the analysis: scores are off, risks differ within a block, and values are skewed.
struct SimulatedCompany: Sendable {
    let name: String
    /// How many are chosen.
    let customers: Int
    /// Customers of a block.
    let blockSize: Int
    /// Where the risks lie, in log-odds.
    let centre: Double
    /// Of those who would leave, which share stays if contacted.
    let keeps: Double

    static let contactCost = 1.0
    static let offerCost = 10.0

    /// The same with another effect.
    func keeping(_ keeps: Double) -> SimulatedCompany {
        SimulatedCompany(
            name: name,
            customers: customers,
            blockSize: blockSize,
            centre: centre,
            keeps: keeps
        )
    }

    /// The same with another number of customers.
    func choosing(_ customers: Int) -> SimulatedCompany {
        SimulatedCompany(
            name: name,
            customers: customers,
            blockSize: blockSize,
            centre: centre,
            keeps: keeps
        )
    }

    /// Three that differ in size, in how many leave, and in how many are held out.
    static let all = [
        SimulatedCompany(
            name: "bank: 47 % leave, 1 in 10 held out",
            customers: 3_000,
            blockSize: 10,
            centre: -0.14,
            keeps: 0
        ),
        SimulatedCompany(
            name: "insurer: 20 % leave, 1 in 5 held out",
            customers: 5_000,
            blockSize: 5,
            centre: -1.62,
            keeps: 0
        ),
        SimulatedCompany(
            name: "club: 47 % leave, 1 in 5 held out",
            customers: 1_000,
            blockSize: 5,
            centre: -0.14,
            keeps: 0
        ),
    ]

    /// Plays a campaign to its end.
    ///
    /// - Parameter seed: Of this campaign.
    /// - Returns: All that became of it.
    func play(seed: UInt64) -> PlayedCampaign {
        var generator = SeededGenerator(seed: seed, stream: 0x6465_6369 << 32)
        var chosen = (0 ..< customers).map { _ in
            let odds = centre + 0.9 * generator.normal()
            let risk = 1 / (1 + Elementary.exp(-odds))
            let score = 1 / (1 + Elementary.exp(-(0.15 + 0.8 * odds + 0.4 * generator.normal())))
            return (risk: risk, score: score, value: Elementary.exp(5 + 0.8 * generator.normal()))
        }
        chosen.sort { $0.score > $1.score }
        var played = PlayedCampaign()
        var (rates, profits) = (0.0, 0.0)
        var alone = 0
        for (rank, customer) in chosen.enumerated() {
            let (block, place) = rank.quotientAndRemainder(dividingBy: blockSize)
            if place == 0 { alone = generator.below(blockSize) }
            let isContact = place != alone
            let reached = customer.risk * (1 - keeps)
            rates += reached - customer.risk
            let cost = Self.contactCost + Self.offerCost * (1 - reached)
            profits += customer.value * (customer.risk - reached) - cost
            let left = generator.uniform() < (isContact ? reached : customer.risk)
            let name = String(rank + 1)
            played.members.append(
                CampaignMember(
                    customer: name,
                    arm: isContact ? .contact : .heldOut,
                    block: block,
                    rank: rank + 1,
                    offer: "offer",
                    probability: customer.score,
                    value: customer.value,
                    expectedProfit: 0,
                    expectedCost: cost
                )
            )
            played.truths.append(
                MemberTruth(
                    customer: name,
                    state: .matured,
                    left: left,
                    contacted: isContact,
                    cost: isContact ? Self.contactCost + (left ? 0 : Self.offerCost) : nil
                )
            )
        }
        played.difference = rates / Double(customers)
        played.profit = profits / Double(customers)
        played.count(blocks: customers / blockSize, size: blockSize)
        var days = (0 ..< played.blocks.count).map { 1 + $0 * 365 / played.blocks.count }
        generator.shuffle(&days)
        played.days = days
        return played
    }
}

/// A campaign of which everything is known.
struct PlayedCampaign: Sendable {
    var members: [CampaignMember] = []
    var truths: [MemberTruth] = []
    /// What contacting changes in the leaving rate, on average over these customers.
    var difference = 0.0
    /// What contacting earns, on average over these customers.
    var profit = 0.0
    /// What became of each block.
    var blocks: [BlockCounts] = []
    /// On which day of the year each block matures.
    var days: [Int] = []

    mutating func count(blocks count: Int, size: Int) {
        for block in 0 ..< count {
            let places = block * size ..< (block + 1) * size
            let left = places.filter { truths[$0].left == true }
            blocks.append(
                BlockCounts(
                    contactedLeft: left.count { members[$0].arm == .contact },
                    left: left.count,
                    customers: size,
                    heldOut: 1
                )
            )
        }
    }

    /// Blocks in the order of the days on which they mature.
    var inTime: [Int] { blocks.indices.sorted { (days[$0], $0) < (days[$1], $1) } }
}

extension SeededGenerator {
    /// A standard normal number (Box and Muller; half a circle has the same cosines as a whole one).
    fileprivate mutating func normal() -> Double {
        let distance = (-2 * Elementary.log(1 - uniform())).squareRoot()
        return distance * Elementary.cosine(.pi * uniform())
    }
}
