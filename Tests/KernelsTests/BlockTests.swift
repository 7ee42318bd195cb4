import Kernels
import Testing

@Suite struct BlockTests {
    @Test(arguments: [1, 3, 16], [0, 8, 24, 32, 40, 64, 72, 104])
    func `every value has a place of its own, in tiles of 32 lanes`(units: Int, lanes: Int) {
        let block = Block(offset: 5, units: units, lanes: lanes)
        var places: [Int] = []
        for unit in 0 ..< units {
            for lane in 0 ..< lanes { places.append(block.place(unit: unit, lane: lane)) }
        }
        #expect(places.sorted() == Array(5 ..< block.end))
        for lane in stride(from: 0, to: lanes, by: 32) {
            #expect(block.place(unit: 0, lane: lane) == 5 + lane * units)
        }
    }

    @Test func `a block of one unit, or of at most 32 lanes, is plainly feature-major`() {
        let row = Block(offset: 3, units: 1, lanes: 104)
        #expect((0 ..< 104).allSatisfy { row.place(unit: 0, lane: $0) == 3 + $0 })
        let narrow = Block(offset: 3, units: 7, lanes: 32)
        #expect(narrow.place(unit: 5, lane: 9) == 3 + 5 * 32 + 9)
    }

    @Test(arguments: [(0, 0), (1, 8), (8, 8), (9, 16), (255, 256)])
    func `lanes fill whole registers`(rows: Int, lanes: Int) {
        #expect(laneCount(rows: rows) == lanes)
    }

    @Test func `a sum of lanes adds halves`() {
        let values = (0 ..< 4).map { numbers(8, seed: $0) }
        let lanes = values.map { Lanes($0) }
        let sums = values.map { v in
            ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7]))
        }
        #expect(lanes.map(\.orderedSum) == sums)
        #expect(orderedSums(lanes[0], lanes[1], lanes[2], lanes[3]) == SIMD4(sums))
        // Left to right, the small numbers would be lost.
        #expect(Lanes(1, 1e8, 0, 0, 1, -1e8, 0, 0).orderedSum == 2)
    }
}
