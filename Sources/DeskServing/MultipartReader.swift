/// Reads a form with a file (multipart/form-data, RFC 7578) as it comes, so that no file need fit into memory.
package struct MultipartReader {
    /// What is found, in the order of the body.
    package enum Event: Equatable {
        /// A field begins: its name, and the file's name where it is a file.
        case begin(name: String, file: String?)
        /// More of the field that began last.
        case bytes([UInt8])
        /// The field is over.
        case end
    }

    /// Something that is no such form.
    package struct Fault: Error {
        package init() {}
    }

    private enum State { case preamble, delimiter, head, body, over }
    private static let longestHead = 8_192
    private let delimiter: [UInt8]
    private var state = State.preamble
    // The first delimiter may stand at the very beginning.
    private var buffer: [UInt8] = [0x0D, 0x0A]

    package init(boundary: String) { delimiter = Array("\r\n--\(boundary)".utf8) }

    /// The boundary of a `Content-Type`; nil where that is no form with files.
    package static func boundary(of type: String?) -> String? {
        guard let type, type.lowercased().hasPrefix("multipart/form-data") else { return nil }
        guard let found = type.firstMatch(of: #/(?i)boundary=(?:"([^"]{1,70})"|([^;"\s]{1,70}))/#)
        else {
            return nil
        }
        return String(found.output.1 ?? found.output.2 ?? "")
    }

    /// Whether the closing delimiter has come.
    package var isOver: Bool { state == .over }

    /// Takes the next piece of the body.
    package mutating func take(_ piece: [UInt8], _ body: (Event) throws -> Void) throws {
        buffer += piece
        while try step(body) {}
    }

    /// Whether there may be more in what has come so far.
    private mutating func step(_ body: (Event) throws -> Void) throws -> Bool {
        switch state {
        case .over:
            buffer = []
            return false
        case .preamble, .body:
            let isBody = state == .body
            if let place = Self.find(delimiter, in: buffer) {
                if isBody {
                    if place > 0 { try body(.bytes(Array(buffer[..<place]))) }
                    try body(.end)
                }
                buffer.removeFirst(place + delimiter.count)
                state = .delimiter
                return true
            }
            // The end may be the beginning of a delimiter.
            let safe = buffer.count - delimiter.count + 1
            if safe > 0 {
                if isBody { try body(.bytes(Array(buffer[..<safe]))) }
                buffer.removeFirst(safe)
            }
            return false
        case .delimiter:
            guard buffer.count >= 2 else { return false }
            let isLast = buffer[0] == UInt8(ascii: "-") && buffer[1] == UInt8(ascii: "-")
            guard isLast || (buffer[0] == 0x0D && buffer[1] == 0x0A) else { throw Fault() }
            // The line's end stays, so that a head without fields ends like any other.
            state = isLast ? .over : .head
            return true
        case .head:
            guard let place = Self.find(Array("\r\n\r\n".utf8), in: buffer) else {
                guard buffer.count <= Self.longestHead else { throw Fault() }
                return false
            }
            try body(try Self.event(String(decoding: buffer[..<place], as: UTF8.self)))
            buffer.removeFirst(place + 4)
            state = .body
            return true
        }
    }

    private static func event(_ head: String) throws -> Event {
        let line = head.split(separator: "\r\n").first {
            $0.lowercased().hasPrefix("content-disposition:")
        }
        guard let line else { throw Fault() }
        guard let name = line.firstMatch(of: #/[;\s]name="([^"]*)"/#) else { throw Fault() }
        let file = line.firstMatch(of: #/filename="([^"]*)"/#)
        return .begin(name: String(name.output.1), file: file.map { String($0.output.1) })
    }

    /// Where a pattern begins first.
    private static func find(_ pattern: [UInt8], in bytes: [UInt8]) -> Int? {
        guard bytes.count >= pattern.count else { return nil }
        return (0 ... bytes.count - pattern.count).first { start in
            bytes[start] == pattern[0]
                && bytes[start ..< start + pattern.count].elementsEqual(pattern)
        }
    }
}
