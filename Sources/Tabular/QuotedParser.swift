internal import Kernels

/// Splits text of any form: quotes, all line ends, malformed records.
///
/// It steps from one structural byte to the next. A quoted field is not copied, unless it holds a
/// doubled quote: then its text is rewritten behind the chunk.
struct QuotedParser {
    private let chunk: CSVChunk
    private let positions: [UInt32]
    /// Index in `positions` of the next structural byte.
    private var next = 0
    private var line: UInt32 = 0
    private var rewritten: [UInt8] = []
    private var starts: [UInt32] = []
    private var ends: [UInt32] = [0]
    private var places: [RecordBatch.Place] = []
    private var malformed: [(row: Int, problem: CSVProblem)] = []

    init(_ chunk: CSVChunk) {
        self.chunk = chunk
        positions = StructuralScan.positions(
            chunk.bytes,
            count: chunk.count,
            delimiter: chunk.dialect.delimiter
        )
        let fields = (chunk.summary.lineEnds + 1) * chunk.columnCount
        starts.reserveCapacity(fields)
        ends.reserveCapacity(fields + 1)
        places.reserveCapacity(chunk.summary.lineEnds + 1)
    }

    /// The records of the chunk; blank lines are none.
    consuming func batch() -> RecordBatch {
        let checksUTF8 =
            chunk.summary.hasNonASCII
            && UTF8Check.firstInvalid(chunk.bytes, in: 0 ..< chunk.count) != nil
        var position = 0
        while position < chunk.count {
            let byte = chunk.bytes[position]
            if byte == 0x0A || byte == 0x0D {
                position = afterLineEnd(at: position)
            } else {
                position = record(from: position, checksUTF8: checksUTF8)
            }
        }
        let padding = [UInt8](repeating: 0, count: StructuralScan.padding)
        let bytes =
            rewritten.isEmpty ? chunk.bytes : chunk.bytes[..<chunk.count] + rewritten + padding
        return RecordBatch(
            columnCount: chunk.columnCount,
            rowCount: places.count,
            malformed: malformed,
            bytes: Array(bytes),
            starts: starts,
            ends: ends,
            places: places,
            firstLine: chunk.firstLine
        )
    }

    /// Steps over the line end at `position`, the next structural byte.
    private mutating func afterLineEnd(at position: Int) -> Int {
        line += 1
        next += 1
        guard chunk.bytes[position] == 0x0D, position + 1 < chunk.count,
            chunk.bytes[position + 1] == 0x0A
        else { return position + 1 }
        next += 1
        return position + 2
    }

    /// Reads the record that starts at `start` and returns where the next one starts.
    private mutating func record(from start: Int, checksUTF8: Bool) -> Int {
        let row = places.count
        let firstField = starts.count
        let startLine = line
        var problem: CSVProblem?
        var position = start
        var isWhole = false
        while !isWhole {
            if position < chunk.count, chunk.bytes[position] == 0x22 {
                position = quotedField(from: position, column: starts.count - firstField, &problem)
            } else {
                let end = fieldEnd()
                add(position ..< end)
                position = end
            }
            if position < chunk.count, chunk.bytes[position] == chunk.dialect.delimiter {
                next += 1
                position += 1
            } else {
                isWhole = true
            }
        }
        places.append(
            RecordBatch.Place(start: UInt32(start), end: UInt32(position), line: startLine)
        )
        let found = starts.count - firstField
        if problem == nil, found != chunk.columnCount {
            problem = .fieldCount(expected: chunk.columnCount, found: found)
        }
        if checksUTF8, UTF8Check.firstInvalid(chunk.bytes, in: start ..< position) != nil {
            var cursor = RecordCursor(
                chunk.bytes[start ..< position],
                delimiter: chunk.dialect.delimiter
            )
            let broken = cursor.next()?.fields.firstIndex {
                UTF8Check.firstInvalid($0, in: $0.indices) != nil
            }
            problem = .invalidUTF8(column: broken ?? 0)
        }
        if let problem {
            malformed.append((row, problem))
            starts.removeLast(found)
            ends.removeLast(found)
            for _ in 0 ..< chunk.columnCount { add(start ..< start) }
        }
        return position < chunk.count ? afterLineEnd(at: position) : position
    }

    private mutating func add(_ range: Range<Int>) {
        starts.append(UInt32(range.lowerBound))
        ends.append(UInt32(range.upperBound) + 1)
    }

    /// Steps to the next delimiter or line end, quotes being ordinary text, and returns where it is.
    private mutating func fieldEnd() -> Int {
        while next < positions.count {
            let position = Int(positions[next])
            if chunk.bytes[position] != 0x22 { return position }
            next += 1
        }
        return chunk.count
    }

    /// Reads the field whose opening quote is at `start` and returns where it ends.
    private mutating func quotedField(
        from start: Int,
        column: Int,
        _ problem: inout CSVProblem?
    ) -> Int {
        next += 1
        var close = chunk.count
        var hasDoubled = false
        while next < positions.count {
            let position = Int(positions[next])
            let byte = chunk.bytes[position]
            if byte == 0x22 {
                next += 1
                guard position + 1 < chunk.count, chunk.bytes[position + 1] == 0x22 else {
                    close = position
                    break
                }
                hasDoubled = true
                next += 1
            } else if byte == chunk.dialect.delimiter {
                next += 1
            } else {
                _ = afterLineEnd(at: position)
            }
        }
        if hasDoubled {
            addRewritten(start + 1 ..< close)
        } else {
            add(start + 1 ..< close)
        }
        let end = fieldEnd()
        if end > close + 1, problem == nil { problem = .textAfterQuote(column: column) }
        return end
    }

    /// Adds a field with its doubled quotes made single.
    private mutating func addRewritten(_ range: Range<Int>) {
        let start = chunk.count + rewritten.count
        var position = range.lowerBound
        while position < range.upperBound {
            rewritten.append(chunk.bytes[position])
            position += chunk.bytes[position] == 0x22 ? 2 : 1
        }
        add(start ..< chunk.count + rewritten.count)
    }
}
