import Features
import Schema
import Tabular
import Testing

/// Levels in the encodings other than the seed's.
@Suite struct LevelScoreTests {
    static let encodings = [FeatureEncoding.scores, .pieces]
    private let plans = ["basic", "plus", "pro", "rare"]

    private func fit(
        _ encoding: FeatureEncoding,
        _ codes: [Int32],
        nulls: NullPolicy = .error,
        unseen: UnseenPolicy = .error
    ) throws -> (FittedFeatures, encode: ([Int32]) throws -> [[Double]]) {
        let (table, schema) = levels("Plan", plans, codes: codes, nulls: nulls, unseen: unseen)
        let fitted = try FeaturePlan(schema, encoding: encoding)
            .fit(table, labels: codes.map { $0 == 1 })
        return (
            fitted,
            { codes in
                let (table, _) = levels("Plan", plans, codes: codes)
                return try codes.indices.map { try fitted.encodedDoubles(table, row: $0) }
            }
        )
    }

    @Test(arguments: encodings)
    func `three levels or more have one indicator each`(encoding: FeatureEncoding) throws {
        let (fitted, encode) = try fit(encoding, [0, 0, 1, 2, 2, 2, 0, 0])
        #expect(fitted.encodedNames == ["Plan_basic", "Plan_plus", "Plan_pro"])
        #expect(fitted.encodedColumns.map(\.mean) == [0.5, 0.125, 0.375])
        let deviations = fitted.encodedColumns.map(\.deviation)
        #expect(deviations[0] == 0.5)
        let rows = try encode([0, 1, 2])
        for (code, row) in rows.enumerated() {
            for (place, value) in row.enumerated() {
                let raw = (code == place ? 1 : 0) - fitted.encodedColumns[place].mean
                #expect(abs(value - raw / deviations[place]) < 1e-12)
            }
        }
    }

    @Test(arguments: encodings)
    func `of two levels the second has an indicator`(encoding: FeatureEncoding) throws {
        let (fitted, encode) = try fit(encoding, [2, 1, 1, 2])
        #expect(fitted.encodedNames == ["Plan_pro"])
        #expect(try encode([1, 2]) == [[-1], [1]])
    }

    @Test(arguments: encodings)
    func `levels that training rows lack are none`(encoding: FeatureEncoding) throws {
        let (fitted, encode) = try fit(encoding, [0, 1, 2, 0], unseen: .other)
        let none = fitted.encodedColumns.map { -$0.mean / $0.deviation }
        #expect(try encode([3, -2]) == [none, none])
        let (strict, refuse) = try fit(encoding, [0, 1, 2, 0])
        #expect(strict.encodedNames == fitted.encodedNames)
        #expect(try refuse([3]) == [none], "listed, so the schema allows it")
        #expect(try refuse([-2])[0].allSatisfy(\.isNaN))
    }

    @Test(arguments: encodings)
    func `a rare level is not blown up`(encoding: FeatureEncoding) throws {
        let codes = (0 ..< 1_000).map { $0 == 5 ? Int32(3) : Int32($0 % 2) }
        let (fitted, _) = try fit(encoding, codes)
        #expect(fitted.encodedColumns[2].name == "Plan_rare")
        #expect(fitted.encodedColumns[2].deviation == 0.15)
    }

    @Test(arguments: encodings)
    func `a null has the most frequent level, and is indicated`(encoding: FeatureEncoding) throws {
        let (fitted, encode) = try fit(encoding, [0, 2, 2, 2, 1, -1], nulls: .impute)
        #expect(
            fitted.encodedNames == ["Plan_basic", "Plan_plus", "Plan_pro", "Plan_missing"]
        )
        let rows = try encode([-1, 2])
        #expect(rows[0].dropLast() == rows[1].dropLast())
        #expect(try #require(rows[0].last) > 2 && #require(rows[1].last) < 0)
    }

    @Test(arguments: encodings) func `one level vanishes`(encoding: FeatureEncoding) throws {
        let error = #expect(throws: FeatureError.self) { try fit(encoding, [1, 1, 1]) }
        #expect(error?.description.contains("there is nothing to learn from") == true)
    }
}
