import Features
import Foundation
import Schema
import Tabular
import Testing

/// What holds for every encoding.
@Suite struct EncodingTests {
    /// Every kind of number, a boolean and levels, with gaps on demand.
    private func sample(_ rows: Range<Int>, gaps: Bool) -> (table: Table, schema: Schema) {
        func number(_ gap: Int, _ value: (Int) -> Double) -> Column {
            .number(rows.map { gaps && $0 % 11 == gap ? .nan : value($0) })
        }
        let plans = ["basic", "plus", "pro"]
        let columns: [(String, ColumnType, Column)] = [
            (
                "Age", .number(minimum: nil, maximum: nil),
                number(1) { Double(18 + $0 * 37 % 61) / 2 }
            ),
            (
                "Balance", .number(minimum: nil, maximum: nil),
                number(2) { $0 % 3 == 0 ? 0 : 900.25 + Double($0 * 53 % 997) }
            ),
            ("Products", .number(minimum: nil, maximum: nil), number(3) { Double($0 * 7 % 4) }),
            (
                "Active", .boolean(no: "no", yes: "yes"),
                .level(
                    codes: rows.map { gaps && $0 % 11 == 4 ? -1 : Int32($0 / 3 % 2) },
                    levels: ["no", "yes"]
                )
            ),
            (
                "Plan", .levels(plans),
                .level(
                    codes: rows.map {
                        gaps && $0 % 11 == 5 ? Int32($0 % 2 - 2) : Int32($0 * 5 % 3)
                    },
                    levels: plans
                )
            ),
        ]
        return (
            Table(columns.map { ($0.0, $0.2) }, rowCount: rows.count),
            schema(
                of: columns.map {
                    ColumnSchema(
                        name: $0.0,
                        role: .feature,
                        type: $0.1,
                        nulls: gaps ? .impute : .error,
                        unseen: gaps ? .other : .error
                    )
                }
            )
        )
    }

    private func fit(_ encoding: FeatureEncoding, gaps: Bool) throws -> FittedFeatures {
        let (table, schema) = sample(0 ..< 600, gaps: gaps)
        let labels = (0 ..< 600).map { $0 * 37 % 61 > 40 || $0 * 53 % 997 < 200 && $0 % 3 > 0 }
        return try FeaturePlan(schema, encoding: encoding).fit(table, labels: labels)
    }

    @Test(arguments: FeatureEncoding.allCases, [false, true])
    func `encodes as one row at a time in double precision`(
        encoding: FeatureEncoding,
        gaps: Bool
    ) throws {
        let fitted = try fit(encoding, gaps: gaps)
        // Rows with gaps that a model without them does not expect, too.
        for holes in [false, true] {
            let (table, _) = sample(500 ..< 800, gaps: holes)
            let matrix = try fitted.encode(table)
            #expect(matrix.columnCount == fitted.encodedColumns.count)
            for row in 0 ..< 300 {
                let doubles = try fitted.encodedDoubles(table, row: row)
                #expect(doubles.count == matrix.columnCount)
                for (column, value) in doubles.enumerated() {
                    let encoded = matrix[row: row, column: column]
                    #expect(encoded == Float(value) || encoded.isNaN && value.isNaN)
                    #expect(!encoded.isNaN || holes && !gaps)
                }
            }
        }
    }

    @Test func `names say what is read`() throws {
        #expect(
            try fit(.scores, gaps: true).encodedNames == [
                "Age", "Age_missing", "Balance", "Balance_nonzero", "Balance_missing",
                "Products_0", "Products_1", "Products_2", "Products_3", "Products_missing",
                "Active", "Active_missing", "Plan_basic", "Plan_plus", "Plan_pro", "Plan_missing",
            ]
        )
        let pieces = try fit(.pieces, gaps: false).encodedNames
        #expect(pieces.filter { $0.hasPrefix("Age_") } == ["Age_9..29.25", "Age_29.25..39"])
        #expect(pieces.contains { $0.hasPrefix("Balance_901.25..") })
        #expect(Set(pieces).count == pieces.count)
    }

    @Test func `ramps leave out the zeros that stand out`() throws {
        let fitted = try fit(.pieces, gaps: false)
        let ramps = fitted.features[1].columns.filter { $0.name != "Balance_nonzero" }
        #expect(ramps.count > 1)
        for (place, ramp) in ramps.enumerated() {
            guard case .ramp(let from, let to, let skipsZero) = ramp.reading else {
                Issue.record("\(ramp.name) is no ramp")
                continue
            }
            #expect(skipsZero)
            if place == 0 { #expect(from == 901.25) }
            #expect(ramp.encoded(0) == ramp.encoded(from))
            #expect(ramp.encoded(from - 1) == ramp.encoded(from))
            #expect(abs(ramp.encoded((from + to) / 2) * ramp.deviation - 0.5 + ramp.mean) < 1e-12)
            #expect(ramp.encoded(to) == ramp.encoded(1e12))
            #expect(ramp.deviation >= 0.1 && ramp.encoded(to) > ramp.encoded(from))
            #expect(ramp.encoded(.nan).isNaN)
        }
    }

    @Test(arguments: FeatureEncoding.allCases, [false, true])
    func `reads back equal`(encoding: FeatureEncoding, gaps: Bool) throws {
        let fitted = try fit(encoding, gaps: gaps)
        let json = try JSONEncoder().encode(fitted)
        #expect(try JSONDecoder().decode(FittedFeatures.self, from: json) == fitted)
    }

    @Test(
        arguments: [
            (.ramp(from: 2, to: 2, skipsZero: false), 1, nil, "no rising ramp"),
            (.ramp(from: 3, to: 2, skipsZero: true), 1, nil, "no rising ramp"),
            (.ramp(from: -1e308, to: 1e308, skipsZero: true), 1, nil, "no rising ramp"),
            (.level(code: 0), 1, nil, "can't be read off it"),
            (.missing, 1, nil, "can't be read off it"),
            (.nonzero, 0, nil, "no finite mean and positive deviation"),
            (.range(from: nil, to: 2), -1, nil, "no finite mean and positive deviation"),
            (.value(skipsZero: true), 1, 0, "no finite mean and positive deviation"),
            (.value(skipsZero: true), 1, -4, "no finite mean and positive deviation"),
        ] as [(EncodedColumn.Reading, Double, Double?, String)]
    )
    func `columns that can't be read off a number are refused`(
        reading: EncodedColumn.Reading,
        deviation: Double,
        limit: Double?,
        message: String
    ) throws {
        let column = EncodedColumn("Bad", reading, mean: 0, deviation: deviation, limit: limit)
        let (table, schema) = numbers([("Age", [1.5, 2.5, 4])])
        let fitted = try FeaturePlan(schema, encoding: .scores).fit(table)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        func json(_ value: some Encodable) throws -> String {
            String(decoding: try encoder.encode(value), as: UTF8.self)
        }
        let (whole, part) = (try json(fitted), try json(fitted.encodedColumns[0]))
        #expect(whole.contains(part))
        let broken = whole.replacingOccurrences(of: part, with: try json(column))
        let error = #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(FittedFeatures.self, from: Data(broken.utf8))
        }
        let description = error.map { "\($0)" } ?? ""
        #expect(description.contains("Bad") && description.contains(message))
    }
}
