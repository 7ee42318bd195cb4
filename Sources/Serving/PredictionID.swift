import FoundationEssentials

/// Names one request's predictions: a UUID of version 7 (RFC 9562), whose order is that of time.
struct PredictionID: Sendable {
    private let high: UInt64
    private let low: UInt64

    init(at date: Date = .now) {
        var generator = SystemRandomNumberGenerator()
        let milliseconds = UInt64(max(0, date.timeIntervalSince1970) * 1000)
        high = milliseconds << 16 | 0x7000 | generator.next() & 0xFFF
        low = 0b10 << 62 | generator.next() >> 2
    }

    /// 36 characters.
    var text: [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for place in 0 ..< 32 {
            if [8, 12, 16, 20].contains(place) { text.append(UInt8(ascii: "-")) }
            let half = place < 16 ? high : low
            let digit = UInt8(truncatingIfNeeded: half >> UInt64(60 - place % 16 * 4)) & 15
            text.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
        return text
    }
}
