public import FoundationEssentials
import Synchronization

/// Names one request's predictions: a UUID of version 7 (RFC 9562), whose order is that of time.
///
/// Its random part begins anywhere and counts on (method 2 of section 6.2), so that no two of a process are the same.
public struct PredictionID: Sendable {
    /// When it was made, since 1970.
    public let milliseconds: UInt64
    /// 36 characters.
    public let text: [UInt8]
    private static let counter = Atomic(UInt64.random(in: 0 ... .max))

    /// Makes a name that no other has.
    public init(at date: Date = .now) {
        milliseconds = UInt64(max(0, date.timeIntervalSince1970) * 1000)
        let count = Self.counter.wrappingAdd(4, ordering: .relaxed).newValue
        text = Self.text(milliseconds << 16 | 0x7000 | Self.process, 0b10 << 62 | count >> 2)
    }

    /// Tells processes apart.
    private static let process = UInt64.random(in: 0 ..< 1 << 12)

    private static func text(_ high: UInt64, _ low: UInt64) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for place in 0 ..< 32 {
            if place == 8 || place == 12 || place == 16 || place == 20 {
                text.append(UInt8(ascii: "-"))
            }
            let half = place < 16 ? high : low
            let digit = UInt8(truncatingIfNeeded: half >> UInt64(60 - place % 16 * 4)) & 15
            text.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
        return text
    }
}
