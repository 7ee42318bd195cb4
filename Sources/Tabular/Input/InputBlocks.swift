internal import Files

/// Text that comes block by block from somewhere else than a plain file.
protocol TextSource: AnyObject {
    /// The next block, not empty; nil at the end.
    func next() throws -> [UInt8]?
}

/// The text of a file of customers, block by block, whatever it was packed and encoded in.
///
/// A plain file is read as ever; only its beginning is looked at. Encodings of single bytes are left as they are, since
/// lines and fields end in the same places.
struct InputBlocks: ~Copyable {
    /// The path as it was given; `-` is standard input.
    let path: String
    /// What a person should know of how the file is read.
    private(set) var remarks: [String] = []
    /// Whether the text is made from JSON, so that it is a table of commas and decimal points.
    private(set) var isFromJSON = false
    private var file: BlockReader?
    private var source: (any TextSource)?
    /// Read, and not handed out.
    private var left: ArraySlice<UInt8> = []

    /// How much of a file tells its form.
    static let sampleSize = 64 << 10

    /// Opens a file.
    ///
    /// - Throws: `FileError` where it can't be read; `CSVError` where it is no text.
    init(_ path: String, encoding: TextEncoding?) throws {
        try self.init(BlockReader(path), encoding: encoding, isFile: true, takesJSON: true)
    }

    /// Reads a text in memory; `name` stands for the path.
    init(text: [UInt8], named name: String) throws {
        try self.init(
            BlockReader(text: text, named: name),
            encoding: nil,
            isFile: false,
            takesJSON: false
        )
    }

    /// Reads columns of Arrow in memory; `name` stands for the path.
    init(arrow bytes: [UInt8], named name: String) {
        path = name
        left = bytes[...]
    }

    private init(
        _ blocks: consuming BlockReader,
        encoding: TextEncoding?,
        isFile: Bool,
        takesJSON: Bool
    ) throws {
        path = blocks.path
        left = try blocks.block(after: [], count: Self.sampleSize, padding: 0)[...]
        if let packing = Packing(left) {
            guard isFile else {
                throw CSVError(
                    source: path,
                    rule: "is packed by \(packing.rawValue)",
                    fix: "send it as it is, or packed by gzip with Content-Encoding: gzip"
                )
            }
            source = UnpackedSource(blocks, beginning: Array(left), packing: packing, path: path)
            left = []
            try fill(Self.sampleSize)
        } else {
            file = consume blocks
        }
        if isFile, isArrow { return }
        try decode(as: encoding)
        if let foreign = ForeignFile(left) {
            throw CSVError(source: path, rule: "the file is \(foreign.kind)", fix: foreign.remedy)
        }
        if takesJSON { try takeJSON(encoding) }
    }

    /// Whether columns of Arrow are to come and no text, as a stream or as a file.
    var isArrow: Bool { left.starts(with: [0xFF, 0xFF, 0xFF, 0xFF]) || startsArrowFile }

    /// Whether the mark of an Arrow file comes first.
    var startsArrowFile: Bool { left.starts(with: ArrowFile.mark + [0, 0]) }

    /// Puts the step in between that makes UTF-8 of UTF-16, where the file is or shall be that.
    private mutating func decode(as encoding: TextEncoding?) throws {
        guard let form = UTF16Form(beginning: left, encoding) else { return }
        if encoding == nil { remarks.append("the file is read as UTF-16") }
        source = UTF16Source(upstream(), form)
        try fill(Self.sampleSize)
    }

    /// Puts the step in between that makes CSV of JSON, where the file is that.
    private mutating func takeJSON(_ encoding: TextEncoding?) throws {
        let hasMark = left.starts(with: Self.mark)
        guard JSONLines.isJSON(hasMark ? left.dropFirst(3) : left) else { return }
        dropMark()
        let path = path
        // Which columns there are is known at the end of the file only; what can't be read twice is read into memory.
        let names: JSONColumns
        if path == "-" {
            let text = try rest()
            names = try JSONColumns(JSONLines(HeldSource([text]), path: path))
            source = HeldSource([text])
        } else {
            var again = try InputBlocks(
                BlockReader(path),
                encoding: encoding,
                isFile: true,
                takesJSON: false
            )
            again.dropMark()
            names = try JSONColumns(JSONLines(again.upstream(), path: path))
            source = upstream()
        }
        left = []
        guard let upstream = source else { return }
        isFromJSON = true
        source = JSONSource(JSONLines(upstream, path: path), names)
    }

    /// The byte-order mark of UTF-8.
    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private mutating func dropMark() {
        if left.starts(with: Self.mark) { left = left.dropFirst(3) }
    }

    /// All that is to come, in memory.
    mutating func rest() throws -> [UInt8] {
        let source = upstream()
        var text: [UInt8] = []
        while let block = try source.next() { text += block }
        return text
    }

    /// All that is to come, as a source; nothing comes from here any more.
    private mutating func upstream() -> any TextSource {
        let beginning = Array(left)
        left = []
        if let source {
            self.source = nil
            return HeldSource([beginning], then: source)
        }
        guard let file = file.take() else { return HeldSource([beginning]) }
        return HeldSource([beginning], then: FileSource(file))
    }

    /// Reads until there are `wanted` bytes left to hand out, or the source has ended.
    private mutating func fill(_ wanted: Int) throws {
        while left.count < wanted, let block = try source?.next() { left += block }
    }

    /// As `BlockReader.block(after:count:padding:)`.
    mutating func block(
        after prefix: ArraySlice<UInt8>,
        count: Int,
        padding: Int
    ) throws -> [UInt8] {
        if source != nil { try fill(count) }
        guard source != nil || left.count >= count || file == nil else {
            let begun = left.isEmpty ? prefix : prefix + left
            let rest = count - left.count
            left = []
            return try file?.block(after: begun, count: rest, padding: padding) ?? []
        }
        let taken = left.prefix(count)
        left = left.dropFirst(count)
        return Array(prefix) + taken + [UInt8](repeating: 0, count: padding)
    }
}

/// What is in memory, and then what another source gives.
final class HeldSource: TextSource {
    private var blocks: [[UInt8]]
    private let rest: (any TextSource)?

    init(_ blocks: [[UInt8]], then rest: (any TextSource)? = nil) {
        self.blocks = blocks.filter { !$0.isEmpty }
        self.rest = rest
    }

    func next() throws -> [UInt8]? {
        blocks.isEmpty ? try rest?.next() : blocks.removeFirst()
    }
}

/// A plain file.
private final class FileSource: TextSource {
    private var file: BlockReader

    init(_ file: consuming BlockReader) { self.file = file }

    func next() throws -> [UInt8]? {
        let block = try file.block(after: [], count: 256 << 10, padding: 0)
        return block.isEmpty ? nil : block
    }
}

/// A packed file.
private final class UnpackedSource: TextSource {
    private let blocks: UnpackedBlocks
    private let packing: Packing
    private let path: String

    init(_ file: consuming BlockReader, beginning: [UInt8], packing: Packing, path: String) {
        blocks = UnpackedBlocks(file, beginning: beginning, packing: packing)
        self.packing = packing
        self.path = path
    }

    func next() throws -> [UInt8]? {
        do {
            return try blocks.next()
        } catch is UnpackingError {
            throw CSVError(
                source: path,
                rule: "what \(packing.rawValue) packed is cut off or damaged",
                fix: "copy or pack the file again; \(packing.rawValue) -t tells whether it is whole"
            )
        }
    }
}
