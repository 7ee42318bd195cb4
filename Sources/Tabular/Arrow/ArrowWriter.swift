internal import Kernels

/// Writes columns as a stream of Arrow, batch by batch.
///
/// ```swift
/// let writer = ArrowWriter([("customer", .text), ("score", .float)])
/// var customers = ArrowColumn(.text)
/// customers.append("c1")
/// var scores = ArrowColumn(.float)
/// scores.append(Float(0.25))
/// let stream = writer.schema + writer.batch([customers, scores]) + ArrowWriter.end
/// ```
public struct ArrowWriter: Sendable {
    private let fields: [(name: String, kind: ArrowColumn.Kind)]

    /// Names the columns.
    public init(_ fields: [(name: String, kind: ArrowColumn.Kind)]) { self.fields = fields }

    /// What stands first.
    public var schema: [UInt8] {
        Self.message(
            kind: 1,
            [
                .absent,
                .tables(
                    fields.map { name, kind in
                        [
                            .text(name), .byte(1), .byte(kind.number), .table(kind.form), .absent,
                            .tables([]),
                        ]
                    }
                ),
            ],
            body: []
        )
    }

    /// Some rows.
    ///
    /// - Parameter columns: In the order of the fields, of equal length.
    /// - Returns: The message's bytes.
    /// - Precondition: Their kinds are those of the fields.
    /// - Complexity: O(*n*) in the bytes.
    public func batch(_ columns: [ArrowColumn]) -> [UInt8] {
        precondition(
            columns.map(\.kind) == fields.map(\.kind),
            "columns of other kinds than the fields"
        )
        precondition(
            columns.allSatisfy { $0.count == columns[0].count },
            "columns differ in length"
        )
        var body: [UInt8] = []
        var buffers: [(Int64, Int64)] = []
        for buffer in columns.flatMap(\.buffers) {
            buffers.append((Int64(body.count), Int64(buffer.count)))
            body += buffer
            while body.count & 7 != 0 { body.append(0) }
        }
        return Self.message(
            kind: 3,
            [
                .long(Int64(columns.first?.count ?? 0)),
                .pairs(columns.map { (Int64($0.count), Int64($0.nullCount)) }),
                .pairs(buffers),
            ],
            body: body
        )
    }

    /// What stands last.
    public static let end: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0]

    /// A message of format version 5.
    private static func message(kind: UInt8, _ header: [FlatValue], body: [UInt8]) -> [UInt8] {
        let description = FlatWriter(
            root: [.short(4), .byte(kind), .table(header), .long(Int64(body.count))]
        )
        .bytes
        var message: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF]
        message.appendLittleEndian(UInt32(description.count))
        return message + description + body
    }
}

/// The values of a column of Arrow, as they are added.
public struct ArrowColumn: Sendable {
    /// What the values are.
    public enum Kind: Sendable {
        /// UTF-8.
        case text
        /// Whole numbers of 64 bits.
        case integer
        /// Floating point of 32 bits.
        case float
        /// Floating point of 64 bits.
        case double

        /// Of the type in Arrow's Schema.fbs.
        fileprivate var number: UInt8 {
            switch self {
            case .text: 5
            case .integer: 2
            case .float, .double: 3
            }
        }

        /// What the type says of itself there.
        fileprivate var form: [FlatValue] {
            switch self {
            case .text: []
            case .integer: [.int(64), .byte(1)]
            case .float: [.short(1)]
            case .double: [.short(2)]
            }
        }
    }

    /// What the values are.
    public let kind: Kind
    /// How many there are.
    public private(set) var count = 0
    /// How many of them are missing.
    public private(set) var nullCount = 0
    /// Of texts, one behind the other.
    private var text: [UInt8] = []
    /// Where each text begins, and the last one ends.
    private var bounds: [Int32] = [0]
    /// Of numbers of 32 bits.
    private var floats: [Float] = []
    /// The bits of numbers of 64 bits.
    private var words: [UInt64] = []
    /// A bit for each value, 0 where it is missing.
    private var present: [UInt8] = []

    /// A column without values.
    public init(_ kind: Kind) { self.kind = kind }

    /// Adds a text.
    ///
    /// - Precondition: The column is one of texts.
    public mutating func append(_ text: String) {
        precondition(kind == .text)
        self.text += text.utf8
        bounds.append(Int32(self.text.count))
        note(isPresent: true)
    }

    /// Adds the bytes of a field.
    ///
    /// - Precondition: The column is one of texts.
    public mutating func append(_ batch: RecordBatch, row: Int, column: Int) {
        precondition(kind == .text)
        batch.append(row: row, column: column, to: &text)
        bounds.append(Int32(text.count))
        note(isPresent: true)
    }

    /// Adds a number.
    ///
    /// - Precondition: The column is one of such numbers.
    public mutating func append(_ number: Float) {
        precondition(kind == .float)
        floats.append(number)
        note(isPresent: true)
    }

    /// Adds a number.
    ///
    /// - Precondition: The column is one of such numbers.
    public mutating func append(_ number: Double) {
        precondition(kind == .double)
        words.append(number.bitPattern)
        note(isPresent: true)
    }

    /// Adds a number.
    ///
    /// - Precondition: The column is one of such numbers.
    public mutating func append(_ number: Int) {
        precondition(kind == .integer)
        words.append(UInt64(bitPattern: Int64(number)))
        note(isPresent: true)
    }

    /// Adds that a value is missing.
    public mutating func appendNull() {
        switch kind {
        case .text: bounds.append(Int32(text.count))
        case .float: floats.append(0)
        case .integer, .double: words.append(0)
        }
        note(isPresent: false)
    }

    private mutating func note(isPresent: Bool) {
        if count & 7 == 0 { present.append(0) }
        if isPresent { present[count >> 3] |= 1 << UInt8(count & 7) }
        if !isPresent { nullCount += 1 }
        count += 1
    }

    /// As Arrow keeps them: which values are there, where texts end, the values.
    fileprivate var buffers: [[UInt8]] {
        let present = nullCount == 0 ? [] : present
        return switch kind {
        case .text: [present, StoredNumbers.bytes(of: bounds), text]
        case .float: [present, StoredNumbers.bytes(of: floats)]
        case .integer, .double: [present, StoredNumbers.bytes(of: words)]
        }
    }
}
