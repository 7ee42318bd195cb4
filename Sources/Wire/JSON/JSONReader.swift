private import Kernels
public import Output

/// Reads JSON (RFC 8259) value by value, without building a tree.
///
/// The reader stands before a value; `kind` tells what it is, and one of the other functions consumes it. Numbers
/// are read to the nearest double. Every byte is looked at once.
public struct JSONReader {
    /// What a value is.
    public enum Kind: Sendable {
        /// The six types of JSON, truths as two.
        case object, array, string, number, `true`, `false`, null
    }

    /// Objects and arrays within each other beyond this are refused.
    public static let greatestDepth = 64

    let bytes: [UInt8]
    var position = 0
    private var depth = 0

    /// Takes a text.
    ///
    /// - Throws: `JSONError` where it is no UTF-8.
    public init(_ bytes: [UInt8]) throws(JSONError) {
        self.bytes = bytes
        if let offset = UTF8Check.firstInvalid(bytes, in: 0 ..< bytes.count) {
            throw JSONError("the text is not UTF-8", at: offset)
        }
    }

    /// What the next value is.
    public mutating func kind() throws(JSONError) -> Kind {
        switch try next() {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "-"), UInt8(ascii: "0") ... UInt8(ascii: "9"): return .number
        case UInt8(ascii: "t"): return .true
        case UInt8(ascii: "f"): return .false
        // Python writes what is not there as NaN, which JSON has no word for.
        case UInt8(ascii: "n"), UInt8(ascii: "N"): return .null
        default: throw JSONError("a value is missing", at: position)
        }
    }

    /// Reads an object.
    ///
    /// - Parameter member: Is given each name and the reader before the value, which it must consume.
    /// - Throws: `JSONError` where there is none, and what `member` throws.
    public mutating func object(
        _ member: (JSONText, inout JSONReader) throws(JSONError) -> Void
    ) throws(JSONError) {
        try open("{", "an object")
        var isFirst = true
        while try !closes(UInt8(ascii: "}"), isFirst) {
            guard try next() == UInt8(ascii: "\"") else {
                throw JSONError("a name in quotes is missing", at: position)
            }
            let name = try text()
            guard try next() == UInt8(ascii: ":") else {
                throw JSONError("a colon is missing", at: position)
            }
            position += 1
            try member(name, &self)
            isFirst = false
        }
    }

    /// Reads an array.
    ///
    /// - Parameter element: Is given the reader before each value, which it must consume.
    /// - Throws: `JSONError` where there is none, and what `element` throws.
    public mutating func array(
        _ element: (inout JSONReader) throws(JSONError) -> Void
    ) throws(JSONError) {
        try open("[", "an array")
        var isFirst = true
        while try !closes(UInt8(ascii: "]"), isFirst) {
            try element(&self)
            isFirst = false
        }
    }

    /// Passes over any value, which is checked all the same.
    public mutating func skip() throws(JSONError) {
        switch try kind() {
        case .object:
            try object { (_, reader) throws(JSONError) in try reader.skip() }
        case .array:
            try array { (reader) throws(JSONError) in try reader.skip() }
        case .string: _ = try text()
        case .number: _ = try number()
        case .true, .false: _ = try truth()
        case .null: try null()
        }
    }

    /// Checks that nothing follows.
    public mutating func end() throws(JSONError) {
        skipBlanks()
        guard position == bytes.count else {
            throw JSONError("nothing may follow the value", at: position)
        }
    }

    /// Reads `true` or `false`.
    public mutating func truth() throws(JSONError) -> Bool {
        let isTrue = try kind() == .true
        try word(isTrue ? "true" : "false")
        return isTrue
    }

    /// Reads `null`, or Python's `NaN`.
    public mutating func null() throws(JSONError) {
        try word(try next() == UInt8(ascii: "N") ? "NaN" : "null")
    }

    private mutating func word(_ word: StaticString) throws(JSONError) {
        let letters = word.description.utf8
        guard bytes[position...].starts(with: letters) else {
            throw JSONError("a value is missing", at: position)
        }
        position += letters.count
    }

    private mutating func open(_ mark: Unicode.Scalar, _ kind: String) throws(JSONError) {
        guard try next() == UInt8(ascii: mark) else {
            throw JSONError("\(kind) is expected", at: position)
        }
        guard depth < Self.greatestDepth else {
            throw JSONError("more than \(Self.greatestDepth) levels of nesting", at: position)
        }
        depth += 1
        position += 1
    }

    /// Passes over the closing bracket or the comma before the next element.
    private mutating func closes(_ bracket: UInt8, _ isFirst: Bool) throws(JSONError) -> Bool {
        let byte = try next()
        if byte == bracket {
            position += 1
            depth -= 1
            return true
        }
        guard !isFirst else { return false }
        guard byte == UInt8(ascii: ",") else {
            throw JSONError("a comma or a closing bracket is missing", at: position)
        }
        position += 1
        return false
    }

    /// The next byte that is not blank, not consumed.
    private mutating func next() throws(JSONError) -> UInt8 {
        skipBlanks()
        guard position < bytes.count else {
            throw JSONError("the text ends too early", at: position)
        }
        return bytes[position]
    }

    private mutating func skipBlanks() {
        var place = position
        bytes.span.passBlanks(&place)
        position = place
    }
}

extension Span<UInt8> {
    /// Passes over what may stand between the parts of a JSON text.
    func passBlanks(_ place: inout Int) {
        while place < count {
            switch self[place] {
            case 0x20, 0x0A, 0x0D, 0x09: place += 1
            default: return
            }
        }
    }

    /// Passes over decimal digits; beyond 19 the value wraps, and is not used.
    func passDigits(_ place: inout Int, into value: inout UInt64) {
        while place < count {
            let digit = self[place] &- UInt8(ascii: "0")
            guard digit < 10 else { return }
            value = value &* 10 &+ UInt64(digit)
            place += 1
        }
    }
}

/// A text that is no JSON, or JSON of another form than was asked for.
public struct JSONError: RetainError, Equatable {
    /// Offset of the byte at which reading ended.
    public let offset: Int
    /// What is wrong there.
    public let problem: String

    init(_ problem: String, at offset: Int) {
        self.problem = problem
        self.offset = offset
    }

    /// What was read is to blame.
    public var exitStatus: ExitStatus { .badData }

    /// `byte 12: a value is missing`.
    public var description: String { "byte \(offset): \(problem)" }
}
