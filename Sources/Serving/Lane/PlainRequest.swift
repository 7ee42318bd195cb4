import Kernels

/// A request to `/predict` in the plainest form of HTTP/1.1: what nearly every client sends.
///
/// Only what is beyond doubt is taken. Whatever is unusual (another path, chunks, `Connection`, `Expect`, folded
/// lines, a doubtful length) is left to the full parser, which decides whether it is right.
struct PlainRequest: Equatable {
    /// Where its body lies.
    let body: Range<Int>

    /// What bytes are, seen from their start.
    enum Reading: Equatable {
        case complete(PlainRequest)
        /// The rest is still to come.
        case incomplete
        /// Not for this parser.
        case other
    }

    /// Larger bodies would keep the connections of the same thread waiting.
    static let greatestBody = 8 << 10
    static let greatestHead = 4 << 10
    private static let line = Array("POST \(Route.predict.rawValue) HTTP/1.1\r\n".utf8)

    /// Reads a request that begins at `start`.
    static func read(_ bytes: [UInt8], from start: Int) -> Reading {
        let given = min(line.count, bytes.count - start)
        for place in 0 ..< given where bytes[start + place] != line[place] { return .other }
        guard given == line.count else { return .incomplete }
        var position = start + line.count
        var length: Int?
        var hasHost = false
        while true {
            guard
                let end = ByteSearch.first(
                    UInt8(ascii: "\n"),
                    in: bytes,
                    range: position ..< bytes.count
                )
            else { return bytes.count - start > greatestHead ? .other : .incomplete }
            guard end > position, bytes[end - 1] == UInt8(ascii: "\r") else { return .other }
            if end == position + 1 {
                position = end + 1
                break
            }
            guard let field = PlainField(bytes, position ..< end - 1) else { return .other }
            switch field.name {
            case .contentLength:
                guard length == nil, let count = field.number(in: bytes) else { return .other }
                length = count
            case .contentType:
                guard field.is("application/json", in: bytes) else { return .other }
            case .host:
                guard !hasHost else { return .other }
                hasHost = true
            case .harmless: break
            case .special: return .other
            }
            position = end + 1
        }
        guard let length, length <= greatestBody, hasHost, position - start <= greatestHead else {
            return .other
        }
        guard bytes.count - position >= length else { return .incomplete }
        return .complete(PlainRequest(body: position ..< position + length))
    }
}

/// A line of a request's head.
private struct PlainField {
    enum Name {
        case contentLength, contentType, host
        /// Says nothing that this request's answer depends on.
        case harmless
        /// Changes how the request is read or answered.
        case special
    }

    let name: Name
    private let value: Range<Int>

    /// Nil where the line is not `name: value` in plain characters.
    init?(_ bytes: [UInt8], _ line: Range<Int>) {
        guard let colon = ByteSearch.first(UInt8(ascii: ":"), in: bytes, range: line),
            colon > line.lowerBound
        else { return nil }
        var start = colon + 1
        while start < line.upperBound, bytes[start] == UInt8(ascii: " ") { start += 1 }
        for place in start ..< line.upperBound where bytes[place] < 0x20 || bytes[place] > 0x7E {
            return nil
        }
        value = start ..< line.upperBound
        let letters = bytes[line.lowerBound ..< colon]
        name = Self.names.first { Self.areSame(letters, $0.letters) }?.name ?? .special
    }

    func number(in bytes: [UInt8]) -> Int? {
        guard !value.isEmpty, value.count <= 6 else { return nil }
        var number = 0
        for place in value {
            let digit = bytes[place] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            number = number * 10 + Int(digit)
        }
        return number
    }

    func `is`(_ text: StaticString, in bytes: [UInt8]) -> Bool {
        bytes[value].elementsEqual(text.description.utf8)
    }

    /// Whether a name has these small letters, in any case.
    private static func areSame(_ name: ArraySlice<UInt8>, _ letters: [UInt8]) -> Bool {
        guard name.count == letters.count else { return false }
        for (byte, letter) in zip(name, letters) {
            let isCapital = (UInt8(ascii: "A") ... UInt8(ascii: "Z")).contains(byte)
            guard (isCapital ? byte | 0x20 : byte) == letter else { return false }
        }
        return true
    }

    private static let names: [(letters: [UInt8], name: Name)] = [
        name("content-length", .contentLength), name("content-type", .contentType),
        name("host", .host), name("accept", .harmless), name("accept-encoding", .harmless),
        name("accept-language", .harmless), name("user-agent", .harmless),
        name("traceparent", .harmless),
    ]

    private static func name(_ letters: String, _ name: Name) -> (letters: [UInt8], name: Name) {
        (Array(letters.utf8), name)
    }
}
