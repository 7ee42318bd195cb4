internal import Kernels

/// A length of 32 bits.
private func arrowLength(in bytes: [UInt8], at place: Int) -> Int {
    Int(StoredNumbers.integers(bits: 32, isSigned: false, in: bytes, from: place, count: 1)[0])
}

/// A message of Arrow: its kind, what it says, and what it carries.
struct ArrowMessage {
    /// As Arrow's Message.fbs numbers them.
    enum Kind: UInt8 { case schema = 1, dictionary, batch }

    let kind: Kind
    let description: FlatTable
    /// Length of the body that follows.
    fileprivate let bodyLength: Int
    fileprivate(set) var body: [UInt8] = []

    fileprivate init(_ bytes: [UInt8], of source: String) throws(CSVError) {
        let message = try FlatTable(root: bytes, of: source)
        guard let description = try message.table(2),
            let kind = Kind(rawValue: try message.number(1, or: UInt8(0))),
            case let length = try message.number(3, or: Int64(0)), length >= 0
        else { throw .damagedArrow(source, "a message is of no known kind") }
        self.kind = kind
        self.description = description
        bodyLength = Int(length)
    }
}

/// The messages of a stream, one after the other.
struct ArrowMessages: ~Copyable {
    private var input: InputBlocks

    /// The longest description of a message; that of 10,000 columns takes 2 MiB.
    private static let longest = 64 << 20

    init(_ input: consuming InputBlocks) { self.input = input }

    /// The next message; nil at the end, which a stream must say.
    mutating func next() throws -> ArrowMessage? {
        let source = input.path
        let beginning = try bytes(8)
        let length = arrowLength(in: beginning, at: 4)
        guard beginning.starts(with: [0xFF, 0xFF, 0xFF, 0xFF]), length <= Self.longest else {
            throw CSVError.damagedArrow(source, "no message stands where one must")
        }
        guard length > 0 else { return nil }
        var message = try ArrowMessage(try bytes(length), of: source)
        message.body = try bytes(message.bodyLength)
        return message
    }

    /// So many bytes of the input, no fewer.
    private mutating func bytes(_ count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        // What a length promises need not be there: memory grows with what comes.
        while bytes.count < count {
            let wanted = min(count - bytes.count, max(bytes.count, 32 << 20))
            let before = bytes.count
            bytes = try input.block(after: bytes[...], count: wanted, padding: 0)
            guard bytes.count == before + wanted else {
                throw CSVError.damagedArrow(input.path, "it is cut off")
            }
        }
        return bytes
    }
}

/// The messages of a file, which it lists at its end: it is read into memory.
struct ArrowFile {
    /// Where a message lies.
    struct Block {
        let offset: Int64
        /// Length of its description, with what stands before it.
        let description: Int32
        let body: Int64
    }

    /// What a file begins and ends with.
    static let mark = Array("ARROW1".utf8)

    let schema: FlatTable
    private let bytes: [UInt8]
    private let source: String
    private var blocks: ArraySlice<Block>

    init(_ given: consuming InputBlocks) throws {
        var input = given
        source = input.path
        let bytes = try input.rest()
        self.bytes = bytes
        let end = bytes.count - Self.mark.count
        guard end >= 12, bytes[end...].elementsEqual(Self.mark) else {
            throw CSVError.damagedArrow(source, "it is cut off")
        }
        let length = arrowLength(in: bytes, at: end - 4)
        guard length <= end - 12 else {
            throw CSVError.damagedArrow(source, "its list of messages is longer than the file")
        }
        let footer = try FlatTable(root: Array(bytes[end - 4 - length ..< end - 4]), of: source)
        guard let schema = try footer.table(1) else {
            throw CSVError.damagedArrow(source, "it has no schema")
        }
        self.schema = schema
        blocks = (try footer.blocks(2) + footer.blocks(3))[...]
    }

    /// The next message, dictionaries first; nil at the end.
    mutating func next() throws(CSVError) -> ArrowMessage? {
        guard let block = blocks.popFirst() else { return nil }
        let (start, length) = (block.offset, Int64(block.description))
        guard start >= 0, length >= 8, block.body >= 0, start <= bytes.count,
            length <= Int64(bytes.count) - start,
            block.body <= Int64(bytes.count) - start - length
        else { throw .damagedArrow(source, "a message lies outside of the file") }
        let begin = Int(start)
        // Before version 0.15 nothing stood before a description but its length.
        let prefix = bytes[begin ..< begin + 4].allSatisfy { $0 == 0xFF } ? 8 : 4
        let body = begin + Int(length)
        var message = try ArrowMessage(Array(bytes[begin + prefix ..< body]), of: source)
        message.body = Array(bytes[body ..< body + Int(block.body)])
        return message
    }
}
