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
        var key: UInt64 = 0
        for place in line.lowerBound ..< colon {
            let letter = bytes[place] | 0x20
            guard
                (UInt8(ascii: "a") ... UInt8(ascii: "z")).contains(letter)
                    || letter == UInt8(ascii: "-")
            else { return nil }
            key = key &* 31 &+ UInt64(letter)
        }
        var start = colon + 1
        while start < line.upperBound, bytes[start] == UInt8(ascii: " ") { start += 1 }
        for place in start ..< line.upperBound where bytes[place] < 0x20 || bytes[place] > 0x7E {
            return nil
        }
        value = start ..< line.upperBound
        name = Self.names[key] ?? .special
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

    /// By the hash of `init`, of which the names that are known have different ones.
    private static let names: [UInt64: Name] = {
        func key(_ name: String) -> UInt64 {
            name.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) }
        }
        var names: [UInt64: Name] = [:]
        for name in [
            "accept", "accept-encoding", "accept-language", "user-agent", "traceparent",
            "x-request-id",
        ] {
            names[key(name)] = .harmless
        }
        names[key("content-length")] = .contentLength
        names[key("content-type")] = .contentType
        names[key("host")] = .host
        return names
    }()
}
