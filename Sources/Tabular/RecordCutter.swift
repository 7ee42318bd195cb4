internal import Kernels

/// Cuts a file into stretches of whole records, block by block.
///
/// A quote opens a quoted field only at the field's start; elsewhere it is ordinary text. That is
/// also how `QuotedParser` and `RecordCursor` read, so that all three agree on where records end.
struct RecordCutter: ~Copyable {
    /// The longest record that is read, in bytes.
    static let longestRecord = 16 << 20

    private var blocks: InputBlocks
    private let blockSize: Int
    private let longest: Int
    /// What was read ahead to see the dialect and the header, as far as it is not in `bytes` yet.
    private(set) var ahead: ArraySlice<UInt8> = []
    /// Whether nothing of the file comes after `ahead`.
    private(set) var hasReadAll = false
    /// The text not given out yet, then padding.
    private var bytes = [UInt8](repeating: 0, count: StructuralScan.padding)
    /// Length of the text in `bytes`.
    private var count = 0
    /// The line on which the text in `bytes` begins, from 1.
    private(set) var line = 1
    /// How characters are written; nil as long as all are ASCII and nobody said it.
    private(set) var encoding: TextEncoding?
    /// What a person should know of how the file is read.
    private(set) var remarks: [String]

    private var quote = Quote.outside
    /// How far `bytes` has been looked through.
    private var scanned = 0

    private enum Quote {
        case outside
        /// Within the quoted field that opened at that offset.
        case inside(Int)
        /// After a quote within that field: the end of the field, or half of a doubled quote.
        case pending(Int)
    }

    init(
        _ path: String,
        encoding: TextEncoding? = nil,
        blockSize: Int,
        longest: Int = RecordCutter.longestRecord
    ) throws {
        self.init(
            try InputBlocks(path, encoding: encoding),
            encoding: encoding,
            blockSize: blockSize,
            longest: longest
        )
    }

    init(
        _ blocks: consuming InputBlocks,
        encoding: TextEncoding? = nil,
        blockSize: Int,
        longest: Int = RecordCutter.longestRecord
    ) {
        precondition(blockSize >= 1 && longest >= 1, "block of \(blockSize) bytes")
        remarks = blocks.remarks
        // JSON has no header, so that its first line is that of a record.
        if blocks.isFromJSON { line = 0 }
        // What is made of UTF-16 is UTF-8.
        self.encoding = encoding.map { $0.isSingleByte ? $0 : .utf8 }
        self.blocks = blocks
        self.blockSize = min(blockSize, longest)
        self.longest = longest
    }

    var path: String { blocks.path }

    /// Whether the text is made from JSON.
    var isFromJSON: Bool { blocks.isFromJSON }

    /// Whether `bytes` holds all that is left of the file.
    private var isAtEnd: Bool { hasReadAll && ahead.isEmpty }

    /// Reads until there are `wanted` bytes ahead, or the file has ended.
    mutating func readAhead(_ wanted: Int) throws {
        guard ahead.count < wanted, !hasReadAll else { return }
        ahead = try blocks.block(after: ahead, count: wanted - ahead.count, padding: 0)[...]
        hasReadAll = ahead.count < wanted
    }

    /// Takes away `length` bytes of what was read ahead.
    mutating func drop(_ length: Int, lines: Int) {
        ahead.removeFirst(length)
        line += lines
    }

    /// Takes away a line in front of the header that names the delimiter, as Excel's `sep=;` does.
    ///
    /// - Returns: The delimiter; nil where there is no such line.
    mutating func takeDelimiterLine() -> UInt8? {
        let line = ahead.prefix { $0 != 0x0A && $0 != 0x0D }
        guard line.count == 5, line.starts(with: Array("sep=".utf8)), let delimiter = line.last,
            line.count < ahead.count
        else { return nil }
        let isPair = ahead.dropFirst(5).starts(with: [0x0D, 0x0A])
        drop(isPair ? 7 : 6, lines: 1)
        return delimiter
    }

    /// The next stretch of whole records, or nil at the end of the file.
    ///
    /// - Returns: Text and padding, the length of the text, its first line, and what it holds.
    mutating func next(
        delimiter: UInt8
    ) throws -> (bytes: [UInt8], count: Int, line: Int, summary: ByteSummary)? {
        var end = lastRecordEnd(delimiter: delimiter)
        while end == nil {
            if isAtEnd {
                guard count > 0 else { return nil }
                if case .inside(let offset) = quote { throw unclosed(at: offset) }
                // The last record need not have a line end.
                bytes[count] = 0x0A
                bytes.append(0)
                count += 1
                end = count
            } else {
                guard count <= longest else { throw tooLong() }
                // Growing by as much again keeps the copying linear; one byte more than the
                // longest record tells that it is too long, whatever the size of the blocks.
                try grow(by: min(max(blockSize, count), longest + 1 - count))
                end = lastRecordEnd(delimiter: delimiter)
            }
        }
        guard let end else { return nil }
        let rest = Array(bytes[end ..< count + StructuralScan.padding])
        let text = (bytes: bytes, count: end)
        bytes = rest
        count -= end
        scanned -= end
        switch quote {
        case .outside: break
        case .inside(let offset): quote = .inside(offset - end)
        case .pending(let offset): quote = .pending(offset - end)
        }
        if count == 0 { scanned = 0 }
        let first = line
        let summary = ByteSummary(text.bytes, in: 0 ..< text.count)
        if summary.hasNonASCII, encoding == nil {
            try findEncoding(from: text.bytes[..<(text.count + count)])
        }
        line += summary.lineEnds
        return (text.bytes, text.count, first, summary)
    }

    /// Finds the encoding of what was read ahead, where it tells.
    mutating func findEncoding() throws {
        guard encoding == nil else { return }
        try findEncoding(from: [])
    }

    /// Finds the encoding by the first bytes that are no ASCII, in a text before what was read ahead.
    ///
    /// The same bytes are looked at whatever the size of the blocks.
    private mutating func findEncoding(from text: ArraySlice<UInt8>) throws {
        guard let start = text.firstIndex(where: { $0 >= 0x80 }) else {
            guard let start = ahead.firstIndex(where: { $0 >= 0x80 }) else { return }
            let before = start - ahead.startIndex
            try readAhead(before + TextEncoding.sampleSize)
            return decide(Array(ahead.dropFirst(before).prefix(TextEncoding.sampleSize)))
        }
        var sample = Array(text[start...].prefix(TextEncoding.sampleSize))
        let wanted = TextEncoding.sampleSize - sample.count
        if wanted > 0 {
            try readAhead(wanted)
            sample += ahead.prefix(wanted)
        }
        decide(sample)
    }

    private mutating func decide(_ sample: [UInt8]) {
        let found = TextEncoding(detecting: sample)
        encoding = found
        if found != .utf8 {
            remarks.append(
                "the file is no UTF-8 and is read as Windows-1252, as Excel writes it in Western Europe"
            )
        }
    }

    private mutating func grow(by length: Int) throws {
        if ahead.isEmpty {
            let before = count
            bytes = try blocks.block(
                after: bytes[..<count],
                count: length,
                padding: StructuralScan.padding
            )
            count = bytes.count - StructuralScan.padding
            hasReadAll = count < before + length
        } else {
            bytes.replaceSubrange(count ..< count, with: ahead.prefix(length))
            count = bytes.count - StructuralScan.padding
            ahead = ahead.dropFirst(length)
        }
    }

    /// Looks through the text that is new and returns where the last whole record in it ends.
    private mutating func lastRecordEnd(delimiter: UInt8) -> Int? {
        // A carriage return at the very end may be half of a line end.
        var limit = count
        if !isAtEnd, limit > scanned, bytes[limit - 1] == 0x0D { limit -= 1 }
        var gaps: [Range<Int>] = []
        var position = scanned
        var gapStart = position
        while position < limit {
            switch quote {
            case .outside:
                guard let found = ByteSearch.first(0x22, in: bytes, range: position ..< limit)
                else {
                    position = limit
                    continue
                }
                position = found + 1
                if found == 0 || isFieldEnd(bytes[found - 1], delimiter) {
                    gaps.append(gapStart ..< found)
                    quote = .inside(found)
                }
            case .inside(let offset):
                guard let found = ByteSearch.first(0x22, in: bytes, range: position ..< limit)
                else {
                    position = limit
                    continue
                }
                position = found + 1
                quote = .pending(offset)
            case .pending(let offset):
                if bytes[position] == 0x22 {
                    quote = .inside(offset)
                    position += 1
                } else {
                    quote = .outside
                    gapStart = position
                }
            }
        }
        scanned = limit
        if case .outside = quote { gaps.append(gapStart ..< limit) }
        for gap in gaps.reversed() {
            // A line end may stand in the byte before, when its carriage return came last.
            for offset in gap.reversed() where isLineEnd(bytes[offset]) { return offset + 1 }
        }
        return nil
    }

    private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    private func isFieldEnd(_ byte: UInt8, _ delimiter: UInt8) -> Bool {
        byte == delimiter || isLineEnd(byte)
    }

    private func unclosed(at offset: Int) -> CSVError {
        CSVError(
            source: path,
            line: line + ByteSummary(bytes, in: 0 ..< offset).lineEnds,
            rule: "a double quote opens here and is never closed",
            fix: "close it, or write quotes within a quoted field twice"
        )
    }

    private func tooLong() -> CSVError {
        let size = "\(longest >= 1 << 20 ? "\(longest >> 20) MiB" : "\(longest) bytes")"
        guard case .inside(let offset) = quote else {
            return CSVError(
                source: path,
                line: line,
                rule: "the record that starts here is longer than \(size)",
                fix: "check that the file is CSV with line ends"
            )
        }
        return CSVError(
            source: path,
            line: line + ByteSummary(bytes, in: 0 ..< offset).lineEnds,
            rule: "a double quote opens here and is not closed within \(size)",
            fix: "close it, or write quotes within a quoted field twice"
        )
    }
}
