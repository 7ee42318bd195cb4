import Schema
import Testing
import Wire

/// Dates in requests, counted back from a day that the request may say.
@Suite struct RequestDatesTests {
    private static func schema(_ dates: DateReference? = nil) -> Schema {
        Schema(
            target: .init(column: "Left", positive: "1", negative: "0"),
            identifier: nil,
            columns: [
                ColumnSchema(name: "Joined", role: .feature, type: .date(.dmy)),
                ColumnSchema(name: "Seen", role: .feature, type: .date(.epoch), nulls: .impute),
                ColumnSchema(name: "Drawn", role: .constant, type: .date(.iso)),
                ColumnSchema(name: "Left", role: .target, type: .boolean(no: "0", yes: "1")),
            ],
            dates: dates
        )
    }
    private static let today = Day("2023-11-30") ?? Day(number: 0)

    private func decoder(_ dates: DateReference? = nil) -> CustomerDecoder {
        CustomerDecoder(Self.schema(dates), today: { Self.today })
    }

    @Test(
        arguments: [
            (#"{"Joined": "31/10/2023", "Seen": 1698710400}"#, "2023-11-30", [30, 30]),
            (
                #"{"as_of": "2023-10-31", "Joined": "31/10/2023", "Seen": null}"#, "2023-10-31",
                [0, nil]
            ),
            (#"{"Joined": 412, "Seen": "P7D", "as_of": null}"#, "2023-11-30", [412, 7]),
            (
                #"{"Joined": "P412D", "AS OF": "20231101", "Seen": "1698710400"}"#, "2023-11-01",
                [412, 1]
            ),
            (#"{"Joined": "1.10.2023", "Drawn": "2023-10-31"}"#, "2023-11-30", [60, nil]),
        ] as [(String, String, [Double?])]
    )
    func `dates are counted back from as_of, else from the present day`(
        json: String,
        day: String,
        ages: [Double?]
    ) throws {
        let rows = try decoder().customers(Array(json.utf8))
        #expect(rows.problems.isEmpty, "\(rows.problems)")
        #expect(rows.asOf.map(\.description) == [day])
        #expect(rows.coded.values.map { $0.isNaN ? nil : $0 } == ages)
    }

    @Test func `each customer has a day of its own`() throws {
        let json =
            #"[{"Joined": "1/10/2023", "Drawn": "2023-10-31"}, {"Joined": "1/10/2023"}, "#
            + #"{"Joined": "1/10/2023", "Drawn": "2023-10-31", "as_of": "2023-10-02"}]"#
        let rows = try decoder(DateReference(column: "Drawn")).customers(Array(json.utf8))
        #expect(rows.asOf.map(\.description) == ["2023-10-31", "2023-11-30", "2023-10-02"])
        #expect((0 ..< 3).map { rows.coded[row: $0, column: 0] } == [30, 60, 1])
    }

    @Test(
        arguments: [
            (
                #"{"Joined": "1/10/2023", "as_of": "soon"}"#, "as_of",
                "\"soon\" is no date; write it as 2023-10-31"
            ),
            (
                #"{"Joined": "1/10/2023", "as_of": 20231031}"#, "as_of",
                "is no date; write it as \"2023-10-31\""
            ),
            (
                #"{"Joined": "1/10/2023", "as_of": []}"#, "as_of",
                "is neither a number nor a text; write one of them"
            ),
            (
                #"{"Joined": "2023-10-01"}"#, "Joined",
                "\"2023-10-01\" is no date of the form dmy; write it as 31/10/2023"
            ),
            (#"{"Joined": {}}"#, "Joined", "is neither a number nor a text; write one of them"),
            (
                #"{"Joined": "1/10/2023", "Joined": "1/10/2023"}"#, "Joined",
                "is given more than once; give it once"
            ),
            (#"{"Seen": 1698710400}"#, "Joined", "is missing; add it"),
        ] as [(String, String, String)]
    )
    func `says what is wrong`(json: String, field: String, problem: String) throws {
        let rows = try decoder().customers(Array(json.utf8))
        #expect(rows.problems.map(\.description) == ["\(field): \(problem)."])
    }

    @Test func `MLflow's params and the tensors' parameters say it for all`() throws {
        let frame =
            #"{"params": {"as_of": "2023-10-31"}, "dataframe_records": [{"Joined": "1/10/2023"}, "#
            + #"{"Joined": "1/10/2023", "as_of": "2023-10-03"}]}"#
        let rows = try decoder().frame(Array(frame.utf8))
        #expect(rows.asOf.map(\.description) == ["2023-10-31", "2023-10-03"])
        let tensors =
            #"{"inputs": [{"name": "Joined", "shape": [2], "datatype": "BYTES", "data": "#
            + #"["1/10/2023", "2/10/2023"]}], "parameters": {"as_of": "2023-10-31"}}"#
        let inference = try decoder().inference(Array(tensors.utf8))
        #expect(inference.rows.problems.isEmpty)
        #expect((0 ..< 2).map { inference.rows.coded[row: $0, column: 0] } == [30, 29])
        let days =
            #"{"inputs": [{"name": "Joined", "shape": [1], "datatype": "FP64", "data": [30]}]}"#
        #expect(try decoder().inference(Array(days.utf8)).rows.coded.values[0] == 30)
    }

    @Test func `what is derived from a date need not be given`() throws {
        var schema = Self.schema()
        schema.columns[1] = ColumnSchema(
            name: "Joined_month_sin",
            role: .feature,
            type: .cycle(.monthSine, of: "Joined", .dmy),
            nulls: .impute
        )
        let decoder = CustomerDecoder(schema, today: { Self.today })
        for (json, values) in [
            (#"{"Joined": "1/10/2023"}"#, [60, -1]), (#"{"Joined": 60}"#, [60, -1]),
            (#"{"Joined": "P60D", "Joined_month_sin": "month_sin 0.5"}"#, [60, 0.5]),
            (#"{"Joined": 60, "Joined_month_sin": 0.5}"#, [60, 0.5]),
        ] as [(String, [Double])] {
            let rows = try decoder.customers(Array(json.utf8))
            #expect(rows.problems.isEmpty, "\(rows.problems)")
            #expect(rows.coded.values == values)
        }
    }

    @Test func `a schema without dates knows no such field`() throws {
        var schema = Self.schema()
        schema.columns[0].type = .number(minimum: nil, maximum: nil)
        schema.columns[1].role = .ignored
        let rows = try CustomerDecoder(schema).customers(Array(#"{"Joined": 3, "as_of": []}"#.utf8))
        #expect(rows.problems.isEmpty && rows.asOf.isEmpty && rows.coded.values == [3])
    }
}
