import Foundation
import Testing
import Trees

@Suite struct ColumnBinsTests {
    @Test func `few values are cut between neighbours, empty ones apart`() {
        let bins = ColumnBins(.numbers([3, 1, .nan, 1, 2]), mostBorders: 128)
        #expect(bins == .borders([1.5, 2.5], hasEmpty: true) && bins.count == 4)
    }

    @Test func `many values are cut into parts of about as many rows`() throws {
        let bins = ColumnBins(.numbers((0 ..< 1_000).map { Double($0 * $0) }), mostBorders: 9)
        guard case .borders(let borders, false) = bins else {
            Issue.record("\(bins)")
            return
        }
        #expect(borders.count == 9 && borders == borders.sorted())
        let middle: Double = (499 * 499 + 500 * 500) / 2
        #expect(borders[4] == middle)
    }

    @Test func `the greatest numbers have borders between them`() {
        let most = Double.greatestFiniteMagnitude
        let bins = ColumnBins(.numbers([-most, 0, most]), mostBorders: 128)
        #expect(bins == .borders([-most / 2, most / 2], hasEmpty: false))
    }

    @Test func `a level that training has not seen equals none`() {
        let bins = ColumnBins(.codes([0, 2, 2, -1], levels: 4), mostBorders: 128)
        #expect(bins == .levels([3, 2, 0, 3, 1, 3], count: 3))
    }

    @Test func `rare levels share a bin where there are too many`() {
        // Level 0 has 1 row, level 1 has 2, and so on: 600 levels.
        let codes = (0 ..< 600).flatMap { level in
            [Int32](repeating: Int32(level), count: level + 1)
        }
        let bins = ColumnBins(.codes(codes, levels: 600), mostBorders: 128)
        guard case .levels(let table, let count) = bins else {
            Issue.record("\(bins)")
            return
        }
        #expect(count == 254)
        let (rare, frequent) = (table[2 ..< 349], table[349...])
        #expect(rare.allSatisfy { $0 == 253 })
        #expect(Set(frequent).count == 253)
    }

    @Test func `codes that count by numbers are cut in the order of these`() {
        let borders = ColumnBins(.numbers([0.1, 0.5, 0.9]), mostBorders: 128)
        let bins = ColumnBins(ranking: [0.4, 0.4, 0.9, 0.1, 0.6], by: borders)
        #expect(bins == .ordered([1, 1, 2, 0, 1], count: 3) && bins.count == 3)
        let codes = ColumnBins.ordered([1, 1, 2, 0, 1], count: 3)
        let cut = TreeEnsemble.Cut(column: 0, bin: 1)
        let trees = TreeEnsemble(start: 0, depths: [1], cuts: [cut], values: [-1, 1])
        let margins = trees.map {
            BoostedTrees(bins: [codes], ensembles: [$0])
                .margins([.codes([-2, -1, 0, 1, 2], levels: 3)], count: 5)
        }
        #expect(margins == [-1, -1, 1, -1, -1])
    }

    @Test(arguments: [
        ColumnBins.borders([-1.5, 0, 1e300], hasEmpty: true), .borders([], hasEmpty: false),
        .levels([2, 2, 0, 1], count: 2), .ordered([0, 0, 1, 0], count: 2),
    ])
    func `what is written is read`(bins: ColumnBins) throws {
        let json = try JSONEncoder().encode(bins)
        #expect(try JSONDecoder().decode(ColumnBins.self, from: json) == bins)
    }

    @Test(arguments: [
        #"{"borders": [2, 1], "hasEmpty": false}"#, #"{"levels": [0], "count": 1}"#,
        #"{"levels": [0, 9], "count": 2}"#, #"{"levels": [0, 0], "count": 300}"#, "{}",
        #"{"ordered": [0, 2], "count": 2}"#, #"{"ordered": [0, 0], "count": 0}"#,
    ])
    func `what no fitting gives is refused`(json: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(ColumnBins.self, from: Data(json.utf8))
        }
    }
}
