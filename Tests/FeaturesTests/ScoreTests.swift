import Features
import Schema
import Tabular
import Testing

/// Numbers and booleans in the encoding by scores.
@Suite struct ScoreTests {
    private func fit(
        _ name: String,
        _ values: [Double],
        nulls: NullPolicy = .error
    ) throws
        -> FittedFeatures
    {
        let (table, schema) = numbers([(name, values)], nulls: nulls)
        return try FeaturePlan(schema, encoding: .scores).fit(table)
    }

    @Test func `a number is a z-score within 4`() throws {
        let values = (0 ..< 100).map { Double($0) + 0.5 }
        let fitted = try fit("Age", values)
        #expect(fitted.encodedNames == ["Age"])
        let column = fitted.encodedColumns[0]
        #expect(column.mean == 50 && abs(column.deviation - 28.866070047722118) < 1e-12)
        #expect(column.limit == 4)
        let encoded = try fitted.encoded(
            "Age",
            of: "Age",
            [50, 50 + column.deviation, 165, 166, 1e300, -1e300]
        )
        #expect(encoded[0] == 0 && abs(encoded[1] - 1) < 1e-15)
        #expect(encoded[2] < 4 && Array(encoded[3...]) == [4, 4, -4])
    }

    @Test func `where zero stands out it is 0, and the others have their own mean`() throws {
        let amounts = (0 ..< 64).map { 1_000.5 + Double($0) }
        let fitted = try fit("Balance", amounts + [Double](repeating: 0, count: 36))
        #expect(fitted.encodedNames == ["Balance", "Balance_nonzero"])
        let column = fitted.encodedColumns[0]
        #expect(column.mean == 1_032 && column.reading == .value(skipsZero: true))
        #expect(
            try fitted.encoded("Balance", of: "Balance", [0, -0.0, 1_032, 2_000, 1, .nan]).prefix(5)
                == [0, 0, 0, 4, -4]
        )
        let nonzero = fitted.encodedColumns[1]
        #expect(abs(nonzero.mean - 0.64) < 1e-15 && abs(nonzero.deviation - 0.48) < 1e-15)
        let shown = try fitted.encoded("Balance_nonzero", of: "Balance", [0, 1, -5])
        #expect(abs(shown[0] + 0.64 / 0.48) < 1e-15)
        #expect(shown[1] == shown[2] && abs(shown[1] - 0.75) < 1e-15)
    }

    @Test func `a few-valued number has the level that is nearest`() throws {
        let fitted = try fit("Products", [1, 1, 1, 2, 2, 4, 4, 4])
        #expect(fitted.encodedNames == ["Products_1", "Products_2", "Products_4"])
        let raw = [0.375, 0.25, 0.375]
        let values = [-100, 1, 1.4, 1.5, 2, 2.9, 3, 4, 1e9]
        let nearest = [0, 0, 0, 1, 1, 1, 2, 2, 2]
        for (place, name) in fitted.encodedNames.enumerated() {
            let encoded = try fitted.encoded(name, of: "Products", values)
            let deviation = (raw[place] * (1 - raw[place])).squareRoot()
            for (value, level) in zip(encoded, nearest) {
                let expected = ((level == place ? 1 : 0) - raw[place]) / deviation
                #expect(abs(value - expected) < 1e-12)
            }
        }
    }

    @Test func `a rare indicator is not blown up`() throws {
        let rare = (0 ..< 1_000).map { $0 == 0 ? 3.0 : Double($0 % 2) }
        let fitted = try fit("Products", rare)
        #expect(fitted.encodedColumns.map { $0.deviation > 0.15 } == [true, true, false])
        #expect(fitted.encodedColumns[2].deviation == 0.15)
        let encoded = try fitted.encoded("Products_3", of: "Products", [3])
        #expect(abs(encoded[0] - 0.999 / 0.15) < 1e-12)
    }

    @Test func `a boolean is one indicator`() throws {
        let column = ColumnSchema(name: "Active", role: .feature, type: .boolean(no: "n", yes: "y"))
        let table = Table(
            [("Active", .level(codes: [0, 1, 1, 1], levels: ["n", "y"]))],
            rowCount: 4
        )
        let fitted = try FeaturePlan(schema(of: [column]), encoding: .scores).fit(table)
        #expect(fitted.encodedNames == ["Active"])
        #expect(fitted.encodedColumns[0].mean == 0.75)
        let encoded = try (0 ... 1).map { try fitted.encodedDoubles(table, row: $0)[0] }
        #expect(abs(encoded[0] + 0.75 / 0.1875.squareRoot()) < 1e-12)
        #expect(abs(encoded[1] - 0.25 / 0.1875.squareRoot()) < 1e-12)
    }

    @Test func `nulls take the mean, without the zeros that stand out, and are indicated`() throws {
        let amounts = (0 ..< 64).map { 1_000.5 + Double($0) }
        let values = amounts + [Double](repeating: 0, count: 34) + [.nan, .nan]
        let fitted = try fit("Balance", values, nulls: .impute)
        #expect(fitted.encodedNames == ["Balance", "Balance_nonzero", "Balance_missing"])
        #expect(fitted.features[0].substitute == 1_032)
        #expect(try fitted.encoded("Balance", of: "Balance", [.nan]) == [0])
        let missing = try #require(fitted.features[0].indicator)
        #expect(missing.deviation == 0.15, "two rows in a hundred are rare")
        let encoded = try fitted.encoded("Balance_missing", of: "Balance", [.nan, 5])
        #expect(abs(encoded[0] - 0.98 / 0.15) < 1e-12 && abs(encoded[1] + 0.02 / 0.15) < 1e-12)
        let nonzero = try fitted.encoded("Balance_nonzero", of: "Balance", [.nan, 5])
        #expect(nonzero[0] == nonzero[1], "a null counts as an amount")
    }

    @Test(arguments: [[1, .nan, 1, 4, 4, 4], [0.5, .nan, 1.5, 2.5, 3.5, 1]] as [[Double]])
    func `a null that the schema forbids is NaN`(values: [Double]) throws {
        let complete = values.filter { !$0.isNaN }
        let fitted = try fit("Products", complete)
        let table = Table([("Products", .number(values))], rowCount: values.count)
        for column in try fitted.encodedDoubles(table, row: 1) { #expect(column.isNaN) }
    }

    @Test(
        arguments: [[7, 7, 7], [3.5, 3.5, 3.5], [0, 0, 0]],
        FeatureEncoding.allCases.dropFirst()
    )
    func `constant columns vanish`(constant: [Double], encoding: FeatureEncoding) throws {
        let (table, schema) = numbers([("Same", constant), ("Age", [1.5, 2.5, 4])])
        let labels = [true, false, true]
        let fitted = try FeaturePlan(schema, encoding: encoding).fit(table, labels: labels)
        #expect(fitted.encodedNames == ["Age"])
        #expect(fitted.features.map(\.columns.count) == [0, 1])
        let (onlyTable, only) = numbers([("Same", constant)])
        let error = #expect(throws: FeatureError.self) {
            try FeaturePlan(only, encoding: encoding).fit(onlyTable, labels: labels)
        }
        #expect(error?.description.contains("there is nothing to learn from") == true)
    }

    @Test(arguments: FeatureEncoding.allCases.dropFirst())
    func `constant booleans and amounts vanish`(encoding: FeatureEncoding) throws {
        let boolean = ColumnSchema(name: "Flag", role: .feature, type: .boolean(no: "n", yes: "y"))
        let (_, other) = numbers([("Fee", [])])
        let fees = (0 ..< 40).map { $0 < 34 ? 0 : 2.5 }
        let table = Table(
            [
                ("Flag", .level(codes: fees.map { _ in 1 }, levels: ["n", "y"])),
                ("Fee", .number(fees)),
            ],
            rowCount: 40
        )
        let fitted = try FeaturePlan(schema(of: [boolean] + other.columns), encoding: encoding)
            .fit(table, labels: fees.map { $0 > 0 })
        #expect(fitted.encodedNames == ["Fee_nonzero"])
    }
}
