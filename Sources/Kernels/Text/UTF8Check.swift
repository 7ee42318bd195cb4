/// Checks that text is well-formed UTF-8 (Unicode 16, table 3-7).
public enum UTF8Check {
    /// Offset of the first byte in `range` that starts no well-formed sequence, or nil.
    ///
    /// - Precondition: `range` lies within `bytes`.
    /// - Complexity: O(*n*); ASCII 8 bytes at a time.
    public static func firstInvalid(_ bytes: [UInt8], in range: Range<Int>) -> Int? {
        precondition(
            range.lowerBound >= 0 && range.upperBound <= bytes.count,
            "UTF-8: range \(range) lies outside \(bytes.count) bytes"
        )
        return unsafe bytes.withUnsafeBytes { memory -> Int? in
            var position = range.lowerBound
            let end = range.upperBound
            while position < end {
                if position + 8 <= end,
                    unsafe memory.loadUnaligned(fromByteOffset: position, as: UInt64.self)
                        & 0x8080_8080_8080_8080 == 0
                {
                    position += 8
                    continue
                }
                let lead = unsafe memory[position]
                guard lead > 0x7F else {
                    position += 1
                    continue
                }
                // The second byte's range depends on the first: no overlong form, no surrogate,
                // nothing above U+10FFFF.
                let length: Int
                var second: ClosedRange<UInt8> = 0x80 ... 0xBF
                switch lead {
                case 0xC2 ... 0xDF: length = 2
                case 0xE0: (length, second) = (3, 0xA0 ... 0xBF)
                case 0xED: (length, second) = (3, 0x80 ... 0x9F)
                case 0xE1 ... 0xEF: length = 3
                case 0xF0: (length, second) = (4, 0x90 ... 0xBF)
                case 0xF1 ... 0xF3: length = 4
                case 0xF4: (length, second) = (4, 0x80 ... 0x8F)
                default: return position
                }
                guard position + length <= end, unsafe second.contains(memory[position + 1]) else {
                    return position
                }
                for offset in 2 ..< max(length, 2) {
                    let continuation = unsafe memory[position + offset]
                    guard continuation & 0xC0 == 0x80 else { return position }
                }
                position += length
            }
            return nil
        }
    }
}
