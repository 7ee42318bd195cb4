import Foundation
import Kernels
import Testing
import Wire

@Suite struct JSONReaderTests {
    /// Every value of a document, in order, as a text.
    private static func events(_ json: [UInt8]) throws(JSONError) -> [String] {
        var reader = try JSONReader(json)
        var events: [String] = []
        try read(&reader, &events)
        try reader.end()
        return events
    }

    private static func read(
        _ reader: inout JSONReader,
        _ events: inout [String]
    ) throws(JSONError) {
        switch try reader.kind() {
        case .object:
            var inner: [String] = ["{"]
            try reader.object { (name, reader) throws(JSONError) in
                inner.append("\(name.string):")
                try read(&reader, &inner)
            }
            events += inner + ["}"]
        case .array:
            var inner: [String] = ["["]
            try reader.array { (reader) throws(JSONError) in try read(&reader, &inner) }
            events += inner + ["]"]
        case .string: events.append("\"" + (try reader.text().string))
        case .number: events.append("\(try reader.number().value)")
        case .true, .false: events.append("\(try reader.truth())")
        case .null:
            try reader.null()
            events.append("null")
        }
    }

    @Test(arguments: [
        ("0", ["0.0"]), ("-0", ["-0.0"]), ("12.50", ["12.5"]), ("1e3", ["1000.0"]),
        ("1E+2", ["100.0"]), ("0.1", ["0.1"]), ("123456789012345678", ["1.2345678901234568e+17"]),
        ("2.2250738585072014e-308", ["2.2250738585072014e-308"]), ("1e999", ["inf"]),
        ("NaN", ["null"]), ("[ NaN ,1]", ["[", "null", "1.0", "]"]), (" [ ] ", ["[", "]"]),
        ("{}", ["{", "}"]),
        ("[null,true,false]", ["[", "null", "true", "false", "]"]),
        (#"{"a":{"b":[1]}}"#, ["{", "a:", "{", "b:", "[", "1.0", "]", "}", "}"]),
        (#""a\"\\\/\b\f\n\r\té😀""#, ["\"a\"\\/\u{8}\u{C}\n\r\té😀"]),
        ("\"ü😀\"", ["\"ü😀"]), (#""\u0000""#, ["\"\0"]),
    ])
    func `well-formed texts`(json: String, expected: [String]) throws {
        #expect(try Self.events(Array(json.utf8)) == expected)
    }

    @Test(arguments: [
        "", " ", "nul", "tru", "+1", ".5", "1.", "01", "-", "1e", "1e+", "Nan", "NaNs", "Infinity",
        "[1,]",
        "[,1]", "[1 2]", "[1", "{", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{1:1}", "\"",
        "\"\\\"",
        "\"\\x\"", "\"\\u12G4\"", "\"\\u12\"", "\"\\uD800\"", "\"\\uD800\\n\"", "\"\\uDC00\"",
        "\"\\uD800\\uD800\"", "\"a\nb\"", "\"\t\"", "1 1", "{} {}", "]", "}", "[}", "{]", "'a'",
        "\u{FEFF}1",
    ])
    func `malformed texts are refused`(json: String) {
        #expect(throws: JSONError.self) { try Self.events(Array(json.utf8)) }
    }

    @Test(arguments: [
        [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0xEF],
        [0x31, 0x00],
        [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],
    ])
    func `bytes that are no text are refused`(bytes: [UInt8]) {
        #expect(throws: JSONError.self) { try Self.events(bytes) }
    }

    @Test func `nesting has an end`() throws {
        let limit = JSONReader.greatestDepth
        func nested(_ depth: Int) -> [UInt8] {
            Array(
                (String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8
            )
        }
        #expect(try Self.events(nested(limit)).count == 2 * limit)
        #expect(throws: JSONError.self) { try Self.events(nested(limit + 1)) }
        #expect(throws: JSONError.self) { try Self.events(nested(100_000)) }
        #expect(throws: JSONError.self) {
            var reader = try JSONReader(nested(100_000))
            try reader.skip()
        }
    }

    /// Documents of a seeded generator, and the same with one byte changed or the end cut off.
    @Test(arguments: 0 ..< 40)
    func `agrees with Foundation on random texts`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0 ..< 50 {
            var json = Array(Self.document(&generator, depth: 0).utf8)
            #expect(
                try Self.events(json) == Self.expected(json),
                "\(String(decoding: json, as: UTF8.self))"
            )
            if Bool.random(using: &generator) {
                json.removeLast(Int.random(in: 0 ... json.count - 1, using: &generator))
            } else {
                let place = Int.random(in: 0 ..< json.count, using: &generator)
                json[place] = UInt8.random(in: 0 ... 255, using: &generator)
            }
            // Foundation takes more than RFC 8259, but numbers beyond all doubles; what else it refuses is refused.
            guard let events = try? Self.events(json), !events.contains("inf") else { continue }
            #expect(throws: Never.self, "\(json)") { try Self.expected(json) }
        }
    }

    private static func document(_ generator: inout SeededGenerator, depth: Int) -> String {
        let blank = ["", "", " ", "\n\t "].randomElement(using: &generator) ?? ""
        let size = Int.random(in: 0 ..< 4, using: &generator)
        switch Int.random(in: (depth > 3 ? 2 : 0) ..< 9, using: &generator) {
        case 0:
            return "["
                + (0 ..< size).map { _ in document(&generator, depth: depth + 1) }.joined(
                    separator: ","
                ) + "]"
        case 1:
            // Names that differ, since Foundation keeps one of two that are the same.
            let members = (0 ..< size).map { number in
                "\"k\(number)\"\(blank):" + document(&generator, depth: depth + 1)
            }
            return "{" + members.joined(separator: "\(blank),") + "}"
        case 2: return "null"
        case 3: return blank + "true"
        case 4: return "false" + blank
        case 5: return "\(Int.random(in: -1_000_000 ... 1_000_000, using: &generator))"
        case 6: return "\(Double(bitPattern: .random(in: 0 ..< 0x7FE0 << 48, using: &generator)))"
        case 7: return "\(Double.random(in: -1000 ... 1000, using: &generator))"
        default:
            let letters = ["a", "\\n", "ü", "😀", "\\u00e9", "\\ud83d\\ude00", " ", "\\\\", "\\\""]
            return "\""
                + (0 ..< size).map { _ in letters.randomElement(using: &generator) ?? "" }.joined()
                + "\""
        }
    }

    private static func expected(_ json: [UInt8]) throws -> [String] {
        try JSONDecoder().decode(Tree.self, from: Data(json)).events
    }
}

/// Any JSON as Foundation's decoder reads it.
private enum Tree: Decodable {
    case leaf(String)
    case array([Tree])
    case object([String: Tree])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .leaf("null")
        } else if let truth = try? value.decode(Bool.self) {
            self = .leaf("\(truth)")
        } else if let number = try? value.decode(Double.self) {
            self = .leaf("\(number)")
        } else if let text = try? value.decode(String.self) {
            self = .leaf("\"" + text)
        } else if let elements = try? value.decode([Tree].self) {
            self = .array(elements)
        } else {
            self = .object(try value.decode([String: Tree].self))
        }
    }

    var events: [String] {
        switch self {
        case .leaf(let text): [text]
        case .array(let elements): ["["] + elements.flatMap(\.events) + ["]"]
        case .object(let members):
            ["{"]
                + members.sorted { $0.key < $1.key }.flatMap { ["\($0.key):"] + $0.value.events }
                + ["}"]
        }
    }
}
