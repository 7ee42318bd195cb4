import Kernels
import TestSupport
import Testing
import Trees

@Suite struct LeafByLeafTests {
    /// What LightGBM grew (Scripts/fixtures/leaves.py).
    private struct Fixture: Decodable {
        let columns: [[Double]]
        let levels: Int
        let left: [Int]
        let cases: [Grown]

        struct Grown: Decodable {
            let l2: Double
            let margins: [Double]
            let gains: [Double]
            let leaves: [Int]
        }

        var treeColumns: [TreeColumn] {
            columns.dropLast().map { .numbers($0) }
                + [.codes(columns[columns.count - 1].map { Int32($0) }, levels: levels)]
        }
    }

    /// Without anything drawn, in LightGBM's steps.
    private static func plain(l2: Double) -> TreeSettings {
        var settings = TreeSettings.leafByLeaf
        settings.learningRate = 0.06
        settings.gainL2 = l2
        settings.l2 = l2
        settings.rowShare = 1
        settings.columnShare = 1
        return settings
    }

    @Test func `grows what LightGBM grows`() throws {
        let known = try fixture("leaves", as: Fixture.self, in: .module)
        let bins = known.treeColumns.map { ColumnBins($0, mostBorders: 128) }
        let rows = BinnedRows(known.treeColumns, bins, count: known.left.count)
        for expected in known.cases {
            var growth = TreeGrowth(
                rows,
                labels: known.left.map { $0 == 1 },
                weights: nil,
                learning: Array(known.left.indices),
                settings: Self.plain(l2: expected.l2),
                seed: 1
            )
            for _ in expected.leaves { growth.grow() }
            #expect(growth.trees.depths.map { $0 + 1 } == expected.leaves)
            // LightGBM's gradients are in single precision.
            for (margin, wanted) in zip(growth.margins, expected.margins) {
                #expect(abs(margin - wanted) < 1e-6)
            }
            for (gain, wanted) in zip(growth.gains, expected.gains) {
                #expect(abs(gain - wanted) < 1e-4 * wanted)
            }
        }
    }

    /// Trees over numbers with empty fields, and levels, some rows of which they have not learned from.
    private static func grown(
        rows count: Int,
        trees: Int
    ) -> (growth: TreeGrowth, bins: [ColumnBins], columns: [TreeColumn]) {
        var random = SeededGenerator(seed: 5)
        var numbers: [Double] = []
        var codes: [Int32] = []
        var left: [Bool] = []
        for _ in 0 ..< count {
            numbers.append(random.uniform() < 0.1 ? .nan : random.uniform())
            codes.append(Int32(random.uniform() * 8) - 1)
            let isLikely = codes[codes.count - 1] == 3 && numbers[numbers.count - 1] > 0.5
            left.append(random.uniform() < (isLikely ? 0.9 : 0.2))
        }
        let columns = [TreeColumn.numbers(numbers), .codes(codes, levels: 7)]
        let bins = columns.map { ColumnBins($0, mostBorders: 128) }
        var growth = TreeGrowth(
            BinnedRows(columns, bins, count: count),
            labels: left,
            weights: nil,
            learning: (0 ..< count).filter { $0 % 5 > 0 },
            settings: .leafByLeaf,
            seed: 2
        )
        for _ in 0 ..< trees { growth.grow() }
        return (growth, bins, columns)
    }

    @Test func `one way and the other give the same bits`() {
        let (growth, bins, columns) = Self.grown(rows: 1_100, trees: 40)
        #expect(growth.trees.depths.contains(15))
        let trees = BoostedTrees(bins: bins, ensembles: [growth.trees])
        let together = trees.margins(columns, count: 1_100)
        #expect(together == growth.margins)
        let scorer = TreeRowScorer(trees)
        for row in 0 ..< 1_100 {
            let alone = scorer.margin { column in
                switch columns[column] {
                case .numbers(let values): values[row]
                case .codes(let codes, _): Double(codes[row])
                }
            }
            #expect(alone == together[row], "row \(row)")
        }
    }

    @Test func `a tree that nothing divides has one leaf`() {
        let columns = [TreeColumn.numbers(Array(repeating: 1, count: 10))]
        let bins = columns.map { ColumnBins($0, mostBorders: 128) }
        var growth = TreeGrowth(
            BinnedRows(columns, bins, count: 10),
            labels: (0 ..< 10).map { $0 < 3 },
            weights: nil,
            learning: Array(0 ..< 10),
            settings: .leafByLeaf,
            seed: 1
        )
        for _ in 0 ..< 3 { growth.grow() }
        #expect(growth.trees.depths == [0, 0, 0])
        #expect(growth.trees.values.count == 3 * TreeEnsemble.mostLeaves)
        let trees = BoostedTrees(bins: bins, ensembles: [growth.trees])
        #expect(trees.margins(columns, count: 10) == growth.margins)
        #expect(TreeRowScorer(trees).margin { _ in 1 } == growth.margins[0])
    }

    @Test(
        arguments: [
            ([2], [0, 1], 16, true), ([2], [0, 0], 16, true), ([2], [0, 2], 16, false),
            ([2], [1, 0], 16, false),
            ([2], [0], 16, false), ([2], [0, 1], 4, false), ([1, 1], [0, 0], 32, true),
            ([1, 1], [0, 1], 32, false),
            ([0], [], 16, true),
        ] as [([Int], [UInt8], Int, Bool)]
    )
    func `written trees have leaves that are there`(
        depths: [Int],
        parents: [UInt8],
        values: Int,
        isFine: Bool
    ) {
        let trees = TreeEnsemble(
            start: 0,
            depths: depths,
            cuts: Array(repeating: .init(column: 0, bin: 0), count: depths.reduce(0, +)),
            parents: parents,
            values: Array(repeating: 0, count: values)
        )
        #expect((trees != nil) == isFine)
    }

    @Test func `sixteen cuts are too many`() {
        let parents = [UInt8](repeating: 0, count: 16)
        let cuts = Array(repeating: TreeEnsemble.Cut(column: 0, bin: 0), count: 16)
        let values = [Double](repeating: 0, count: TreeEnsemble.mostLeaves)
        #expect(
            TreeEnsemble(start: 0, depths: [16], cuts: cuts, parents: parents, values: values)
                == nil
        )
    }
}
