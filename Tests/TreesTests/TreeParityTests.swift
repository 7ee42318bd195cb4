import Foundation
import Kernels
import TestSupport
import Testing
import Trees

/// Against trees that plain numpy grew (Scripts/fixtures/boosting.py).
@Suite struct TreeParityTests {
    @Test func `finds the same borders`() throws {
        let fixture = try Fixture.load()
        for (place, column) in fixture.treeColumns.enumerated() {
            let bins = ColumnBins(column, mostBorders: 128)
            switch bins {
            case .borders(let borders, let hasEmpty):
                #expect(borders == fixture.borders[place])
                #expect(hasEmpty == fixture.columns[place].contains(nil))
            case .levels(_, let count): #expect(count == 5 && fixture.isLeveled[place])
            case .ordered: Issue.record("no column of the fixture counts by rates")
            }
        }
    }

    @Test(arguments: ["plain", "weighted"])
    func `grows the same trees`(name: String) throws {
        let fixture = try Fixture.load()
        let expected = name == "plain" ? fixture.plain : fixture.weighted
        var growth = fixture.growth(
            learning: Array(fixture.left.indices),
            weights: name == "plain" ? nil : fixture.weights,
            seed: name == "plain" ? 1 : 2
        )
        for _ in expected.cuts { growth.grow() }

        #expect(growth.trees.cuts.map { [$0.column, $0.bin] } == expected.cuts.flatMap(\.self))
        let values = expected.values.flatMap(\.self)
        #expect(growth.trees.values.count == values.count)
        for (value, wanted) in zip(growth.trees.values, values) {
            #expect(abs(value - wanted) < 1e-12)
        }
        for (margin, wanted) in zip(growth.margins, expected.margins) {
            #expect(abs(margin - wanted) < 1e-11)
        }
    }

    @Test func `loses the same on rows held out`() throws {
        let fixture = try Fixture.load()
        var curve = fixture.curve.map { _ in 0.0 }
        for fold in 0 ..< 5 {
            let held = fixture.folds.indices.filter { fixture.folds[$0] == fold }
            var growth = fixture.growth(
                learning: fixture.folds.indices.filter { fixture.folds[$0] != fold },
                weights: nil,
                seed: 100 + UInt64(fold)
            )
            for number in curve.indices {
                growth.grow()
                curve[number] += growth.loss(held) / 5
            }
        }
        for (loss, wanted) in zip(curve, fixture.curve) { #expect(abs(loss - wanted) < 1e-11) }
    }
}

/// What Scripts/fixtures/boosting.py wrote.
struct Fixture: Decodable {
    let columns: [[Double?]]
    let isLeveled: [Bool]
    let left: [Bool]
    let borders: [[Double]]
    let plain: Grown
    let weights: [Double]
    let weighted: Grown
    let folds: [Int]
    let curve: [Double]

    struct Grown: Decodable {
        let cuts: [[[Int]]]
        let values: [[Double]]
        let margins: [Double]
    }

    static func load() throws -> Self { try fixture("boosting", as: Self.self, in: .module) }

    var treeColumns: [TreeColumn] {
        zip(columns, isLeveled).map { values, isLeveled in
            isLeveled
                ? .codes(values.map { Int32($0 ?? -1) }, levels: 5)
                : .numbers(values.map { $0 ?? .nan })
        }
    }

    var bins: [ColumnBins] { treeColumns.map { ColumnBins($0, mostBorders: 128) } }

    var rows: BinnedRows { BinnedRows(treeColumns, bins, count: left.count) }

    func growth(learning: [Int], weights: [Double]?, seed: UInt64) -> TreeGrowth {
        // The fixture's cuts and leaves have one penalty.
        var settings = TreeSettings()
        settings.gainL2 = settings.l2
        return TreeGrowth(
            rows,
            labels: left,
            weights: weights,
            learning: learning,
            settings: settings,
            seed: seed
        )
    }
}
