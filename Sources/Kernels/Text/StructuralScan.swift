private import CProcessor

/// Finds the bytes that give a CSV text its structure.
///
/// Sixty-four bytes at a time become one 64-bit mask, as in Langdale and Lemire, "Parsing gigabytes
/// of JSON per second", VLDB Journal 28, 2019.
public enum StructuralScan {
    /// How many readable bytes must follow the text.
    public static let padding = 64

    /// The positions just after every delimiter and line feed.
    ///
    /// - Parameters:
    ///   - bytes: The text and at least `padding` bytes more.
    ///   - count: Length of the text.
    ///   - delimiter: The byte between fields.
    /// - Returns: 0, then for each delimiter or line feed its offset + 1, ascending: field *k* of a
    ///   text without quotes starts at element *k* and ends before element *k + 1* less one.
    /// - Complexity: O(`count`).
    public static func fieldStarts(
        _ bytes: [UInt8],
        count: Int,
        delimiter: UInt8
    ) -> [UInt32] {
        unsafe scan(bytes, count: count, offset: 1, leadingZero: true) { block, _ in
            unsafe retain_mask64_equal(block, delimiter) | retain_mask64_equal(block, 0x0A)
        }
    }

    /// The positions just after every delimiter and line feed that stand outside of double quotes.
    ///
    /// A byte is within quotes where an odd number of quotes stands before it, which is true of a text whose quotes are
    /// all around whole fields; the caller sees to that.
    ///
    /// - Parameters:
    ///   - bytes: The text and at least `padding` bytes more.
    ///   - count: Length of the text.
    ///   - delimiter: The byte between fields.
    /// - Returns: As `fieldStarts` does, and how many quotes there are.
    /// - Complexity: O(`count`).
    public static func fieldStartsBesideQuotes(
        _ bytes: [UInt8],
        count: Int,
        delimiter: UInt8
    ) -> (starts: [UInt32], quotes: Int) {
        var quotes = 0
        // All bits set while a block begins within quotes.
        var inside: UInt64 = 0
        let starts = unsafe scan(bytes, count: count, offset: 1, leadingZero: true) { block, text in
            let marks = unsafe retain_mask64_equal(block, 0x22) & text
            quotes &+= marks.nonzeroBitCount
            // Each bit becomes the parity of the quotes up to it (Langdale and Lemire, 3.1.1, by shifts).
            var within = marks
            for shift: UInt64 in [1, 2, 4, 8, 16, 32] { within ^= within << shift }
            within ^= inside
            inside = UInt64(bitPattern: Int64(bitPattern: within) >> 63)
            return unsafe (retain_mask64_equal(block, delimiter) | retain_mask64_equal(block, 0x0A))
                & ~within
        }
        return (starts, quotes)
    }

    /// The positions of every delimiter, line feed, carriage return and double quote, ascending.
    ///
    /// - Parameters:
    ///   - bytes: The text and at least `padding` bytes more.
    ///   - count: Length of the text.
    ///   - delimiter: The byte between fields.
    /// - Returns: Their offsets.
    /// - Complexity: O(`count`).
    public static func positions(_ bytes: [UInt8], count: Int, delimiter: UInt8) -> [UInt32] {
        unsafe scan(bytes, count: count, offset: 0, leadingZero: false) { block, _ in
            unsafe retain_mask64_equal(block, delimiter) | retain_mask64_equal(block, 0x0A)
                | retain_mask64_equal(block, 0x0D) | retain_mask64_equal(block, 0x22)
        }
    }

    @inline(__always)
    private static func scan(
        _ bytes: [UInt8],
        count: Int,
        offset: UInt32,
        leadingZero: Bool,
        matching: (_ block: UnsafeRawPointer, _ text: UInt64) -> UInt64
    ) -> [UInt32] {
        precondition(
            count >= 0 && bytes.count >= count + padding && bytes.count < Int(UInt32.max),
            "structural scan: \(count) bytes need \(padding) more behind them, got \(bytes.count)"
        )
        // Room for a hit on every byte, and for the entries that a round writes ahead.
        return unsafe [UInt32](unsafeUninitializedCapacity: count + 66) { output, filled in
            guard let target = output.baseAddress else { return }
            var next = 0
            if leadingZero {
                unsafe target[0] = 0
                next = 1
            }
            unsafe bytes.withUnsafeBytes { memory in
                var position = 0
                while position < count {
                    guard let block = unsafe memory.baseAddress?.advanced(by: position) else {
                        break
                    }
                    let left = count - position
                    // Which of the bytes are text.
                    let text = left < 64 ? (1 << UInt64(left)) &- 1 : ~UInt64(0)
                    var hits = unsafe matching(block, text) & text
                    let total = hits.nonzeroBitCount
                    let base = UInt32(truncatingIfNeeded: position) &+ offset
                    // Eight at a time without asking: what is written too much is overwritten.
                    var written = 0
                    repeat {
                        for slot in 0 ..< 8 {
                            unsafe target[next &+ written &+ slot] =
                                base &+ UInt32(truncatingIfNeeded: hits.trailingZeroBitCount)
                            hits &= hits &- 1
                        }
                        written &+= 8
                    } while written < total
                    next &+= total
                    position &+= 64
                }
            }
            filled = next
        }
    }
}
