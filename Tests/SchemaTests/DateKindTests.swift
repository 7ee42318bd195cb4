import Schema
import Tabular
import Testing

/// Dates of a file, coded as days before a day.
@Suite struct DateKindTests {
    private static func schema(_ dates: DateReference? = nil) -> Schema {
        Schema(
            target: .init(column: "Left", positive: "1", negative: "0"),
            identifier: nil,
            columns: [
                ColumnSchema(name: "Joined", role: .feature, type: .date(.dmy)),
                ColumnSchema(name: "Seen", role: .feature, type: .date(.iso), nulls: .impute),
                ColumnSchema(
                    name: "Ends",
                    role: .feature,
                    type: .date(.iso, mayBeAhead: true),
                    nulls: .impute
                ),
                ColumnSchema(name: "Drawn", role: .constant, type: .date(.iso)),
                ColumnSchema(name: "Left", role: .target, type: .boolean(no: "0", yes: "1")),
            ],
            dates: dates
        )
    }
    private static let header = ["Joined", "Seen", "Ends", "Drawn", "Left"]
    private static let rows = [
        ["31/12/2022", "2023-10-30T23:30:00-03:00", "2024-01-01", "2023-10-31", "1"],
        ["01/01/2023", "0000-00-00", "", "2023-11-02", "0"],
        ["5.1.2023", "P30D", "-P3D", "2023-10-31", "0"],
    ]

    private func decode(
        _ rows: [[String]] = rows,
        _ schema: Schema = schema(),
        given: String? = nil
    ) throws -> (decoded: DecodedBatch, asOf: AsOf?) {
        let batch = RecordBatch(columnCount: 5, rows: rows)
        let asOf = schema.asOf([batch], header: Self.header, given: given.flatMap(Day.init))
        let decoder = try SchemaDecoder(schema, header: Self.header, needsTarget: true, asOf: asOf)
        return (decoder.decode(batch), asOf)
    }

    private func ages(_ decoded: DecodedBatch, _ name: String) -> [Double?] {
        guard case .number(let ages) = decoded.table[name] else { return [] }
        return ages.map { $0.isNaN ? nil : $0 }
    }

    @Test func `ages are days before the newest date that lies in the past`() throws {
        let (decoded, asOf) = try decode()
        #expect(decoded.violations.isEmpty, "\(decoded.violations)")
        #expect(asOf == AsOf(Day("2023-10-31"), .newest))
        #expect(ages(decoded, "Joined") == [304, 303, 299])
        #expect(ages(decoded, "Seen") == [0, nil, 30])
        #expect(ages(decoded, "Ends") == [-62, nil, -3])
    }

    @Test func `a given day comes before a column, a column before what is set`() throws {
        let column = Self.schema(DateReference(column: "Drawn"))
        let byRow = try decode(Self.rows, column)
        #expect(byRow.asOf == AsOf(nil, .column("Drawn")))
        #expect(ages(byRow.decoded, "Joined") == [304, 305, 299])
        let given = try decode(Self.rows, column, given: "2024-01-01")
        #expect(ages(given.decoded, "Joined") == [366, 365, 361])
        let set = Self.schema(DateReference(asOf: Day("2023-12-31")))
        #expect(try decode(Self.rows, set).asOf == AsOf(Day("2023-12-31"), .setting))
        #expect(set.asOf(scoring: Self.header, given: nil, today: Day(number: 9))?.source == .today)
        #expect(
            column.asOf(scoring: ["Joined"], given: nil, today: Day(number: 9))?.source == .today
        )
    }

    @Test(
        arguments: [
            (0, "12/31/2022", "\"12/31/2022\" is no date of the form dmy; write it as 31/10/2023"),
            (0, "412", "\"412\" is no date of the form dmy; write it as 31/10/2023"),
            (
                1, "soon",
                "\"soon\" is no date of the form iso; write it as 2023-10-31 or leave it empty"
            ),
            (
                0, "31/12/9999",
                "\"31/12/9999\" stands for no date; correct it, or accept it with nulls: impute"
            ),
            (3, "", "the field is empty; fill it in, or accept empty fields with nulls: impute"),
        ] as [(Int, String, String)]
    )
    func `says what is wrong`(column: Int, value: String, message: String) throws {
        var rows = Self.rows
        rows[1][column] = value
        let decoded = try decode(rows, Self.schema(DateReference(column: "Drawn"))).decoded
        #expect(
            decoded.violations.map(\.description)
                == ["line 3, column \"\(Self.header[column])\": \(message)"]
        )
        #expect(decoded.acceptedRows == [0, 2])
    }

    @Test func `an age written down is read as the same age`() {
        let type = ColumnType.date(.epoch)
        var rule = FieldRule(ColumnSchema(name: "X", role: .feature, type: type), nullValues: [])
        rule.reference = Day("2023-10-31")
        for age in [0.0, 1, -3, 412, 0.5, 99_999] {
            guard case .value(let value) = rule.read(type.text(of: age)) else {
                Issue.record("\(age) is not read")
                continue
            }
            #expect(value == age)
        }
    }

    @Test(arguments: [
        nil, DateReference(column: "Drawn"), DateReference(asOf: Day("2023-12-31")),
    ])
    func `retain_yaml keeps kind, form and reference`(dates: DateReference?) throws {
        let schema = Self.schema(dates)
        let again = try StrictMapping.read(schema.yaml(), file: "retain.yaml") {
            root throws(YAMLProblem) in
            try Schema(yaml: &root)
        }
        #expect(again == schema)
    }

    @Test func `a reference must be a column of dates`() {
        for (dates, problem) in [
            ("reference: Left", "the reference \"Left\" must be a column with type: date"),
            ("as_of: soon", "\"soon\" is no date; write it as 2023-10-31"),
        ] {
            let yaml = Self.schema().yaml() + "dates:\n  \(dates)\n"
            do {
                _ = try StrictMapping.read(yaml, file: "retain.yaml") { root throws(YAMLProblem) in
                    try Schema(yaml: &root)
                }
                Issue.record("\(dates) is taken")
            } catch {
                #expect(error.description.contains(problem), "\(error)")
            }
        }
    }

    @Test func `a model remembers the day, and repeats it on its own file only`() {
        let schema = Self.schema(DateReference(asOf: Day("2023-12-31")))
        let model = schema.trained(AsOf(Day("2023-12-31"), .setting))
        #expect(model.dates == DateReference(trained: Day("2023-12-31")))
        #expect(model.repeatingTraining.dates?.asOf == Day("2023-12-31"))
        #expect(model.withoutDays == schema.withoutDays)
        // A record holds ages: no one day is that of its rows.
        #expect(model.trained(nil).dates == nil)
        #expect(AsOf(nil, .newest).note == "No date is written as a day, so none is counted back.")
    }
}
