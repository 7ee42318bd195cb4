internal import Files
internal import Kernels

/// Reads Arrow's columns, as a stream or a file of that form, batch by batch.
///
/// Flat columns of numbers, booleans, dates, times and texts, with dictionaries of texts; buffers plain or packed by zstd
/// (Apache Arrow, "Arrow Columnar Format", IPC).
final class ArrowStream {
    /// Names of the columns.
    let names: [String]
    private let fields: [ArrowField]
    /// Of a stream; nil for a file.
    private var stream: ArrowMessages?
    private var file: ArrowFile?
    /// Names it in errors.
    private let source: String
    private var dictionaries: [Int64: FieldSpans] = [:]
    /// A record batch of which not all rows are given out.
    private var batch: (parts: [ArrowRows.Part], body: [UInt8], rows: Range<Int>)?
    /// The number of the row that comes next, from 1.
    private var nextRow = 1

    /// So many rows are given out at once, so that several threads have work.
    private static let mostRows = 1 << 14

    /// Reads the schema.
    ///
    /// - Throws: `CSVError` where it can't be read, or has columns that are none of a customer file.
    init(_ blocks: consuming InputBlocks) throws {
        source = blocks.path
        let description: FlatTable
        if blocks.startsArrowFile {
            let file = try ArrowFile(blocks)
            description = file.schema
            self.file = file
        } else {
            var messages = ArrowMessages(blocks)
            guard let first = try messages.next(), first.kind == .schema else {
                throw CSVError.damagedArrow(source, "it does not begin with a schema")
            }
            description = first.description
            stream = consume messages
        }
        guard try description.number(0, or: Int16(0)) == 0 else {
            throw CSVError(
                source: source,
                rule: "the Arrow data is of a big-endian machine",
                fix: "write it as CSV"
            )
        }
        let source = source
        fields = try description.tables(1).map { try ArrowField($0, of: source) }
        names = fields.map(\.name)
    }

    /// The next rows and the number of the first, from 1; nil at the end.
    func next() throws -> (rows: ArrowRows, first: Int)? {
        while true {
            if let (parts, body, rows) = batch, !rows.isEmpty {
                let taken = rows.prefix(Self.mostRows)
                batch = (parts, body, taken.endIndex ..< rows.upperBound)
                let first = nextRow
                nextRow += taken.count
                return (self.rows(parts, body, taken.startIndex ..< taken.endIndex), first)
            }
            guard let message = try file?.next() ?? stream?.next() else { return nil }
            switch message.kind {
            case .dictionary: try takeDictionary(message.description, message.body)
            case .batch: batch = try recordBatch(message.description, message.body, fields)
            case .schema: throw CSVError.damagedArrow(source, "it has a second schema")
            }
        }
    }

    private func rows(
        _ parts: [ArrowRows.Part],
        _ body: [UInt8],
        _ rows: Range<Int>
    ) -> ArrowRows {
        ArrowRows(
            fields: fields,
            parts: parts,
            body: body,
            dictionaries: dictionaries,
            rows: rows,
            source: source
        )
    }

    /// Takes the texts of a dictionary, or more of them.
    private func takeDictionary(_ description: FlatTable, _ body: [UInt8]) throws {
        let id = try description.number(0, or: Int64(0))
        guard let content = try description.table(1),
            let field = fields.first(where: { $0.dictionary?.id == id })
        else { throw CSVError.damagedArrow(source, "a dictionary belongs to no column") }
        let (parts, body, rows) = try recordBatch(content, body, [field.ofDictionary])
        let values = ArrowRows(
            fields: [field.ofDictionary],
            parts: parts,
            body: body,
            dictionaries: [:],
            rows: rows,
            source: source
        )
        let texts = try values.columns()[0].spans(rowCount: rows.count)
        let isMore = try description.number(2, or: UInt8(0)) != 0
        dictionaries[id] = isMore ? (dictionaries[id]?.appending(texts) ?? texts) : texts
    }

    /// Where the buffers of some columns lie in a message's body.
    private func recordBatch(
        _ description: FlatTable,
        _ body: [UInt8],
        _ fields: [ArrowField]
    ) throws -> (parts: [ArrowRows.Part], body: [UInt8], rows: Range<Int>) {
        let count = Int(try description.number(0, or: Int64(0)))
        let nodes = try description.pairs(1)
        var buffers = try description.pairs(2).map { offset, length in
            guard offset >= 0, length >= 0, offset <= body.count,
                Int(length) <= body.count - Int(offset)
            else { throw CSVError.damagedArrow(source, "a buffer lies outside of its message") }
            return Int(offset) ..< Int(offset + length)
        }
        var body = body
        if let packing = try description.table(3) {
            guard try packing.number(0, or: UInt8(0)) == 1 else {
                throw CSVError(
                    source: source,
                    rule: "the Arrow data is packed by LZ4",
                    fix: "write it with compression=\"zstd\", or with none"
                )
            }
            (body, buffers) = try ArrowUnpacking.unpacked(body, buffers, of: source)
        }
        var views = try description.numbers(4)[...]
        var left = buffers[...]
        guard nodes.count == fields.count, count >= 0 else {
            throw CSVError.damagedArrow(source, "a batch has other columns than its schema")
        }
        let parts = try zip(fields, nodes).map { field, node in
            var wanted = field.stored.bufferCount
            if field.stored == .textView {
                guard let more = views.popFirst(), more >= 0, more <= left.count else {
                    throw CSVError.damagedArrow(
                        source,
                        "a batch does not say how many buffers it has"
                    )
                }
                wanted += Int(more)
            }
            guard left.count >= wanted, node.first == count else {
                throw CSVError.damagedArrow(source, "a batch has too few buffers")
            }
            defer { left = left.dropFirst(wanted) }
            return ArrowRows.Part(
                length: count,
                nullCount: Int(node.second),
                buffers: Array(left.prefix(wanted))
            )
        }
        return (parts, body, 0 ..< count)
    }
}
