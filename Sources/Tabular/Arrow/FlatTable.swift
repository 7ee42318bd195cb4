/// A table of a FlatBuffer, in which Arrow tells what its bytes mean; every place is checked before it is read.
///
/// A table begins with the way back to its list of places (vtable); a field that is not listed has its default
/// (FlatBuffers, "FlatBuffers Internals").
struct FlatTable {
    private let bytes: [UInt8]
    private let start: Int
    private let places: Range<Int>
    /// Names the file in errors.
    private let source: String

    /// The root of a buffer.
    init(root bytes: [UInt8], of source: String) throws(CSVError) {
        let start = try Self.load(bytes, 0, UInt32.self, source)
        try self.init(bytes, at: Int(start), source)
    }

    private init(_ bytes: [UInt8], at start: Int, _ source: String) throws(CSVError) {
        let back = try Self.load(bytes, start, Int32.self, source)
        let list = start - Int(back)
        let length = Int(try Self.load(bytes, list, UInt16.self, source))
        guard length >= 4, length <= bytes.count - list else { throw Self.damaged(source) }
        self.bytes = bytes
        self.start = start
        self.source = source
        places = list + 4 ..< list + length
    }

    /// A number; its default where the table does not have it.
    func number<Number: FixedWidthInteger>(
        _ field: Int,
        or standard: Number
    ) throws(CSVError) -> Number {
        guard let place = try place(field) else { return standard }
        return try Self.load(bytes, place, Number.self, source)
    }

    /// Another table; nil where there is none.
    func table(_ field: Int) throws(CSVError) -> FlatTable? {
        guard let place = try target(field) else { return nil }
        return try FlatTable(bytes, at: place, source)
    }

    /// A text; nil where there is none.
    func text(_ field: Int) throws(CSVError) -> String? {
        guard let (place, count) = try vector(field, size: 1) else { return nil }
        guard let text = String(validating: bytes[place ..< place + count], as: UTF8.self) else {
            throw Self.damaged(source)
        }
        return text
    }

    /// The tables of a list.
    func tables(_ field: Int) throws(CSVError) -> [FlatTable] {
        guard let (place, count) = try vector(field, size: 4) else { return [] }
        var found: [FlatTable] = []
        for index in 0 ..< count {
            let entry = place + 4 * index
            let way = try Self.load(bytes, entry, UInt32.self, source)
            found.append(try FlatTable(bytes, at: entry + Int(way), source))
        }
        return found
    }

    /// The numbers of a list of pairs, one after the other.
    func pairs(_ field: Int) throws(CSVError) -> [(first: Int64, second: Int64)] {
        guard let (place, count) = try vector(field, size: 16) else { return [] }
        var found: [(Int64, Int64)] = []
        for index in 0 ..< count {
            found.append(
                (
                    try Self.load(bytes, place + 16 * index, Int64.self, source),
                    try Self.load(bytes, place + 16 * index + 8, Int64.self, source)
                )
            )
        }
        return found
    }

    /// Where a file's messages lie, and how long their descriptions and bodies are.
    func blocks(_ field: Int) throws(CSVError) -> [ArrowFile.Block] {
        guard let (place, count) = try vector(field, size: 24) else { return [] }
        var found: [ArrowFile.Block] = []
        for index in 0 ..< count {
            let block = place + 24 * index
            found.append(
                ArrowFile.Block(
                    offset: try Self.load(bytes, block, Int64.self, source),
                    description: try Self.load(bytes, block + 8, Int32.self, source),
                    body: try Self.load(bytes, block + 16, Int64.self, source)
                )
            )
        }
        return found
    }

    /// The numbers of a list.
    func numbers(_ field: Int) throws(CSVError) -> [Int64] {
        guard let (place, count) = try vector(field, size: 8) else { return [] }
        var found: [Int64] = []
        for index in 0 ..< count {
            found.append(try Self.load(bytes, place + 8 * index, Int64.self, source))
        }
        return found
    }

    /// Where the elements of a list lie, and how many there are.
    private func vector(_ field: Int, size: Int) throws(CSVError) -> (place: Int, count: Int)? {
        guard let place = try target(field) else { return nil }
        let count = Int(try Self.load(bytes, place, UInt32.self, source))
        guard count <= (bytes.count - place - 4) / size else { throw Self.damaged(source) }
        return (place + 4, count)
    }

    /// Where a field lies that is not in the table itself.
    private func target(_ field: Int) throws(CSVError) -> Int? {
        guard let place = try place(field) else { return nil }
        return place + Int(try Self.load(bytes, place, UInt32.self, source))
    }

    private func place(_ field: Int) throws(CSVError) -> Int? {
        let entry = places.lowerBound + 2 * field
        guard entry + 2 <= places.upperBound else { return nil }
        let offset = try Self.load(bytes, entry, UInt16.self, source)
        return offset == 0 ? nil : start + Int(offset)
    }

    private static func load<Number: FixedWidthInteger>(
        _ bytes: [UInt8],
        _ place: Int,
        _ type: Number.Type,
        _ source: String
    ) throws(CSVError) -> Number {
        let size = Number.bitWidth / 8
        guard place >= 0, place <= bytes.count - size else { throw damaged(source) }
        var number: Number = 0
        for offset in (0 ..< size).reversed() {
            number = number << 8 | Number(truncatingIfNeeded: bytes[place + offset])
        }
        return number
    }

    private static func damaged(_ source: String) -> CSVError {
        .damagedArrow(source, "a message's description points outside of it")
    }
}

extension CSVError {
    /// Arrow data that no writer of Arrow writes.
    static func damagedArrow(_ source: String, _ what: String) -> CSVError {
        CSVError(
            source: source,
            rule: "the Arrow data is damaged: \(what)",
            fix: "write it again, and close its writer"
        )
    }
}
