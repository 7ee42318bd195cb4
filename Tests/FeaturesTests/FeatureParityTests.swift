import Features
import Foundation
import Schema
import Tabular
import TestSupport
import Testing

/// Against numbers that pandas and scikit-learn made (Scripts/fixtures/features.py).
@Suite struct FeatureParityTests {
    @Test(arguments: ["complete", "gaps"])
    func `equals get_dummies and StandardScaler to 1e-12`(name: String) throws {
        let fixture = try Fixture.load()
        let expected = name == "gaps" ? fixture.gaps : fixture.complete
        let table = expected.table
        let fitted = try FeaturePlan(expected.schema)
            .fit(expected.table(rows: 0 ..< fixture.trainingRows))

        #expect(fitted.encodedNames == expected.names)
        for (place, column) in fitted.encodedColumns.enumerated() {
            #expect(isClose(column.mean, expected.means[place]), "\(column)")
            #expect(isClose(column.deviation, expected.deviations[place]), "\(column)")
        }
        let matrix = try fitted.encode(table)
        #expect(matrix.rowCount == 80 && matrix.columnCount == expected.names.count)
        for row in 0 ..< table.rowCount {
            let encoded = try fitted.encodedDoubles(table, row: row)
            #expect(encoded.count == expected.encoded[row].count)
            for (column, value) in encoded.enumerated() {
                let wanted = expected.encoded[row][column]
                #expect(
                    isClose(value, wanted),
                    "row \(row), \(expected.names[column]): \(wanted)"
                )
                #expect(matrix[row: row, column: column] == Float(value))
            }
        }
    }

    private func isClose(_ value: Double, _ expected: Double) -> Bool {
        abs(value - expected) <= 1e-12 * max(1, abs(expected))
    }
}

private struct Fixture: Decodable {
    let trainingRows: Int
    let complete: Case
    let gaps: Case

    static func load() throws -> Self { try fixture("features", as: Self.self, in: .module) }

    struct Case: Decodable {
        let impute: Bool
        let columns: [Field]
        let names: [String]
        let means: [Double]
        let deviations: [Double]
        let encoded: [[Double]]

        var schema: Schema {
            Schema(
                target: .init(column: "Left", positive: "1", negative: "0"),
                identifier: nil,
                columns: columns.map { field in
                    ColumnSchema(
                        name: field.name,
                        role: .feature,
                        type: field.type,
                        nulls: impute ? .impute : .error,
                        unseen: .other
                    )
                }
            )
        }

        var table: Table { table(rows: 0 ..< (columns.first?.values.count ?? 0)) }

        func table(rows: Range<Int>) -> Table {
            Table(columns.map { ($0.name, $0.column(rows)) }, rowCount: rows.count)
        }
    }

    struct Field: Decodable {
        let name: String
        let kind: String
        let levels: [String]?
        let values: [Value?]

        var type: ColumnType {
            switch kind {
            case "levels": .levels(levels ?? [])
            case "boolean": .boolean(no: "0", yes: "1")
            default: .number(minimum: nil, maximum: nil)
            }
        }

        func column(_ rows: Range<Int>) -> Column {
            guard let levels else {
                let numbers = values[rows].map { value -> Double? in
                    if case .number(let number) = value { number } else { nil }
                }
                guard kind == "boolean" else { return .number(numbers.map { $0 ?? .nan }) }
                return .level(
                    codes: numbers.map { $0.map { Int32($0) } ?? -1 },
                    levels: ["0", "1"]
                )
            }
            return .level(
                codes: values[rows].map { value in
                    guard case .text(let text) = value else { return -1 }
                    return levels.firstIndex(of: text).map(Int32.init) ?? -2
                },
                levels: levels
            )
        }
    }

    enum Value: Decodable {
        case number(Double)
        case text(String)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else {
                self = .text(try container.decode(String.self))
            }
        }
    }
}
