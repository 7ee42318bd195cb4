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
    private static let json = Array("application/json".utf8)
    private static let line = Array("POST \(Route.predict.rawValue) HTTP/1.1\r\n".utf8)

    /// Reads a request that begins at `start`.
    static func read(_ bytes: Span<UInt8>, from start: Int) -> Reading {
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
                guard field.is(json, in: bytes) else { return .other }
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
    init?(_ bytes: Span<UInt8>, _ line: Range<Int>) {
        guard let colon = ByteSearch.first(UInt8(ascii: ":"), in: bytes, range: line),
            colon > line.lowerBound
        else { return nil }
        var start = colon + 1
        while start < line.upperBound, bytes[start] == UInt8(ascii: " ") { start += 1 }
        for place in start ..< line.upperBound where bytes[place] < 0x20 || bytes[place] > 0x7E {
            return nil
        }
        value = start ..< line.upperBound
        name = Self.name(bytes.extracting(line.lowerBound ..< colon))
    }

    func number(in bytes: Span<UInt8>) -> Int? {
        guard !value.isEmpty, value.count <= 6 else { return nil }
        var number = 0
        for place in value {
            let digit = bytes[place] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            number = number * 10 + Int(digit)
        }
        return number
    }

    /// Whether the value is a text, byte by byte.
    func `is`(_ text: [UInt8], in bytes: Span<UInt8>) -> Bool {
        guard value.count == text.count else { return false }
        for (place, byte) in text.enumerated() where bytes[value.lowerBound + place] != byte {
            return false
        }
        return true
    }

    private static func name(_ letters: Span<UInt8>) -> Name {
        switch letters.count {
        case 4 where areSame(letters, host): .host
        case 6 where areSame(letters, accept): .harmless
        case 10 where areSame(letters, userAgent): .harmless
        case 11 where areSame(letters, traceparent): .harmless
        case 12 where areSame(letters, contentType): .contentType
        case 14 where areSame(letters, contentLength): .contentLength
        case 15 where areSame(letters, acceptEncoding): .harmless
        case 15 where areSame(letters, acceptLanguage): .harmless
        default: .special
        }
    }

    /// Whether a name has these small letters, in any case.
    private static func areSame(_ name: Span<UInt8>, _ letters: [UInt8]) -> Bool {
        for (place, letter) in letters.enumerated() {
            let isCapital = name[place] &- UInt8(ascii: "A") < 26
            guard (isCapital ? name[place] | 0x20 : name[place]) == letter else { return false }
        }
        return true
    }

    private static let host = Array("host".utf8)
    private static let accept = Array("accept".utf8)
    private static let userAgent = Array("user-agent".utf8)
    private static let traceparent = Array("traceparent".utf8)
    private static let contentType = Array("content-type".utf8)
    private static let contentLength = Array("content-length".utf8)
    private static let acceptEncoding = Array("accept-encoding".utf8)
    private static let acceptLanguage = Array("accept-language".utf8)
}
