import Features
import Foundation
import Schema
import Tabular
import Testing

/// Columns with so many levels that each counts by the rate at which its customers leave.
@Suite struct LevelOddsTests {
    /// Rows of many levels; those of an odd level leave more often by `effect`.
    private struct Rows {
        var codes: [Int32] = []
        var labels: [Bool] = []

        init(_ count: Int, levels: Int, effect: Double, seed: UInt64 = 1) {
            var random = Numbers(seed: seed)
            for _ in 0 ..< count {
                let code = Int.random(in: 0 ..< levels, using: &random)
                let rate = 0.3 + (code % 2 == 1 ? effect : -effect)
                codes.append(Int32(code))
                labels.append(Double.random(in: 0 ..< 1, using: &random) < rate)
            }
        }
    }

    /// SplitMix64.
    private struct Numbers: RandomNumberGenerator {
        private var state: UInt64
        init(seed: UInt64) { state = seed }
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    private let names = (0 ..< 300).map { "level \($0)" }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `levels that differ by chance alone have one value`(seed: UInt64) {
        let rows = Rows(3_000, levels: 300, effect: 0, seed: seed)
        let odds = LevelOdds(rows.codes, levels: 300, labels: rows.labels)
        let rate = Double(rows.labels.count { $0 }) / 3_000
        #expect(odds.values.allSatisfy { abs($0 - log(rate / (1 - rate))) < 1e-12 })
        #expect(Set(odds.heldOut(rows.codes, labels: rows.labels)).count == 1)
    }

    @Test func `levels that differ are told apart, and believed as far as rows go`() {
        let rows = Rows(6_000, levels: 300, effect: 0.2)
        let odds = LevelOdds(rows.codes, levels: 300, labels: rows.labels)
        let own = odds.values[2...]
        let means = [0, 1].map { parity in
            let chosen = own.enumerated().filter { $0.offset % 2 == parity }.map(\.element)
            return chosen.reduce(0, +) / Double(chosen.count)
        }
        // Truth: log-odds of 0.1 and of 0.5.
        #expect(means[0] < -1.6 && means[0] > log(0.1 / 0.9))
        #expect(means[1] > -0.3 && means[1] < log(0.5 / 0.5))
        // Nobody has an unlisted level or an empty field: they count as all customers do.
        let rate = Double(rows.labels.count { $0 }) / 6_000
        #expect(abs(odds.values[0] - log(rate / (1 - rate))) < 1e-12)
        #expect(odds.values[0] == odds.values[1])
    }

    @Test(arguments: [false, true])
    func `a row's own truth does not move its own value`(hasLeft: Bool) {
        var rows = Rows(2_000, levels: 149, effect: 0.2)
        // The only customer of her city.
        rows.codes.append(149)
        rows.labels.append(hasLeft)
        let odds = LevelOdds(rows.codes, levels: 150, labels: rows.labels)
        let held = odds.heldOut(rows.codes, labels: rows.labels)
        // As a level that nobody has.
        #expect(held.count == 2_001 && held[2_000] == odds.values[0])
        #expect(hasLeft ? odds.values[151] > held[2_000] : odds.values[151] < held[2_000])
    }

    @Test func `held-out values of what is noise do not tell the truth`() {
        // A noisy column that the test for differences lets pass: the values must still know nothing.
        let rows = Rows(4_000, levels: 400, effect: 0.03, seed: 9)
        let odds = LevelOdds(rows.codes, levels: 400, labels: rows.labels)
        let held = odds.heldOut(rows.codes, labels: rows.labels)
        let fitted = rows.codes.map { odds.values[Int($0) + 2] }
        func correlation(_ values: [Double]) -> Double {
            let labels = rows.labels.map { $0 ? 1.0 : 0 }
            let (one, other) = (
                values.reduce(0, +) / Double(values.count),
                labels.reduce(0, +) / Double(labels.count)
            )
            var (product, left, right) = (0.0, 0.0, 0.0)
            for place in values.indices {
                let (x, y) = (values[place] - one, labels[place] - other)
                (product, left, right) = (product + x * y, left + x * x, right + y * y)
            }
            return left > 0 ? product / (left * right).squareRoot() : 0
        }
        #expect(abs(correlation(held)) < 0.12)
        #expect(correlation(fitted) >= correlation(held))
    }

    @Test(arguments: FeatureEncoding.allCases)
    func `the model reads one number, and rows of the fit are read as if held out`(
        encoding: FeatureEncoding
    ) throws {
        let rows = Rows(3_000, levels: 300, effect: 0.2)
        let (table, schema) = levels("City", names, codes: rows.codes, unseen: .other)
        let fitted = try FeaturePlan(schema, encoding: encoding).fit(table, labels: rows.labels)
        #expect(fitted.encodedNames == ["City_rate"])
        let own = try fitted.encodeFitted(table, labels: rows.labels)
        let plain = try fitted.encode(table)
        #expect(own.values != plain.values && own.values.allSatisfy { $0.isFinite })
        let odds = LevelOdds(rows.codes, levels: 300, labels: rows.labels)
        #expect(fitted.features[0].rates == odds.values)
        let column = fitted.encodedColumns[0]
        for row in [0, 7, 2_999] {
            let value = (odds.values[Int(rows.codes[row]) + 2] - column.mean) / column.deviation
            #expect(plain[row: row, column: 0] == Float(min(4, max(-4, value))))
            #expect(try fitted.encodedDoubles(table, row: row) == [min(4, max(-4, value))])
        }
        let json = try JSONEncoder().encode(fitted)
        #expect(try JSONDecoder().decode(FittedFeatures.self, from: json) == fitted)
        let (other, _) = levels("City", names, codes: [-2, 3], unseen: .other)
        #expect(try fitted.encode(other)[row: 0, column: 0].isFinite)
    }

    @Test func `empty and unlisted are NaN where the schema does not allow them`() throws {
        let rows = Rows(3_000, levels: 300, effect: 0.2)
        let (table, schema) = levels("City", names, codes: rows.codes)
        let fitted = try FeaturePlan(schema).fit(table, labels: rows.labels)
        let (other, _) = levels("City", names, codes: [-2, -1, 0])
        let matrix = try fitted.encode(other)
        #expect(matrix[row: 0, column: 0].isNaN && matrix[row: 1, column: 0].isNaN)
        #expect(matrix[row: 2, column: 0].isFinite)
    }

    @Test func `being empty has a rate of its own`() throws {
        var rows = Rows(3_000, levels: 300, effect: 0.2)
        for row in rows.codes.indices where row % 5 == 0 {
            rows.codes[row] = -1
            rows.labels[row] = row % 50 != 0
        }
        let (table, schema) = levels(
            "City",
            names,
            codes: rows.codes,
            nulls: .impute,
            unseen: .other
        )
        let fitted = try FeaturePlan(schema, encoding: .scores).fit(table, labels: rows.labels)
        #expect(fitted.encodedNames == ["City_rate", "City_missing"])
        let rates = try #require(fitted.features[0].rates)
        #expect(rates[1] > 1.5 && rates[0] < 0)
        #expect(try fitted.encode(table).values.allSatisfy { $0.isFinite })
    }

    @Test func `a service's rows have the bits of a file's`() throws {
        let rows = Rows(3_000, levels: 300, effect: 0.2)
        let (table, schema) = levels(
            "City",
            names,
            codes: rows.codes,
            nulls: .impute,
            unseen: .other
        )
        let fitted = try FeaturePlan(schema, encoding: .pieces).fit(table, labels: rows.labels)
        // The service's levels in another order.
        var columns = schema.features
        columns[0].type = .levels(names.reversed())
        let encoder = try RowEncoder(fitted, columns: columns)
        let codes: [Int32] = [-2, -1, 0, 5, 299]
        let (asked, _) = levels("City", names, codes: codes, nulls: .impute, unseen: .other)
        let together = try fitted.encode(asked)
        var coded = CodedRows(width: 1)
        for code in codes { coded.append([Double(code < 0 ? code : 299 - code)]) }
        #expect(encoder.encode(coded) == together)
    }

    @Test func `few levels have an indicator each, as ever`() throws {
        let few = Array(names.prefix(100))
        let rows = Rows(3_000, levels: 100, effect: 0.2)
        let (table, schema) = levels("City", few, codes: rows.codes)
        let fitted = try FeaturePlan(schema, encoding: .scores).fit(table, labels: rows.labels)
        #expect(fitted.features[0].rates == nil && fitted.encodedNames.count == 100)
    }
}
