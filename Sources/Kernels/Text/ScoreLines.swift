/// Writes lines of a CSV file, each an identifier, a number and an ending.
public enum ScoreLines {
    /// Makes one line for each value: the field of its row, a comma, the value, its ending.
    ///
    /// A field is put between double quotes, and its own are doubled, where it holds a comma, a
    /// quote or a line end (RFC 4180). A value is written as its `description`.
    ///
    /// - Parameters:
    ///   - fields: A column of identifiers.
    ///   - rows: The rows of `fields` to write, in order; shape [values].
    ///   - values: Shape [values].
    ///   - endings: What may follow a value, the line end included.
    ///   - endingOf: Which of `endings` follows each value; shape [values].
    /// - Returns: The lines' bytes, in the order of `values`.
    /// - Precondition: Rows and endings are in range; a field lies within its text.
    /// - Complexity: O(*n*) in the bytes written.
    public static func make(
        fields: FieldSpans,
        rows: [Int],
        values: [Float],
        endings: [[UInt8]],
        endingOf: [UInt8]
    ) -> [UInt8] {
        precondition(
            rows.count == values.count && endingOf.count == values.count,
            "lines: \(rows.count) rows, \(values.count) values, \(endingOf.count) endings"
        )
        let longestEnding = endings.reduce(0) { max($0, $1.count) }
        // Endings of one width, so that each is copied without asking for its length.
        let width = (longestEnding + 7) & ~7
        let table = endings.flatMap { $0 + Array(repeating: 0, count: width - $0.count) }
        let lengths = endings.map(\.count)
        var capacity = slack
        for row in rows {
            let length = fields.range(row: row).count
            capacity += 2 * length + 3 + ShortestDecimal.room + longestEnding
        }
        return unsafe [UInt8](unsafeUninitializedCapacity: capacity) { output, filled in
            guard let target = output.baseAddress else { return }
            var next = unsafe target
            unsafe fields.bytes.withUnsafeBytes { memory in
                unsafe table.withUnsafeBytes { table in
                    for index in values.indices {
                        let range = fields.range(row: rows[index])
                        unsafe next += field(memory, range, next)
                        unsafe next[0] = 0x2C
                        unsafe next += 1
                        unsafe next += ShortestDecimal.write(values[index], next)
                        let ending = Int(endingOf[index])
                        let length = lengths[ending]
                        for offset in stride(from: 0, to: length, by: 8) {
                            let word = unsafe table.loadUnaligned(
                                fromByteOffset: ending &* width &+ offset,
                                as: UInt64.self
                            )
                            unsafe UnsafeMutableRawPointer(next + offset).storeBytes(
                                of: word,
                                as: UInt64.self
                            )
                        }
                        unsafe next += length
                    }
                }
            }
            filled = unsafe next - target
        }
    }

    /// How far beyond a line's end whole words may be written.
    private static let slack = 64

    /// Writes one field, quoted where it needs to be, and returns how many bytes that took.
    @inline(__always)
    private static func field(
        _ memory: UnsafeRawBufferPointer,
        _ range: Range<Int>,
        _ target: UnsafeMutablePointer<UInt8>
    ) -> Int {
        let raw = UnsafeMutableRawPointer(target)
        var special: UInt64 = 0
        var offset = 0
        // The text's padding may be read, and what is written too much is overwritten.
        while offset < range.count {
            let word = UInt64(
                littleEndian: unsafe memory.loadUnaligned(
                    fromByteOffset: range.lowerBound &+ offset,
                    as: UInt64.self
                )
            )
            unsafe (raw + offset).storeBytes(of: word.littleEndian, as: UInt64.self)
            let left = range.count &- offset
            let inside = left >= 8 ? ~UInt64(0) : (1 << UInt64(left &* 8)) &- 1
            special |= inside & structure(word)
            offset &+= 8
        }
        guard special != 0 else { return range.count }
        return unsafe quoted(memory, range, target)
    }

    /// The top bit of each byte that makes a field need quotes.
    @inline(__always)
    private static func structure(_ word: UInt64) -> UInt64 {
        ByteWord.zeros(word ^ ByteWord.repeating(0x2C))
            | ByteWord.zeros(word ^ ByteWord.repeating(0x22))
            | ByteWord.zeros(word ^ ByteWord.repeating(0x0A))
            | ByteWord.zeros(word ^ ByteWord.repeating(0x0D))
    }

    @inline(never)
    private static func quoted(
        _ memory: UnsafeRawBufferPointer,
        _ range: Range<Int>,
        _ target: UnsafeMutablePointer<UInt8>
    ) -> Int {
        unsafe target[0] = 0x22
        var length = 1
        for position in range {
            let byte = unsafe memory[position]
            if byte == 0x22 {
                unsafe target[length] = byte
                length += 1
            }
            unsafe target[length] = byte
            length += 1
        }
        unsafe target[length] = 0x22
        return length + 1
    }
}
