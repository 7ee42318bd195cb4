/// Turns a column of levels into codes.
///
/// A level is known by its length and its first 16 bytes, which are compared as two words; only what
/// is longer is compared byte by byte. The levels lie in a hash table with open addressing.
public struct LevelColumn: Sendable {
    private struct Key {
        var low: UInt64
        var high: UInt64
        var length: Int

        /// Multiplication by an odd constant near 2⁶⁴/φ (Knuth, TAOCP 3, 6.4).
        @inline(__always)
        func slot(_ shift: UInt64) -> Int {
            let mixed = low ^ (high &* 0xFF51_AFD7_ED55_8CCD) ^ UInt64(truncatingIfNeeded: length)
            return Int(truncatingIfNeeded: (mixed &* 0x9E37_79B9_7F4A_7C15) >> shift)
        }
    }

    private let levels: [[UInt8]]
    private var keys: [Key]
    private var codes: [Int32]
    private let shift: UInt64

    /// Prepares the levels.
    ///
    /// Where a level occurs twice, its first place is the code.
    public init(_ levels: [String]) {
        self.levels = levels.map { Array($0.utf8) }
        var bits: UInt64 = 3
        while 1 << bits < 2 * levels.count { bits += 1 }
        shift = 64 - bits
        keys = Array(repeating: Key(low: 0, high: 0, length: -1), count: 1 << bits)
        codes = Array(repeating: -2, count: 1 << bits)
        for code in self.levels.indices.reversed() {
            let level = self.levels[code]
            let padded = level + Array(repeating: 0, count: StructuralScan.padding)
            let key = unsafe padded.withUnsafeBytes { unsafe Self.key($0, 0, level.count) }
            var slot = key.slot(shift)
            while codes[slot] >= 0, self.levels[Int(codes[slot])] != level {
                slot = (slot + 1) & (keys.count - 1)
            }
            keys[slot] = key
            codes[slot] = Int32(code)
        }
    }

    /// The code of each field: the index of its level, -1 where it is empty, -2 where it is none.
    ///
    /// - Complexity: O(*n*) in the rows, for levels of up to 16 bytes.
    public func match(_ spans: FieldSpans) -> [Int32] {
        let mask = keys.count - 1
        let shift = shift
        return unsafe [Int32](unsafeUninitializedCapacity: spans.rows) { output, filled in
            unsafe keys.withUnsafeBufferPointer { keys in
                unsafe codes.withUnsafeBufferPointer { codes in
                    unsafe spans.forEach { row, start, length, memory in
                        let key = unsafe Self.key(memory, start, length)
                        var slot = key.slot(shift)
                        var code: Int32 = length == 0 ? -1 : unsafe codes[slot]
                        // The table is at most half full, so an empty slot ends every search.
                        while code >= 0 {
                            let other = unsafe keys[slot]
                            if key.low == other.low, key.high == other.high,
                                key.length == other.length,
                                unsafe (length <= 16
                                    || tailIsEqual(levels[Int(code)], memory, start))
                            {
                                break
                            }
                            slot = (slot &+ 1) & mask
                            code = unsafe codes[slot]
                        }
                        unsafe output[row] = code
                    }
                }
            }
            filled = spans.rows
        }
    }

    @inline(__always)
    private static func key(
        _ memory: UnsafeRawBufferPointer,
        _ start: Int,
        _ length: Int
    ) -> Key {
        let low = UInt64(
            littleEndian: unsafe memory.loadUnaligned(fromByteOffset: start, as: UInt64.self)
        )
        guard length > 8 else {
            let keep = length == 0 ? 0 : ~UInt64(0) >> UInt64(truncatingIfNeeded: 64 - 8 * length)
            return Key(low: low & keep, high: 0, length: length)
        }
        let high = UInt64(
            littleEndian: unsafe memory.loadUnaligned(fromByteOffset: start + 8, as: UInt64.self)
        )
        let unused = UInt64(truncatingIfNeeded: length >= 16 ? 0 : 128 - 8 * length)
        return Key(low: low, high: high & (~UInt64(0) >> unused), length: length)
    }

    @inline(never)
    private func tailIsEqual(
        _ level: [UInt8],
        _ memory: UnsafeRawBufferPointer,
        _ start: Int
    ) -> Bool {
        for offset in 16 ..< level.count {
            guard unsafe memory[start + offset] == level[offset] else { return false }
        }
        return true
    }
}
