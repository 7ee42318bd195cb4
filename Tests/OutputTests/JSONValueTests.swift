import FoundationEssentials
import Output
import Testing

@Suite struct JSONValueTests {
    private let value: JSONValue = [
        "b": ["é\"\\\n", 1, 0.5, true, nil], "a": [:], "c": [], "d": .real(2), "e": .number(2),
        "f": .whole(UInt64.max),
    ]

    @Test(arguments: [
        (
            JSONValue.Form.compact,
            #"{"b":["é\"\\\u000a",1,0.5,true,null],"a":{},"c":[],"d":2.0,"e":2,"f":18446744073709551615}"#
        ),
        (
            .ascii,
            #"{"b":["\u00e9\"\\\u000a",1,0.5,true,null],"a":{},"c":[],"d":2.0,"e":2,"f":18446744073709551615}"#
        ),
        (
            .spaced,
            #"{"b": ["\u00e9\"\\\u000a", 1, 0.5, true, null], "a": {}, "c": [], "d": 2.0, "e": 2, "f": 18446744073709551615}"#
        ),
    ])
    func `members keep their order in every form`(form: JSONValue.Form, expected: String) {
        #expect(value.text(form) == expected)
    }

    @Test func `more members go behind, and only to an object`() {
        #expect(JSONValue.object([("a", 1)]).with(["b": 2]).text() == #"{"a":1,"b":2}"#)
        #expect(JSONValue.array([1]).with(["b": 2]).text() == "[1]")
    }

    private struct Thing: Codable, Equatable {
        var path = "a/b"
        var largeCount: UInt64 = .max
        var share = 0.1
        var whole = -3
        var isOn = false
        var list: [Double?] = [nil, 1e-7]
    }

    @Test func `what a type encodes comes back part by part, names in order`() throws {
        let found = try JSONValue(encoding: Thing())
        #expect(
            found.text()
                == #"{"isOn":false,"largeCount":18446744073709551615,"list":[null,1e-07],"path":"a/b","share":0.1,"whole":-3}"#
        )
        #expect(try JSONValue(encoding: 1.5).text() == "1.5")
    }

    @Test func `encoded values are the same bytes, keys sorted`() throws {
        let line = String(decoding: try encodedJSON(Thing()), as: UTF8.self)
        #expect(
            line
                == #"{"isOn":false,"largeCount":18446744073709551615,"list":[null,1e-07],"path":"a/b","share":0.1,"whole":-3}"#
        )
        let snake = String(
            decoding: try encodedJSON(Thing(), keys: .convertToSnakeCase),
            as: UTF8.self
        )
        #expect(snake.contains(#""large_count":18446744073709551615"#))
        let indented = try encodedJSON(Thing(), indented: true)
        #expect(String(decoding: indented, as: UTF8.self).hasPrefix("{\n  \"isOn\" : false,\n"))
        #expect(try JSONDecoder().decode(Thing.self, from: Data(indented)) == Thing())
    }

    @Test func `a number that JSON does not have is an error, or what is asked for`() throws {
        #expect(throws: EncodingError.self) { try encodedJSON([Double.nan]) }
        let names = JSONEncoder.NonConformingFloatEncodingStrategy.convertToString(
            positiveInfinity: "Infinity",
            negativeInfinity: "-Infinity",
            nan: "NaN"
        )
        let json = try encodedJSON([Double.infinity, .nan], floats: names)
        #expect(String(decoding: json, as: UTF8.self) == #"["Infinity","NaN"]"#)
    }
}
