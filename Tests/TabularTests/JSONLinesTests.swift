import Tabular
import Testing

@Suite struct JSONLinesTests {
    @Test func `objects are records, whatever the order of their fields`() throws {
        let text = """
            {"id": "a", "age": 41, "note": null}

            {"age": 7.50, "id": "b", "plan": "x, \\"y\\"", "is": true}
            {"id": "\\u00e9\\ud83d\\ude00\\n", "age": NaN, "tags": ["p", {"q": "]"}], "is": false}
            """
        for blockSize in [1, 5, 1 << 20] {
            let reading = try read(text, blockSize: blockSize)
            #expect(reading.header == ["id", "age", "note", "plan", "is", "tags"])
            #expect(
                reading.rows.map(\.fields) == [
                    ["a", "41", "", "", "", ""], ["b", "7.50", "", "x, \"y\"", "true", ""],
                    ["é😀\n", "", "", "", "false", "[\"p\", {\"q\": \"]\"}]"],
                ]
            )
            #expect(reading.rows.map(\.line) == [1, 3, 4])
            #expect(reading.dialect == CSVDialect())
        }
    }

    @Test func `a field that only the last object has is a column`() throws {
        let lines = (0 ..< 20_000).map { "{\"a\":\($0),\"b\":\"x\"}\n" }.joined()
        let reading = try read(lines + "{\"a\":1,\"b\":\"y\",\"late\":5}\n")
        #expect(reading.header == ["a", "b", "late"])
        #expect(reading.rows.count == 20_001)
        #expect(reading.rows.last?.fields == ["1", "y", "5"])
        #expect(reading.rows.last?.line == 20_001)
    }

    @Test func `an array of objects reads the same`() throws {
        let text = "[\n  {\"a\": 1,\n   \"b\": 2},\n  {\"a\": 3}\n]\n"
        let reading = try read(text)
        #expect(reading.rows.map(\.fields) == [["1", "2"], ["3", ""]])
        #expect(reading.rows.map(\.line) == [2, 4])
    }

    @Test func `one column, and numbers beside decimal commas in texts`() throws {
        #expect(try read("{\"a\":\"\"}\n{\"a\":\"x\"}\n").rows.map(\.fields) == [[""], ["x"]])
        let reading = try read("{\"a\":1.5,\"b\":\"1,5\"}\n{\"a\":2,\"b\":\"2,5\"}\n")
        #expect(reading.dialect == CSVDialect())
        #expect(reading.rows.map(\.fields) == [["1.5", "1,5"], ["2", "2,5"]])
    }

    @Test(
        arguments: [
            ("{\"a\":1}\n{\"a\":", "line 2: this is no JSON Lines: the text ends within an object"),
            ("{\"a\":1}\nabc\n", "line 2: this is no JSON Lines: an object is expected"),
            (
                "{\"a\":1}\n{\"a\":x}\n",
                "line 2: this is no JSON Lines: an object's field can't be read"
            ),
            (
                "{\"a\":1}\n{\"a\":1,}\n",
                "line 2: this is no JSON Lines: an object's field can't be read"
            ),
            ("[{\"a\":1}", "line 1: this is no JSON Lines: the array is cut off"),
            (
                "{\"a\":\"\\ud800\"}",
                "line 1: this is no JSON Lines: an object's field can't be read"
            ),
        ]
    )
    func `what is broken says where`(text: String, message: String) {
        let error = #expect(throws: CSVError.self) { try read(text) }
        #expect(
            error?.description.hasSuffix(
                ", \(message); write one object of fields on each line"
            ) == true,
            "\(error?.description ?? "")"
        )
    }

    @Test func `a header in braces is CSV`() throws {
        #expect(try read("{a},b\n1,2\n").header == ["{a}", "b"])
    }
}
