/// What a table of a FlatBuffer holds, by the numbers of its fields; what `FlatTable` reads.
indirect enum FlatValue {
    /// The field's default.
    case absent
    case byte(UInt8)
    case short(Int16)
    case int(Int32)
    case long(Int64)
    case text(String)
    case table([FlatValue])
    case tables([[FlatValue]])
    /// Pairs of numbers, as Arrow lists the places of buffers.
    case pairs([(Int64, Int64)])

    /// Bytes in the table itself: a value, or the way to it.
    fileprivate var size: Int {
        switch self {
        case .absent: 0
        case .byte: 1
        case .short: 2
        case .int, .text, .table, .tables, .pairs: 4
        case .long: 8
        }
    }
}

/// Writes a FlatBuffer from its root on: ways lead forward to what follows, so that each is known once that is written.
struct FlatWriter {
    private(set) var bytes: [UInt8] = []

    /// Writes a buffer; its length is a multiple of eight.
    init(root: [FlatValue]) {
        append(UInt32(0))
        let place = write(root)
        point(from: 0, to: place)
        align(to: 8)
    }

    /// Writes a table behind its list of places and returns where it is.
    private mutating func write(_ fields: [FlatValue]) -> Int {
        // The largest first, so that none needs room before it; behind the way back, which is four bytes long.
        var offsets = [UInt16](repeating: 0, count: fields.count)
        var end = 4
        for size in [4, 8, 2, 1] {
            if size == 8, fields.contains(where: { $0.size == 8 }) { end = (end + 7) & ~7 }
            for field in fields.indices where fields[field].size == size {
                offsets[field] = UInt16(end)
                end += size
            }
        }
        let listLength = 4 + 2 * fields.count
        while (bytes.count + listLength) & 7 != 0 { bytes.append(0) }
        append(UInt16(listLength))
        append(UInt16(end))
        for offset in offsets { append(offset) }
        let start = bytes.count
        append(Int32(listLength))
        bytes += [UInt8](repeating: 0, count: end - 4)
        for (field, value) in fields.enumerated() {
            fill(value, at: start + Int(offsets[field]))
        }
        return start
    }

    /// Writes a value of a table at its place, or behind all others with the way there at its place.
    private mutating func fill(_ value: FlatValue, at place: Int) {
        switch value {
        case .absent: break
        case .byte(let number): bytes[place] = number
        case .short(let number): store(number, at: place)
        case .int(let number): store(number, at: place)
        case .long(let number): store(number, at: place)
        case .text(let text):
            align(to: 4)
            point(from: place, to: bytes.count)
            append(UInt32(text.utf8.count))
            bytes += text.utf8
            bytes.append(0)
        case .table(let fields): point(from: place, to: write(fields))
        case .tables(let tables):
            align(to: 4)
            let list = bytes.count
            point(from: place, to: list)
            append(UInt32(tables.count))
            for _ in tables { append(UInt32(0)) }
            for (number, table) in tables.enumerated() {
                point(from: list + 4 + 4 * number, to: write(table))
            }
        case .pairs(let pairs):
            // The numbers behind the length are aligned, not the length.
            while bytes.count & 7 != 4 { bytes.append(0) }
            point(from: place, to: bytes.count)
            append(UInt32(pairs.count))
            for (first, second) in pairs {
                append(first)
                append(second)
            }
        }
    }

    private mutating func point(from place: Int, to target: Int) {
        store(UInt32(target - place), at: place)
    }

    private mutating func store<Number: FixedWidthInteger>(_ number: Number, at place: Int) {
        for offset in 0 ..< Number.bitWidth / 8 {
            bytes[place + offset] = UInt8(truncatingIfNeeded: number >> (8 * offset))
        }
    }

    private mutating func append<Number: FixedWidthInteger>(_ number: Number) {
        bytes.appendLittleEndian(number)
    }

    private mutating func align(to size: Int) {
        while bytes.count % size != 0 { bytes.append(0) }
    }
}

extension [UInt8] {
    /// Adds a number, its lowest byte first.
    mutating func appendLittleEndian<Number: FixedWidthInteger>(_ number: Number) {
        for offset in 0 ..< Number.bitWidth / 8 {
            append(UInt8(truncatingIfNeeded: number >> (8 * offset)))
        }
    }
}
