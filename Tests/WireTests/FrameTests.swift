import Schema
import Testing
import Wire

@Suite struct FrameTests {
    private static let decoder = CustomerDecoder(
        Schema(
            target: .init(column: "Left", positive: "1", negative: "0"),
            identifier: nil,
            columns: [
                ColumnSchema(
                    name: "Age",
                    role: .feature,
                    type: .number(minimum: 18, maximum: 100),
                    outside: .error
                ),
                ColumnSchema(
                    name: "Land",
                    role: .feature,
                    type: .levels(["a", "b"]),
                    nulls: .impute
                ),
            ]
        )
    )

    @Test(arguments: [
        #"{"dataframe_split": {"columns": ["Age", "Land"], "data": [[20, "a"], [30, null]]}}"#,
        #"{"dataframe_split": {"index": [0, 1], "data": [["b", "a", 20], ["x", null, 30]], "columns": ["No", "land", "age"]}}"#,
        #"{"dataframe_records": [{"Age": 20, "Land": "a"}, {"Age": 30}]}"#,
        #"{"params": {"a": [1]}, "instances": [{"Age": 20, "Land": "a"}, {"Age": 30, "Land": null}]}"#,
        #"{"inputs": {"Age": [20, 30], "Land": ["a", null]}}"#,
        #"{"inputs": [{"Age": 20, "Land_b": 0}, {"Age": 30}]}"#,
    ])
    func `the same customers in all forms`(json: String) throws {
        let rows = try Self.decoder.frame(Array(json.utf8))
        #expect(rows.problems.isEmpty && rows.coded.values == [20, 0, 30, -1])
    }

    @Test func `one customer without a list`() throws {
        let rows = try Self.decoder.frame(Array(#"{"inputs": {"Age": 20, "Land": "b"}}"#.utf8))
        #expect(rows.coded.values == [20, 1])
    }

    @Test(arguments: [
        "", "[]", "{}", "7", #"{"dataframe_split": []}"#,
        #"{"dataframe_split": {"columns": ["Age"]}}"#,
        #"{"dataframe_split": {"data": [[1]]}}"#,
        #"{"dataframe_split": {"columns": [1], "data": []}}"#,
        #"{"dataframe_records": {}}"#, #"{"instances": 1}"#,
        #"{"inputs": {"Age": [1], "Land": []}}"#,
        #"{"inputs": {"Age": [20]}, "instances": []}"#, #"{"inputs": {"Age": [20]}} x"#,
    ])
    func `other forms are refused`(json: String) {
        #expect(throws: JSONError.self) { try Self.decoder.frame(Array(json.utf8)) }
    }

    @Test func `every wrong field with its place`() throws {
        let json = #"""
            {"dataframe_split": {"columns": ["Age", "Land"],
             "data": [[1, "a"], 5, [20, "a", 1], [20], [30, "c"], [{}, "b"], [40, "b"]]}}
            """#
        let rows = try Self.decoder.frame(Array(json.utf8))
        #expect(rows.count == 7)
        #expect(rows.problems.map(\.index) == [0, 1, 2, 3, 4, 5])
        #expect(rows.problems.map(\.field) == ["Age", nil, nil, nil, "Land", "Age"])
    }
}
