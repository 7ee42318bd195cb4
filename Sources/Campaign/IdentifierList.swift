/// Identifiers of very many customers, side by side in memory.
public struct IdentifierList: Equatable, Sendable {
    private var bytes: [UInt8] = []
    /// Where each identifier ends.
    private var ends: [Int] = []

    /// Begins without any.
    public init() {}

    /// Takes texts.
    public init(_ texts: some Sequence<String>) {
        for text in texts { append(text.utf8) }
    }

    /// How many there are.
    public var count: Int { ends.count }

    /// The identifier's bytes, UTF-8.
    ///
    /// - Precondition: `place` is below `count`.
    public subscript(place: Int) -> ArraySlice<UInt8> {
        bytes[(place == 0 ? 0 : ends[place - 1]) ..< ends[place]]
    }

    /// The identifier as text.
    ///
    /// - Precondition: `place` is below `count`.
    public func text(_ place: Int) -> String { String(decoding: self[place], as: UTF8.self) }

    /// Adds an identifier.
    public mutating func append(_ identifier: some Sequence<UInt8>) {
        bytes.append(contentsOf: identifier)
        ends.append(bytes.count)
    }

    /// Adds an identifier whose bytes `write` adds to what it is given.
    ///
    /// - Parameter write: Adds the bytes at the end, and changes nothing else.
    /// - Returns: Whether the identifier is empty.
    public mutating func append(_ write: (inout [UInt8]) -> Void) -> Bool {
        let before = bytes.count
        write(&bytes)
        ends.append(bytes.count)
        return bytes.count == before
    }

    /// Adds another list's identifiers.
    public mutating func append(contentsOf other: IdentifierList) {
        let start = bytes.count
        bytes += other.bytes
        ends += other.ends.map { start + $0 }
    }

    /// The first two places that have the same identifier, and how many places repeat an earlier one; nil where all
    /// differ.
    ///
    /// - Complexity: O(bytes).
    public func repeated() -> (first: Int, second: Int, count: Int)? {
        var size = 16
        while size < 2 * count { size *= 2 }
        // The place that stands in each slot, from 1.
        var slots = [UInt32](repeating: 0, count: size)
        var found: (first: Int, second: Int, count: Int)?
        for place in 0 ..< count {
            var slot = hash(place) & (size - 1)
            while slots[slot] != 0, self[Int(slots[slot]) - 1] != self[place] {
                slot = (slot + 1) & (size - 1)
            }
            if slots[slot] == 0 {
                slots[slot] = UInt32(place + 1)
            } else {
                found = found ?? (Int(slots[slot]) - 1, place, 0)
                found?.count += 1
            }
        }
        return found
    }

    /// FNV-1a, with its upper half mixed in, since slots are told apart by the lower bits.
    private func hash(_ place: Int) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in self[place] { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        hash ^= hash >> 29
        return Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> 20)
    }
}
