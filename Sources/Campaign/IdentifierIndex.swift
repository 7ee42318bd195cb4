/// Finds identifiers of a list by their bytes.
package struct IdentifierIndex: Sendable {
    private let list: IdentifierList
    /// The place that stands in each slot, from 1; 0 where none does.
    private var slots: [UInt32]
    /// The first two places that have the same identifier, and how many places repeat an earlier one; nil where all
    /// differ.
    package private(set) var repeated: (first: Int, second: Int, count: Int)?

    /// Takes in a list.
    ///
    /// - Complexity: O(bytes).
    package init(_ list: IdentifierList) {
        var size = 16
        while size < 2 * list.count { size *= 2 }
        self.list = list
        slots = Array(repeating: 0, count: size)
        for place in 0 ..< list.count {
            let slot = slot(of: list[place])
            if slots[slot] == 0 {
                slots[slot] = UInt32(place + 1)
            } else {
                repeated = repeated ?? (Int(slots[slot]) - 1, place, 0)
                repeated?.count += 1
            }
        }
    }

    /// Where an identifier is in the list, the first time; nil where it is not.
    package func place(of identifier: ArraySlice<UInt8>) -> Int? {
        let slot = slot(of: identifier)
        return slots[slot] == 0 ? nil : Int(slots[slot]) - 1
    }

    /// The identifier at a place of the list.
    package func text(_ place: Int) -> String { list.text(place) }

    /// The slot that holds the identifier, or the free one where it would be put.
    private func slot(of identifier: ArraySlice<UInt8>) -> Int {
        var slot = Self.hash(identifier) & (slots.count - 1)
        while slots[slot] != 0, list[Int(slots[slot]) - 1] != identifier {
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }

    /// FNV-1a, with its upper half mixed in, since slots are told apart by the lower bits.
    private static func hash(_ identifier: ArraySlice<UInt8>) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in identifier { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        hash ^= hash >> 29
        return Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> 20)
    }
}
