internal import Kernels

/// Cuts JSON Lines, or one array of objects, into the objects, as their bytes come.
///
/// Only brackets and quotes are looked at; `JSONMembers` reads what stands between.
struct JSONLines {
    private let source: any TextSource
    private let path: String
    private var bytes: [UInt8] = []
    private var position = 0
    /// The line of `position`, from 1.
    private var line = 1
    private var isInArray = false
    private var hasSeenEnd = false

    init(_ source: any TextSource, path: String) {
        self.source = source
        self.path = path
    }

    /// Whether a text begins like JSON of objects.
    static func isJSON(_ beginning: ArraySlice<UInt8>) -> Bool {
        var rest = beginning.drop(while: isBlank)
        if rest.first == UInt8(ascii: "[") { rest = rest.dropFirst().drop(while: isBlank) }
        guard rest.first == UInt8(ascii: "{") else { return false }
        let next = rest.dropFirst().drop(while: isBlank).first
        return next == UInt8(ascii: "\"") || next == UInt8(ascii: "}")
    }

    /// The next object and the line on which it begins; nil at the end.
    ///
    /// - Throws: `CSVError` where something else than an object stands there, or the text ends within one.
    mutating func next() throws -> (object: ArraySlice<UInt8>, line: Int)? {
        while let byte = try byte() {
            switch byte {
            case UInt8(ascii: "{"): return try object()
            case UInt8(ascii: "["):
                guard !isInArray else { throw broken("an object is expected") }
                isInArray = true
                position += 1
            case UInt8(ascii: "]") where isInArray:
                isInArray = false
                hasSeenEnd = true
                position += 1
            case UInt8(ascii: ",") where isInArray: position += 1
            default:
                guard Self.isBlank(byte) else {
                    throw broken("an object is expected")
                }
                if byte == 0x0A { line += 1 }
                position += 1
            }
        }
        guard !isInArray else { throw broken("the array is cut off") }
        return nil
    }

    /// The object that begins at `position`.
    private mutating func object() throws -> (ArraySlice<UInt8>, Int) {
        guard !hasSeenEnd else { throw broken("nothing may follow the array") }
        let first = line
        var end = position
        var depth = 0
        var isText = false
        repeat {
            guard try reaches(&end) else {
                throw broken("the text ends within an object", line: first)
            }
            let byte = bytes[end]
            end += 1
            switch byte {
            case UInt8(ascii: "\\") where isText: end += 1
            case UInt8(ascii: "\""): isText.toggle()
            case UInt8(ascii: "{") where !isText, UInt8(ascii: "[") where !isText: depth += 1
            case UInt8(ascii: "}") where !isText, UInt8(ascii: "]") where !isText: depth -= 1
            case 0x0A: line += 1
            default: break
            }
            guard end - position <= RecordCutter.longestRecord else {
                throw broken(
                    "an object is longer than \(RecordCutter.longestRecord >> 20) MiB",
                    line: first
                )
            }
        } while depth > 0
        let object = bytes[position ..< end]
        position = end
        return (object, first)
    }

    /// The byte at `position`; nil at the end.
    private mutating func byte() throws -> UInt8? {
        var place = position
        return try reaches(&place) ? bytes[place] : nil
    }

    /// Reads on until the byte at a place is there; what is done with is dropped, and the place moves along.
    private mutating func reaches(_ place: inout Int) throws -> Bool {
        while place >= bytes.count {
            guard let block = try source.next() else { return false }
            bytes.removeFirst(position)
            place -= position
            position = 0
            bytes += block
        }
        return true
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    func broken(_ problem: String, line given: Int? = nil) -> CSVError {
        CSVError(
            source: path,
            line: given ?? line,
            rule: "this is no JSON Lines: \(problem)",
            fix: "write one object of fields on each line"
        )
    }
}

/// The names of all objects of a file, in the order in which they first occur.
struct JSONColumns {
    private(set) var names: [[UInt8]] = []
    private var places: [[UInt8]: Int] = [:]

    /// Reads all objects.
    init(_ lines: JSONLines) throws {
        var lines = lines
        while let (object, line) = try lines.next() {
            guard let members = JSONMembers(object).all() else {
                throw lines.broken("an object's field can't be read", line: line)
            }
            for member in members where places[member.name] == nil {
                places[member.name] = names.count
                names.append(member.name)
            }
        }
    }

    /// Where a name stands.
    func place(_ name: [UInt8]) -> Int? { places[name] }
}

/// Makes CSV of JSON: a header, and a record for each object, on the same line where lines have one object each.
final class JSONSource: TextSource {
    private var lines: JSONLines
    private let columns: JSONColumns
    private var hasHeader = false
    /// The line that the next record would begin on, if the first object's line were that of the header.
    private var line = 1

    init(_ lines: JSONLines, _ columns: JSONColumns) {
        self.lines = lines
        self.columns = columns
    }

    func next() throws -> [UInt8]? {
        var text: [UInt8] = []
        if !hasHeader {
            hasHeader = true
            append(columns.names, to: &text)
        }
        while text.count < 256 << 10, let (object, place) = try lines.next() {
            guard let members = JSONMembers(object).all() else {
                throw lines.broken("an object's field can't be read", line: place)
            }
            var fields = [[UInt8]](repeating: [], count: columns.names.count)
            for member in members {
                if let column = columns.place(member.name) { fields[column] = member.value }
            }
            // Blank lines are no records.
            while line < place {
                text.append(0x0A)
                line += 1
            }
            let start = text.count
            append(fields, to: &text)
            line += ByteSummary(text, in: start ..< text.count).lineEnds
        }
        return text.isEmpty ? nil : text
    }

    private func append(_ fields: [[UInt8]], to text: inout [UInt8]) {
        for (column, field) in fields.enumerated() {
            if column > 0 { text.append(UInt8(ascii: ",")) }
            if field.isEmpty, fields.count == 1 { text += [0x22, 0x22] }
            text.appendCSVField(field[...])
        }
        text.append(0x0A)
    }
}
