import Schema
import Tabular
import Testing

@Suite struct SchemaDecoderTests {
    private let schema = Schema(
        target: .init(column: "Left", positive: "Yes", negative: "No"),
        identifier: "Id",
        columns: [
            ColumnSchema(name: "Id", role: .identifier, type: .text),
            ColumnSchema(
                name: "Age",
                role: .feature,
                type: .number(minimum: 0, maximum: 170),
                outside: .error
            ),
            ColumnSchema(
                name: "Income",
                role: .feature,
                type: .number(minimum: nil, maximum: nil),
                nulls: .impute
            ),
            ColumnSchema(
                name: "Country",
                role: .feature,
                type: .levels(["France", "Germany", "Spain"])
            ),
            ColumnSchema(
                name: "City",
                role: .feature,
                type: .levels(["None", "Paris"]),
                nulls: .impute,
                unseen: .other
            ),
            ColumnSchema(name: "Card", role: .feature, type: .boolean(no: "0", yes: "1")),
            ColumnSchema(name: "Note", role: .ignored, type: .text),
            ColumnSchema(name: "Left", role: .target, type: .boolean(no: "No", yes: "Yes")),
        ]
    )
    private let header = ["Age", "Income", "Country", "City", "Card", "Left"]
    private let good = ["42", "1000.5", "Spain", "Paris", "1", "Yes"]

    private func decode(_ rows: [[String]], needsTarget: Bool = true) throws -> DecodedBatch {
        try SchemaDecoder(schema, header: header, needsTarget: needsTarget)
            .decode(RecordBatch(columnCount: header.count, rows: rows))
    }

    @Test func `decodes every type`() throws {
        let decoded = try decode([good, ["18", "", "France", "None", "0", "No"]])
        #expect(decoded.violations.isEmpty)
        #expect(decoded.acceptedRows == [0, 1])
        #expect(decoded.labels == [true, false])
        #expect(decoded.table.names == ["Age", "Income", "Country", "City", "Card"])
        #expect(decoded.table["Age"] == .number([42, 18]))
        #expect(
            decoded.table["Country"]
                == .level(codes: [2, 0], levels: ["France", "Germany", "Spain"])
        )
        // "None" is a null value, but the column lists it as a level.
        #expect(decoded.table["City"] == .level(codes: [1, 0], levels: ["None", "Paris"]))
        #expect(decoded.table["Card"] == .level(codes: [1, 0], levels: ["0", "1"]))
        guard case .number(let incomes) = decoded.table["Income"] else {
            Issue.record("Income is no number")
            return
        }
        #expect(incomes[0] == 1000.5)
        #expect(incomes[1].isNaN)
    }

    @Test func `scoring needs no target`() throws {
        let decoder = try SchemaDecoder(
            schema,
            header: ["x", "Card", "Age", "City", "Id", "Country", "Income"],
            needsTarget: false
        )
        #expect(decoder.identifierColumn == 4)
        let batch = RecordBatch(
            columnCount: 7,
            rows: [["?", "0", "30", "Rome", "7", "Spain", "NA"]]
        )
        let decoded = decoder.decode(batch)
        #expect(decoded.labels.isEmpty)
        #expect(decoded.violations.isEmpty)
        #expect(decoded.table["City"] == .level(codes: [-2], levels: ["None", "Paris"]))
        #expect(decoded.table["Age"] == .number([30]))
    }

    @Test(
        arguments: [
            (0, "abc", "\"abc\" is not a number; write a number"),
            (0, "", "the field is empty; fill it in, or accept empty fields with nulls: impute"),
            (0, "  ", "the field is empty; fill it in, or accept empty fields with nulls: impute"),
            (0, "NA", "\"NA\" is empty; fill it in, or accept empty fields with nulls: impute"),
            (
                0, "4200",
                "\"4200\" is above the maximum 170; correct it, or change maximum if it is right"
            ),
            (
                0, "-1",
                "\"-1\" is below the minimum 0; correct it, or change minimum if it is right"
            ),
            (0, "n/a", "\"n/a\" is not a number; write a number"),
            (0, "inf", "\"inf\" is not a number; write a number"),
            (1, "12x", "\"12x\" is not a number; write a number or leave it empty"),
            (1, "1,5", "\"1,5\" is not a number; write a number or leave it empty"),
            (
                2, "germany",
                "\"germany\" is not a level of this column; did you mean \"Germany\"? "
                    + "(unseen: other accepts new levels)"
            ),
            (
                2, "Italy",
                "\"Italy\" is not a level of this column; it is one of \"France\", \"Germany\", \"Spain\" "
                    + "(unseen: other accepts new levels)"
            ),
            (4, "2", "\"2\" is neither \"0\" nor \"1\"; write one of them"),
            (4, "", "the field is empty; fill it in, or accept empty fields with nulls: impute"),
            (
                5, "Maybe",
                "\"Maybe\" is neither \"No\" nor \"Yes\"; write one of them, or say with others: exclude or "
                    + "others: negative under target what other levels mean"
            ),
        ] as [(Int, String, String)]
    )
    func `says what is wrong`(column: Int, value: String, message: String) throws {
        var bad = good
        bad[column] = value
        let decoded = try decode([good, bad, good])
        #expect(
            decoded.violations.map(\.description) == [
                "line 3, column \"\(header[column])\": \(message)"
            ]
        )
        #expect(decoded.rejectedRows == [1])
        #expect(decoded.acceptedRows == [0, 2])
        #expect(decoded.table.rowCount == 2)
        #expect(decoded.labels == [true, true])
    }

    @Test(arguments: [
        (0, " 42 ", 42.0), (0, "+42", 42), (0, "4.2e1", 42), (4, "1.0", 1), (4, "0.0", 0),
    ])
    func `is lenient where the meaning is clear`(column: Int, text: String, value: Double) throws {
        var row = good
        row[column] = text
        let decoded = try decode([row])
        #expect(decoded.violations.isEmpty)
        #expect(decoded.table[header[column]]?.numbers == .number([value]))
    }

    @Test func `violations come by row, then by column`() throws {
        let decoded = try decode([
            ["x", "1", "Spain", "Paris", "1", "Yes"], good,
            ["y", "z", "Mars", "Paris", "9", "?"],
        ])
        #expect(
            decoded.violations.map { "\($0.row) \($0.column ?? "")" }
                == ["0 Age", "2 Age", "2 Income", "2 Country", "2 Card", "2 Left"]
        )
        #expect(decoded.rejectedRows == [0, 2])
    }

    @Test func `long values are cut`() throws {
        var row = good
        row[0] = String(repeating: "9", count: 500) + "x"
        let violation = try #require(try decode([row]).violations.first)
        #expect(violation.value.count == 40)
        #expect(violation.description.count < 120)
    }

    @Test func `names every missing column at once`() {
        do {
            _ = try SchemaDecoder(
                schema,
                header: ["age", "Income", "Country", "Card", "Card"],
                needsTarget: true
            )
            Issue.record("no error")
        } catch {
            #expect(
                error.description
                    == "the file lacks 3 columns: \"Age\" (did you mean \"age\"?), \"City\", \"Left\"; "
                    + "its columns are \"age\", \"Income\", \"Country\", \"Card\", \"Card\"; "
                    + "the header names \"Card\" more than once; rename or remove the others"
            )
        }
        do {
            _ = try SchemaDecoder(schema, header: header.dropLast(), needsTarget: true)
            Issue.record("no error")
        } catch {
            #expect(
                error.description
                    == "the file lacks the column \"Left\"; its columns are \"Age\", \"Income\", "
                    + "\"Country\", \"City\", \"Card\""
            )
        }
    }

    @Test func `decimal commas`() throws {
        let decoder = try SchemaDecoder(
            schema,
            header: header,
            needsTarget: true,
            decimalComma: true
        )
        let rows = [
            ["42,5", "1000,25", "Spain", "Paris", "1", "Yes"],
            ["42", "1x5", "Spain", "", "1", "No"],
        ]
        let decoded = decoder.decode(RecordBatch(columnCount: 6, rows: rows))
        #expect(decoded.table["Age"] == .number([42.5]))
        #expect(
            decoded.violations.map(\.description) == [
                "line 3, column \"Income\": \"1x5\" is not a number; write a number or leave it empty"
            ]
        )
    }

    @Test func `malformed records are rejected whole`() throws {
        let decoded = try decode([good, ["42", "1"], good])
        #expect(decoded.rejectedRows == [1])
        #expect(
            decoded.violations.map(\.description) == [
                "line 3: the record has 2 fields, the header has 6; "
                    + "put fields that hold the delimiter between double quotes"
            ]
        )
        #expect(decoded.violations.map(\.value) == ["42,1"])
    }

    @Test func `an empty batch`() throws {
        let decoded = try decode([])
        #expect(decoded.table.rowCount == 0)
        #expect(decoded.acceptedRows.isEmpty)
        #expect(decoded.rejectedRows.isEmpty)
    }

    @Test(arguments: 1 ... 30)
    func `every row is accepted, rejected or left out`(seed: UInt64) throws {
        var random = Weyl(seed)
        let fields = [
            "", "1", "0", "Yes", "No", "Spain", "Paris", "NA", "x", " 7", "1e9", "\u{0}", "é",
        ]
        let rows = (0 ..< Int.random(in: 0 ... 60, using: &random)).map { _ in
            good.map {
                Int.random(in: 0 ..< 8, using: &random) == 0
                    ? fields.randomElement(using: &random) ?? "" : $0
            }
        }
        let decoded = try decode(rows)
        #expect(
            (decoded.acceptedRows + decoded.rejectedRows + decoded.unlabelledRows).sorted()
                == Array(rows.indices)
        )
        #expect(decoded.table.rowCount == decoded.acceptedRows.count)
        #expect(decoded.labels.count == decoded.acceptedRows.count)
        #expect(Set(decoded.violations.map(\.row)) == Set(decoded.rejectedRows))
        // One row at a time gives what the whole batch gives.
        for (index, row) in decoded.acceptedRows.enumerated() {
            let single = try decode([rows[row]])
            #expect(single.acceptedRows == [0])
            #expect(single.labels == [decoded.labels[index]])
        }
    }
}
