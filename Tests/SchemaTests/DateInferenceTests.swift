import Output
import Schema
import Testing

@Suite struct DateInferenceTests {
    private func inferred(
        _ fields: [String],
        named name: String = "Value",
        forms: [String: DateForm] = [:]
    ) throws -> (column: ColumnSchema, evidence: ColumnEvidence) {
        var file = CustomerFile.column(fields)
        file.header[0] = name
        var inference = SchemaInference(target: "Left")
        inference.dateForms = forms
        let result = try inference.infer(header: file.header, batches: file.batches())
        return (result.schema.columns[0], result.evidence[0])
    }

    /// Sixty days of 2023 in a form, each day of a month among them.
    private func days(_ text: (_ year: Int, _ month: Int, _ day: Int) -> String) -> [String] {
        (0 ..< 60).map { number in
            let (year, month, day) = Day(number: 19_400 + number * 7).civil
            return text(year, month, day)
        }
    }

    private static func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

    @Test func `forms are found over the column`() throws {
        let pad = Self.padded
        let names = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        let columns: [(DateForm, [String])] = [
            (.iso, days { "\($0)-\(pad($1))-\(pad($2))" }),
            (.iso, days { "\($0)-\(pad($1))-\(pad($2)) 10:00:00+02:00" }),
            (.iso, days { "\($0)\(pad($1))\(pad($2))" }), (.ymd, days { "\($0)/\($1)/\($2)" }),
            (.dmy, days { "\(pad($2))/\(pad($1))/\($0)" }), (.dmy, days { "\($2).\($1).\($0)" }),
            (.mdy, days { "\($1)/\($2)/\($0) 1:30 PM" }),
            (.named, days { "\($2) \(names[$1 - 1]) \($0)" }),
            (.month, days { year, month, _ in "\(year)-\(pad(month))" }),
            (.month, days { year, month, _ in "\(pad(month))/\(year)" }),
        ]
        for (form, fields) in columns {
            let found = try inferred(fields)
            #expect(found.column.type == .date(form), "\(fields[0])")
            #expect(found.column.role == .feature && found.column.nulls == .error)
            #expect(found.evidence.dates?.lowerBound.civil.year == 2023)
        }
    }

    @Test func `where day and month can be exchanged, a person is asked`() throws {
        let fields = (0 ..< 60).map { "0\($0 % 9 + 1)/0\($0 % 7 + 1)/2023" }
        let error = #expect(throws: SchemaInferenceError.self) { try inferred(fields) }
        #expect(error?.exitStatus == .usage)
        #expect(
            error?.description
                == "the dates of the column \"Value\" can be read as dmy or mdy (01/01/2023); say which with "
                + "--date \"Value=dmy\" or --date \"Value=mdy\" (as flags of retain init, or as form: in retain.yaml)"
        )
        #expect(try inferred(fields, forms: ["Value": .mdy]).column.type == .date(.mdy))
        #expect(try inferred(fields, forms: ["Value": .dmy]).column.type == .date(.dmy))
    }

    @Test func `so it is where a column has both orders`() {
        let fields = (1 ... 60).map {
            $0 % 2 == 0 ? "13/0\($0 % 9 + 1)/2023" : "0\($0 % 9 + 1)/14/2023"
        }
        let error = #expect(throws: SchemaInferenceError.self) { try inferred(fields) }
        #expect(error?.description.contains("mixes dates that are only dmy or mdy") == true)
    }

    @Test func `a form for what is no such column stops`() {
        let fields = days { "\($0)-\(Self.padded($1))-\(Self.padded($2))" }
        #expect(
            throws: SchemaInferenceError.unknownDate("Nobody", header: ["Value", "Left", "Age"])
        ) {
            try inferred(fields, forms: ["Nobody": .iso])
        }
        #expect(throws: SchemaInferenceError.noDates(column: "Value", form: .dmy)) {
            try inferred(fields, forms: ["Value": .dmy])
        }
    }

    @Test(arguments: [
        ("created_at", DateForm.epoch, 1.0), ("lastSeen", .epoch, 1),
        ("EVENT_TS", .epochMilliseconds, 1000),
    ])
    func `seconds are dates where the name says so`(
        name: String,
        form: DateForm,
        unit: Double
    ) throws {
        let fields = (0 ..< 60).map { "\(Int((1_690_000_000 + Double($0 * 90_001)) * unit))" }
        #expect(try inferred(fields, named: name).column.type == .date(form))
        let plain = try inferred(fields, named: "balance")
        #expect(plain.column.type.kind != .date)
        #expect(plain.evidence.reason.contains("write type: date and form: \(form.rawValue)"))
        #expect(
            try inferred(fields, named: "balance", forms: ["balance": form]).column.type
                == .date(form)
        )
    }

    @Test func `mistakes and dates that mean never are told`() throws {
        var fields = days { "\($0)-\(Self.padded($1))-\(Self.padded($2))" }
        fields[3] = "9999-12-31"
        fields[5] = "tomorrow"
        let found = try inferred(fields)
        #expect(found.column.type == .date(.iso) && found.column.nulls == .impute)
        #expect(found.evidence.nullCount == 1)
        #expect(
            found.evidence.reason
                == "1 field is no date, as \"tomorrow\"; add it to null_values if it means empty"
        )
    }

    @Test func `a date far behind all others is told`() throws {
        var fields = (0 ..< 200).map { Day(number: 19_000 + $0 * 3).description }
        #expect(try inferred(fields).evidence.reason.isEmpty)
        fields[7] = "2203-10-31"
        #expect(
            try inferred(fields).evidence.reason.hasPrefix(
                "only a few dates lie after 2023-08-28, the last on 2203-10-31; correct them"
            )
        )
        // Half of them are no mistake.
        let apart = (0 ..< 200).map {
            Day(number: $0 % 4 < 2 ? 10_000 + $0 : 19_000 + $0).description
        }
        #expect(try inferred(apart).evidence.reason.isEmpty)
    }

    @Test(arguments: [
        (0 ..< 60).map { "\($0 % 5 + 1).\($0 % 9 + 1).\($0 % 12 + 1)" },
        (0 ..< 60).map { "\(20_230_000 + $0 * 97)" }, (0 ..< 60).map { "plan \($0 % 4)" },
        (0 ..< 60).map { "\($0 % 12 + 1)-\($0 % 30 + 10)" }, (0 ..< 60).map { "\(202_300 + $0)" },
    ])
    func `versions, amounts and plans are no dates`(fields: [String]) throws {
        #expect(try inferred(fields).column.type.kind != .date)
    }

    @Test func `a date may lie ahead where its name says so, and a snapshot is the reference`()
        throws
    {
        let file = CustomerFile(
            header: ["joined", "contract_end", "seen", "snapshot_date", "left"],
            rows: (0 ..< 80).map { row in
                let day = Day(number: 19_000 + row * 3)
                return [
                    day.description, Day(number: 19_300 + row * 2).description,
                    Day(number: day.number + 100).description, "2023-01-31",
                    row % 3 == 0 ? "1" : "0",
                ]
            }
        )
        let schema = try file.schema(target: "left").schema
        #expect(schema.columns[0].type == .date(.iso))
        #expect(schema.columns[1].type == .date(.iso, mayBeAhead: true))
        #expect(schema.columns[3].type == .date(.iso) && schema.columns[3].role == .constant)
        #expect(schema.dates == DateReference(column: "snapshot_date"))
    }

    @Test func `rows of several snapshots have a day each`() throws {
        func file(late: Bool) -> CustomerFile {
            CustomerFile(
                header: ["joined", "snapshot", "left"],
                rows: (0 ..< 80).map { row in
                    let drawn = Day(number: 19_000 + row % 4 * 91)
                    let joined = Day(number: drawn.number - (late && row % 2 == 0 ? -1 : row * 5))
                    return [joined.description, drawn.description, row % 3 == 0 ? "1" : "0"]
                }
            )
        }
        let schema = try file(late: false).schema(target: "left").schema
        #expect(schema.dates == DateReference(column: "snapshot"))
        #expect(schema.columns[1].role == .ignored && schema.features.map(\.name) == ["joined"])
        // What was written down later was not drawn then.
        #expect(try file(late: true).schema(target: "left").schema.dates == nil)
    }
}
