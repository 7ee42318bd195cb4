public import Evaluation
import Kernels

/// How many customers contacting saves among those with the highest scores: whether the score finds who can be saved.
///
/// Among the k highest scores, saved(k) = k · (stay rate of the contacted − stay rate of the held-out), ties together:
/// `uplift_curve` of scikit-uplift, in customers. Its area over k / n less half of its end, also in customers, is 0 where
/// the score tells nothing of the effect. It is not divided by a perfect curve, which differs from library to library.
public struct SavedCurve: Equatable, Sendable {
    /// The curve at one place.
    public struct Point: Equatable, Sendable {
        /// How many customers have this score or a higher one.
        public var customers: Int
        /// How many of these the lot said to contact.
        public var contacted: Int
        /// Customers saved were all of these contacted; 0 where an arm is empty so far.
        public var saved: Double
        /// The 95 % interval; nil but at deciles.
        public var interval: ConfidenceInterval?
    }

    /// Under so many matured customers the curve shows noise.
    public static let least = 1_000

    /// The curve at every score, the highest first.
    public let points: [Point]
    /// The curve at each decile of the blocks, with intervals.
    public let deciles: [Point]
    /// Customers saved beyond what any order would save, on average over k.
    public let area: Double
    /// Its 95 % interval.
    public let areaInterval: ConfidenceInterval?
    /// How likely an area as large is where the order of blocks tells nothing.
    public let pValue: Double

    /// Draws the curve of matured customers.
    ///
    /// Intervals draw blocks anew; p puts blocks into 999 other orders by lot. Blocks hold neighbours by score, one of
    /// each arm at least, so that both keep the arms' balance.
    ///
    /// - Returns: Nil under ``least`` matured customers, or under 10 blocks with both arms.
    /// - Complexity: O(*n* log *n* + 2,000 · blocks).
    init?(_ members: FollowedMembers, seed: UInt64) {
        let matured = members.all.filter(\.hasMatured)
        let cells = members.blocks.compactMap { ArmCells(members.all[$0]) }
            .sorted { ($0.score, $1.block) > ($1.score, $0.block) }
        guard matured.count >= Self.least, cells.count >= BlockBootstrap.least else { return nil }
        points = Self.points(
            matured.map { ($0.member.probability, $0.isContact, $0.hasLeft) }
        )
        area = Self.area(points)
        let ones = [Double](repeating: 1, count: cells.count)
        let own = Self.walk(cells, counts: ones)
        let drawn = BlockBootstrap(blocks: cells.count, seed: seed)
            .replicates { Self.walk(cells, counts: $0) }
        let scale = own.deciles.map(\.customers)
        deciles = own.deciles.enumerated().map { place, decile in
            let values = drawn.map { $0.deciles[place].rate * Double(scale[place]) }.sorted()
            return Point(
                customers: decile.customers,
                contacted: decile.contacted,
                saved: decile.rate * Double(decile.customers),
                interval: Self.middle(values)
            )
        }
        areaInterval = Self.middle(drawn.map(\.area).sorted())
        var generator = SeededGenerator(seed: seed, stream: Self.stream)
        var shuffled = cells
        let orders = min(999, max(199, 3_000_000 / cells.count))
        var asLarge = 0
        for _ in 0 ..< orders {
            generator.shuffle(&shuffled)
            if Self.walk(shuffled, counts: ones).area >= own.area { asLarge += 1 }
        }
        pValue = Double(1 + asLarge) / Double(1 + orders)
    }

    /// Keeps these random numbers apart from those of other purposes: "save" in ASCII.
    private static let stream: UInt64 = 0x7361_7665 << 32

    private static func middle(_ sorted: [Double]) -> ConfidenceInterval? {
        guard sorted.count >= 100 else { return nil }
        return ConfidenceInterval(
            low: quantile(0.025, sorted: sorted),
            high: quantile(0.975, sorted: sorted)
        )
    }

    /// The curve at the end of each group of equal scores.
    package static func points(_ rows: [(score: Double, contacted: Bool, left: Bool)]) -> [Point] {
        let order = rows.sorted { $0.score > $1.score }
        var points: [Point] = []
        var (all, stayed) = ([0, 0], [0, 0])
        for (place, row) in order.enumerated() {
            let arm = row.contacted ? 1 : 0
            all[arm] += 1
            if !row.left { stayed[arm] += 1 }
            let isLast = place + 1 == order.count || order[place + 1].score != row.score
            guard isLast else { continue }
            var saved = 0.0
            if all[0] > 0, all[1] > 0 {
                let rates = Double(stayed[1]) / Double(all[1]) - Double(stayed[0]) / Double(all[0])
                saved = rates * Double(place + 1)
            }
            points.append(Point(customers: place + 1, contacted: all[1], saved: saved))
        }
        return points
    }

    /// The mean of the curve over its customers, by trapezoids from 0, less half of its end.
    package static func area(_ points: [Point]) -> Double {
        guard let last = points.last else { return 0 }
        var (sum, before) = (0.0, (customers: 0, saved: 0.0))
        for point in points {
            sum += Double(point.customers - before.customers) * (point.saved + before.saved) / 2
            before = (point.customers, point.saved)
        }
        return sum / Double(last.customers) - last.saved / 2
    }

    private struct Walk {
        var deciles: [(customers: Int, contacted: Int, rate: Double)] = []
        var area = 0.0
    }

    /// The curve block by block, each counted so many times.
    private static func walk(_ cells: [ArmCells], counts: [Double]) -> Walk {
        var walk = Walk()
        var (all, stayed) = ([0.0, 0.0], [0.0, 0.0])
        var (customers, contacted) = (0, 0)
        var (place, gain, sum) = (0.0, 0.0, 0.0)
        for (number, cell) in cells.enumerated() {
            let count = counts[number]
            for arm in 0 ..< 2 {
                all[arm] += count * Double(arm == 1 ? cell.contacted : cell.heldOut)
                stayed[arm] += count * Double(arm == 1 ? cell.contactedStayed : cell.heldOutStayed)
            }
            customers += cell.contacted + cell.heldOut
            contacted += cell.contacted
            let rate =
                all[0] > 0 && all[1] > 0 ? stayed[1] / all[1] - stayed[0] / all[0] : 0
            let next = all[0] + all[1]
            sum += (next - place) * (gain + rate * next) / 2
            (place, gain) = (next, rate * next)
            if (number + 1) * 10 / cells.count > number * 10 / cells.count {
                walk.deciles.append((customers, contacted, rate))
            }
        }
        if place > 0 { walk.area = (sum / place - gain / 2) * Double(customers) / place }
        return walk
    }
}

/// How many of a block's matured customers there are in each arm, and how many stayed.
private struct ArmCells {
    let block: Int
    let score: Double
    let contacted: Int
    let contactedStayed: Int
    let heldOut: Int
    let heldOutStayed: Int

    /// Nil where an arm is empty.
    init?(_ members: ArraySlice<FollowedMember>) {
        let matured = members.filter(\.hasMatured)
        let (reached, alone) = (matured.filter(\.isContact), matured.filter { !$0.isContact })
        guard let first = matured.first, !reached.isEmpty, !alone.isEmpty else { return nil }
        block = first.member.block
        score = matured.reduce(0) { $0 + $1.member.probability } / Double(matured.count)
        (contacted, heldOut) = (reached.count, alone.count)
        contactedStayed = reached.count { !$0.hasLeft }
        heldOutStayed = alone.count { !$0.hasLeft }
    }
}
