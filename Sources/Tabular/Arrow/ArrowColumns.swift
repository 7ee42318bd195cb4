internal import Kernels

/// Some rows of a record batch of Arrow, not yet looked into.
struct ArrowRows: Sendable {
    /// A column's own buffers, as places in `body`.
    struct Part: Sendable {
        /// Rows of the whole batch.
        let length: Int
        let nullCount: Int
        let buffers: [Range<Int>]
    }

    let fields: [ArrowField]
    let parts: [Part]
    /// The whole batch's buffers.
    let body: [UInt8]
    /// The texts of each dictionary, by its number.
    let dictionaries: [Int64: FieldSpans]
    /// Which rows of the batch.
    let rows: Range<Int>
    let source: String

    /// The columns of these rows.
    ///
    /// - Throws: `CSVError` where a buffer does not hold what it should.
    /// - Complexity: O(fields).
    func columns() throws(CSVError) -> [TypedColumn] {
        var columns: [TypedColumn] = []
        for (field, part) in zip(fields, parts) { columns.append(try column(field, part)) }
        return columns
    }

    private func column(_ field: ArrowField, _ part: Part) throws(CSVError) -> TypedColumn {
        guard part.length >= rows.upperBound else { throw short(field) }
        let isMissing = try missing(field, part)
        if let dictionary = field.dictionary {
            guard let texts = dictionaries[dictionary.id] else {
                throw damaged(field, "comes before its dictionary")
            }
            let places = try integers(field, part)
            var codes = [Int32](repeating: -1, count: rows.count)
            for row in codes.indices where isMissing.isEmpty || !isMissing[row] {
                guard places[row] >= 0, places[row] < texts.rows else {
                    throw damaged(field, "points outside of its dictionary")
                }
                codes[row] = Int32(places[row])
            }
            return .coded(codes, texts)
        }
        return switch field.type {
        case .null: .coded([Int32](repeating: -1, count: rows.count), FieldSpans([]))
        case .boolean: .coded(try truths(field, part, isMissing), Self.truth)
        case .integer(64, isSigned: false): .texts(try unsigned(field, part, isMissing))
        case .integer: .integers(try integers(field, part), isMissing: isMissing)
        case .float(let bits): try floats(field, part, bits, isMissing)
        case .decimal, .time: .texts(try written(field, part, isMissing))
        case .text, .textView:
            .texts(try ArrowTexts(self, field, part).spans(isMissing))
        }
    }

    private static let truth = FieldSpans([Array("false".utf8), Array("true".utf8)])

    /// The buffer of a place in the column, and whether it holds `bytes` bytes.
    func buffer(
        _ place: Int,
        _ field: ArrowField,
        _ part: Part,
        holding bytes: Int
    ) throws(CSVError) -> Range<Int> {
        guard place < part.buffers.count, part.buffers[place].count >= bytes else {
            throw short(field)
        }
        return part.buffers[place]
    }

    /// Which rows have no value; empty where all have one.
    private func missing(_ field: ArrowField, _ part: Part) throws(CSVError) -> [Bool] {
        guard part.nullCount > 0, field.type != .null else { return [] }
        let bits = try buffer(0, field, part, holding: (rows.upperBound + 7) / 8)
        return rows.map { body[bits.lowerBound + $0 >> 3] >> UInt8($0 & 7) & 1 == 0 }
    }

    private func truths(
        _ field: ArrowField,
        _ part: Part,
        _ isMissing: [Bool]
    ) throws(CSVError) -> [Int32] {
        let bits = try buffer(1, field, part, holding: (rows.upperBound + 7) / 8)
        return rows.enumerated().map { row, place in
            isMissing.isEmpty || !isMissing[row]
                ? Int32(body[bits.lowerBound + place >> 3] >> UInt8(place & 7) & 1) : -1
        }
    }

    /// Where the first of the rows lies in a buffer of values of one width.
    private func start(_ field: ArrowField, _ part: Part, _ width: Int) throws(CSVError) -> Int {
        try buffer(1, field, part, holding: rows.upperBound * width).lowerBound
            + rows.lowerBound * width
    }

    private func integers(_ field: ArrowField, _ part: Part) throws(CSVError) -> [Int64] {
        guard case .integer(let bits, let isSigned) = field.stored else {
            throw damaged(field, "has no whole numbers where they are needed")
        }
        return StoredNumbers.integers(
            bits: bits,
            isSigned: isSigned,
            in: body,
            from: try start(field, part, bits / 8),
            count: rows.count
        )
    }

    private func unsigned(
        _ field: ArrowField,
        _ part: Part,
        _ isMissing: [Bool]
    ) throws(CSVError) -> FieldSpans {
        let values = try integers(field, part)
        return FieldSpans(
            values.indices.map { row in
                isMissing.isEmpty || !isMissing[row]
                    ? Array("\(UInt64(bitPattern: values[row]))".utf8) : []
            }
        )
    }

    private func floats(
        _ field: ArrowField,
        _ part: Part,
        _ bits: Int,
        _ isMissing: [Bool]
    ) throws(CSVError) -> TypedColumn {
        let start = try start(field, part, bits / 8)
        var values =
            bits == 16
            ? StoredNumbers.integers(
                bits: 16,
                isSigned: false,
                in: body,
                from: start,
                count: rows.count
            )
            .map { Self.half(UInt16(truncatingIfNeeded: $0)) }
            : StoredNumbers.floats(isSingle: bits == 32, in: body, from: start, count: rows.count)
        for row in isMissing.indices where isMissing[row] { values[row] = .nan }
        return .floats(values, isSingle: bits != 64)
    }

    /// A number of 16 bits (IEEE 754, binary16).
    private static func half(_ bits: UInt16) -> Double {
        let (exponent, fraction) = (Int(bits >> 10 & 0x1F), Double(bits & 0x3FF))
        let magnitude: Double =
            switch exponent {
            case 0: fraction * 0x1p-24
            case 31: fraction == 0 ? .infinity : .nan
            default: Double(sign: .plus, exponent: exponent - 15, significand: 1 + fraction / 1024)
            }
        return bits >> 15 == 0 ? magnitude : -magnitude
    }

    /// Decimal numbers, days and times as they are written.
    private func written(
        _ field: ArrowField,
        _ part: Part,
        _ isMissing: [Bool]
    ) throws(CSVError) -> FieldSpans {
        let width = field.type.width ?? 8
        let start = try start(field, part, width)
        return FieldSpans(
            (0 ..< rows.count).map { row in
                guard isMissing.isEmpty || !isMissing[row] else { return [] }
                var value: Int128 = 0
                for offset in (0 ..< width).reversed() {
                    value = value << 8 | Int128(body[start + row * width + offset])
                }
                // The sign is the highest bit that is kept.
                let unused = Int128(128 - 8 * width)
                value = (value << unused) >> unused
                return Array(ArrowText.text(value, field.type).utf8)
            }
        )
    }

    func damaged(_ field: ArrowField, _ what: String) -> CSVError {
        .damagedArrow(source, "column \(field.name) \(what)")
    }

    private func short(_ field: ArrowField) -> CSVError {
        damaged(field, "has fewer values than its batch has rows")
    }
}
