import Campaign
import Kernels
import Testing

@Suite struct ExactTestTests {
    /// Many tables of many sizes, likely ones and unlikely ones.
    private let tables: [TwoRates] = {
        var generator = SeededGenerator(seed: 7)
        return (0 ..< 400).map { number in
            let contacted = 1 + generator.below(number % 4 == 0 ? 400 : 40)
            let heldOut = 1 + generator.below(number % 3 == 0 ? 90 : 30)
            return TwoRates(
                contactedLeft: generator.below(contacted + 1),
                contacted: contacted,
                heldOutLeft: generator.below(heldOut + 1),
                heldOut: heldOut
            )
        }
    }()

    @Test func `bounds from cell to cell are those of Fisher's p of each cell`() {
        var compared = 0
        for table in tables {
            let fisher = ExactTest.fisher(table)
            guard fisher >= 1e-6 else { continue }
            let slow = BoschlooRegion.cellByCell(table, fisher: fisher)
            #expect(BoschlooRegion.stepByStep(table, fisher: fisher) == slow, "\(table)")
            compared += 1
        }
        #expect(compared > 200)
    }

    @Test(arguments: [(900, 100), (1_600, 400), (2_700, 300), (100, 900)])
    func `bounds of large groups are those of Fisher's p of each cell`(sizes: (Int, Int)) {
        for shift in [0.0, 0.03, 0.08] {
            let table = TwoRates(
                contactedLeft: Int(Double(sizes.0) * (0.4 - shift)),
                contacted: sizes.0,
                heldOutLeft: Int(Double(sizes.1) * 0.4),
                heldOut: sizes.1
            )
            let fisher = ExactTest.fisher(table)
            #expect(
                BoschlooRegion.stepByStep(table, fisher: fisher)
                    == BoschlooRegion.cellByCell(table, fisher: fisher),
                "\(table)"
            )
        }
    }

    @Test func `whether p is at most a level is told as by p itself`() throws {
        var answers: Set<Bool> = []
        for table in tables {
            let test = try #require(ExactTest(contactedLeaveLessOf: table))
            // Not p itself: where its peak lies is found to some digits.
            for level in [0.025, 0.2, test.pValue * 1.000_000_1, test.pValue * 0.999_999_9] {
                let isLess = ExactTest.contactedLeaveLess(table, level: level)
                #expect(isLess == (test.pValue <= level), "\(table) \(level)")
                answers.insert(isLess)
            }
        }
        #expect(answers == [true, false])
        let nobody = TwoRates(contactedLeft: 0, contacted: 0, heldOutLeft: 1, heldOut: 4)
        #expect(!ExactTest.contactedLeaveLess(nobody, level: 1))
    }
}
