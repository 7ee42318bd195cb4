import Features
import Foundation
import Schema
import Tabular
import TestSupport
import Testing

/// Columns that scikit-learn's tree cut (Scripts/fixtures/trees.py).
private struct TreeFixture: Decodable {
    struct Tree: Decodable {
        let minimumDecrease: Double
        let thresholds: [Double]
    }
    struct Encoding: Decodable {
        let edges, values: [Double]
        let encoded: [[Double]]
    }
    struct Column: Decodable {
        let name: String
        let values: [Double]
        let labels: [Int]
        let trees: [Tree]
        let encoding: Encoding?
    }
    let mostLeaves, leastRows: Int
    let columns: [Column]

    static func load() throws -> Self { try fixture("trees", as: Self.self, in: .module) }
}

@Suite struct DecisionCutTests {
    @Test func `cuts are scikit-learn's, to the last bit`() throws {
        let known = try TreeFixture.load()
        #expect(known.columns.count == 9)
        for column in known.columns {
            for tree in column.trees {
                let cuts = DecisionCuts(
                    column.values,
                    labels: column.labels.map { $0 == 1 },
                    leaves: known.mostLeaves,
                    leafRows: known.leastRows,
                    decrease: tree.minimumDecrease
                )
                #expect(
                    cuts.thresholds == tree.thresholds,
                    "\(column.name), decrease \(tree.minimumDecrease)"
                )
            }
        }
    }

    @Test func `ramps are the piecewise-linear encoding`() throws {
        for column in try TreeFixture.load().columns {
            guard let encoding = column.encoding else { continue }
            let ramps = zip(encoding.edges, encoding.edges.dropFirst()).map { from, to in
                EncodedColumn(
                    column.name,
                    .ramp(from: from, to: to, skipsZero: false),
                    mean: 0,
                    deviation: 1
                )
            }
            for (value, expected) in zip(encoding.values, encoding.encoded) {
                #expect(ramps.map { $0.encoded(value) } == expected, "\(column.name), \(value)")
            }
        }
    }

    @Test func `a column is cut where its tree is, with more rows for a lesser gain`() throws {
        for column in try TreeFixture.load().columns {
            let (table, schema) = numbers([("Amount", column.values)])
            let labels = column.labels.map { $0 == 1 }
            guard NumberKind(sorted: column.values.sorted()) == .continuous,
                let least = column.values.min(), let most = column.values.max(), least < most
            else { continue }
            let cuts = DecisionCuts(
                column.values,
                labels: labels,
                decrease: DecisionCuts.leastDecrease(rows: column.values.count)
            )
            let fitted = try FeaturePlan(schema, encoding: .pieces).fit(table, labels: labels)
            let edges = [least] + cuts.thresholds + [most]
            let readings = zip(edges, edges.dropFirst()).map {
                EncodedColumn.Reading.ramp(from: $0, to: $1, skipsZero: false)
            }
            let expected = cuts.thresholds.isEmpty ? [.value(skipsZero: false)] : readings
            #expect(fitted.encodedColumns.map(\.reading) == expected, "\(column.name)")
        }
    }

    @Test(arguments: [(1, 2.1), (100, 0.021), (7_000, 3e-4), (1_000_000, 3e-4)])
    func `the least decrease`(rows: Int, least: Double) {
        #expect(abs(DecisionCuts.leastDecrease(rows: rows) - least) <= 1e-15)
        #expect(DecisionCuts.leastDecrease(rows: 0) == 2.1)
    }

    @Test func `labels that say nothing, and too few rows, are not cut`() {
        let values = (0 ..< 40).map(Double.init)
        #expect(
            DecisionCuts(values, labels: values.map { _ in true }, decrease: 0).thresholds.isEmpty
        )
        #expect(DecisionCuts([], labels: [], decrease: 0).thresholds.isEmpty)
        let halves = values.map { $0 >= 20 }
        #expect(DecisionCuts(values, labels: halves, decrease: 0).thresholds == [19.5])
        let few = DecisionCuts(values, labels: halves, leafRows: 21, decrease: 0)
        #expect(few.thresholds.isEmpty)
    }

    @Test func `the order of rows does not matter`() {
        let values = (0 ..< 300).map { Double($0 * 89 % 300) / 4 }
        let labels = values.map { Int($0 / 9) % 3 == 1 }
        let cuts = DecisionCuts(values, labels: labels, decrease: 1e-3)
        #expect(cuts.thresholds.count > 4)
        #expect(DecisionCuts(values.reversed(), labels: labels.reversed(), decrease: 1e-3) == cuts)
    }
}
