import Campaign
import Kernels
import Testing

@Suite struct EvidenceTests {
    /// Each count of leavers among the contacted that the lot can bring about, with its chance.
    private func outcomes(
        left: Int,
        customers: Int,
        heldOut: Int
    ) -> [(block: BlockCounts, chance: Double)] {
        // By enumeration: the first `left` leave, whoever is held out.
        var counts: [Int: Int] = [:]
        var all = 0
        for lot in 0 ..< 1 << customers where lot.nonzeroBitCount == heldOut {
            let alone = (lot & (1 << left - 1)).nonzeroBitCount
            counts[left - alone, default: 0] += 1
            all += 1
        }
        return counts.keys.sorted().map { contactedLeft in
            let block = BlockCounts(
                contactedLeft: contactedLeft,
                left: left,
                customers: customers,
                heldOut: heldOut
            )
            return (block, Double(counts[contactedLeft] ?? 0) / Double(all))
        }
    }

    @Test(arguments: 2 ... 9)
    func `without an effect a block's mean is exactly 1, whoever leaves`(customers: Int) {
        for heldOut in 0 ... customers {
            for left in 0 ... customers {
                var (works, harms) = (0.0, 0.0)
                for outcome in outcomes(left: left, customers: customers, heldOut: heldOut) {
                    let evidence = RandomisationEvidence([outcome.block])
                    works += outcome.chance * evidence.worksValue
                    harms += outcome.chance * evidence.harmsValue
                }
                #expect(isClose(works, 1, within: 1e-13), "\(heldOut) \(left)")
                #expect(isClose(harms, 1, within: 1e-13), "\(heldOut) \(left)")
            }
        }
    }

    @Test func `the mean stays 1 over blocks of different sizes`() {
        var mean = 0.0
        for first in outcomes(left: 2, customers: 5, heldOut: 1) {
            for second in outcomes(left: 3, customers: 4, heldOut: 2) {
                let evidence = RandomisationEvidence([first.block, second.block])
                mean += first.chance * second.chance * evidence.worksValue
            }
        }
        #expect(isClose(mean, 1, within: 1e-13))
    }

    @Test func `the order of blocks changes the path and not the end`() {
        let blocks = (0 ..< 40).map {
            BlockCounts(contactedLeft: $0 % 3, left: $0 % 3 + 1, customers: 10, heldOut: 1)
        }
        let (forwards, backwards) = (
            RandomisationEvidence(blocks), RandomisationEvidence(blocks.reversed())
        )
        #expect(isClose(forwards.worksValue, backwards.worksValue))
        #expect(forwards.path != backwards.path)
    }

    @Test func `the estimate of customers to come is the growth so far, carried on`() throws {
        let block = BlockCounts(contactedLeft: 4, left: 5, customers: 10, heldOut: 1)
        let few = RandomisationEvidence(Array(repeating: block, count: 6))
        let more = try #require(few.customersToClaim())
        #expect(!few.works20 && more > 0)
        let blocks = 6 + (more + 9) / 10
        #expect(RandomisationEvidence(Array(repeating: block, count: blocks)).works20)
        #expect(!RandomisationEvidence(Array(repeating: block, count: blocks - 2)).works20)
        #expect(
            RandomisationEvidence(Array(repeating: block, count: blocks)).customersToClaim() == 0
        )
    }

    @Test func `what does not grow needs no number`() {
        let equal = BlockCounts(contactedLeft: 9, left: 9, customers: 10, heldOut: 1)
        #expect(RandomisationEvidence(Array(repeating: equal, count: 50)).customersToClaim() == nil)
        #expect(RandomisationEvidence([]).customersToClaim() == nil)
        #expect(RandomisationEvidence([]).worksValue == 1)
    }

    @Test func `blocks that tell nothing change nothing`() {
        for (left, heldOut) in [(0, 1), (10, 1), (4, 0), (4, 10)] {
            let contactedLeft = heldOut == 10 ? 0 : min(left, 10 - heldOut)
            let block = BlockCounts(
                contactedLeft: contactedLeft,
                left: left,
                customers: 10,
                heldOut: heldOut
            )
            #expect(RandomisationEvidence([block]).worksValue == 1)
        }
    }

    @Test func `large blocks and endless evidence stay numbers`() {
        let block = BlockCounts(contactedLeft: 10, left: 3_000, customers: 9_000, heldOut: 4_000)
        let evidence = RandomisationEvidence([block, block])
        #expect(evidence.worksValue.isFinite && evidence.works20)
        #expect(evidence.harmsValue >= 0 && !evidence.harms20)
    }

    @Test func `a thousand campaigns without an effect seldom show one, whenever one looks`() {
        var generator = SeededGenerator(seed: 20)
        var claimed = 0
        for _ in 0 ..< 1_000 {
            var evidence = RandomisationEvidence()
            for _ in 0 ..< 60 {
                let leaves = (0 ..< 10).map { _ in generator.uniform() < 0.4 }
                let alone = generator.below(10)
                let left = leaves.count { $0 }
                evidence.add(
                    BlockCounts(
                        contactedLeft: left - (leaves[alone] ? 1 : 0),
                        left: left,
                        customers: 10,
                        heldOut: 1
                    )
                )
            }
            if evidence.path.contains(where: { $0.works >= RandomisationEvidence.claim }) {
                claimed += 1
            }
        }
        // At most 50 on average; three standard deviations of that are 20.
        #expect(claimed <= 70, "\(claimed)")
        #expect(claimed > 0, "evidence must be able to err")
    }
}
