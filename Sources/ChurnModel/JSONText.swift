import FoundationEssentials

/// JSON as text and bytes, the same for the same value.
enum JSONText {
    /// A value as indented JSON with sorted keys and a newline at its end.
    static func file(_ value: some Encodable) throws -> [UInt8] {
        try text(value, [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    }

    /// The same in one line, for values with thousands of numbers.
    static func line(_ value: some Encodable) throws -> [UInt8] {
        try text(value, [.sortedKeys, .withoutEscapingSlashes])
    }

    private static func text(
        _ value: some Encodable,
        _ form: JSONEncoder.OutputFormatting
    ) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = form
        return try Array(encoder.encode(value)) + [UInt8(ascii: "\n")]
    }

    /// How many fields the outermost object of valid JSON has, fields of the same name included.
    static func outermostFieldCount(_ bytes: ArraySlice<UInt8>) -> Int {
        var count = 0
        var depth = 0
        var isInString = false
        var isEscaped = false
        for byte in bytes {
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: ":") where depth == 1: count += 1
            default: break
            }
        }
        return count
    }
}
