internal import Kernels

/// A column of a batch that came as values and not as text.
enum TypedColumn: Sendable {
    /// Whole numbers, exact at any size; `isMissing` is empty where no row is.
    case integers([Int64], isMissing: [Bool])
    /// NaN where a row has none; `isSingle` where they were of 32 bits, as whose shortest text they are told.
    case floats([Double], isSingle: Bool)
    /// Texts, empty where a row has none; every field is valid UTF-8.
    case texts(FieldSpans)
    /// For each row the place of its text, -1 where it has none.
    case coded([Int32], FieldSpans)

    /// The text of one row, as a CSV file would have it; whole numbers without a decimal point.
    func text(_ row: Int) -> String {
        switch self {
        case .integers(let values, let isMissing):
            isMissing.isEmpty || !isMissing[row] ? "\(values[row])" : ""
        case .floats(let values, let isSingle): Self.text(values[row], isSingle: isSingle)
        case .texts(let spans): Self.text(spans, row)
        case .coded(let places, let texts):
            places[row] < 0 ? "" : Self.text(texts, Int(places[row]))
        }
    }

    private static func text(_ spans: FieldSpans, _ row: Int) -> String {
        String(decoding: spans.bytes[spans.range(row: row)], as: UTF8.self)
    }

    private static func text(_ value: Double, isSingle: Bool) -> String {
        guard !value.isNaN else { return "" }
        if abs(value) < 0x1p53, value == value.rounded() { return "\(Int64(value))" }
        return isSingle ? "\(Float(value))" : "\(value)"
    }

    /// The column as fields of a text.
    ///
    /// - Complexity: O(*n*) in the rows, O(1) for texts.
    func spans(rowCount: Int) -> FieldSpans {
        switch self {
        case .texts(let spans): return spans
        case .coded(let places, let texts):
            // Nothing is copied: many rows share a text's bytes.
            let fields = places.map { $0 < 0 ? 0 ..< 0 : texts.range(row: Int($0)) }
            return FieldSpans(
                bytes: texts.bytes,
                starts: fields.map { UInt32($0.lowerBound) },
                ends: [0] + fields.map { UInt32($0.upperBound) + 1 },
                first: 0,
                stride: 1,
                rows: rowCount
            )
        case .integers(let values, let isMissing):
            return FieldSpans(values, isMissing: isMissing)
        case .floats: return FieldSpans((0 ..< rowCount).map { Array(text($0).utf8) })
        }
    }

    /// The column as numbers, as `RecordBatch.numbers(column:)` returns them.
    func numbers(separator: UInt8) -> (values: [Double], invalid: [Int]) {
        switch self {
        case .integers(let values, let isMissing):
            var numbers = values.map { Double($0) }
            for row in isMissing.indices where isMissing[row] { numbers[row] = .nan }
            return (numbers, [])
        case .floats(let values, _):
            let infinite = values.indices.filter { values[$0].isInfinite }
            guard !infinite.isEmpty else { return (values, []) }
            return (values.map { $0.isInfinite ? .nan : $0 }, infinite)
        case .texts(let spans): return DecimalColumn.parse(spans, separator: separator)
        case .coded(let places, let texts):
            let (values, invalid) = DecimalColumn.parse(texts, separator: separator)
            let isInvalid = Set(invalid)
            return (
                places.map { $0 < 0 ? .nan : values[Int($0)] },
                places.indices.filter { isInvalid.contains(Int(places[$0])) }
            )
        }
    }

    /// The column as codes of levels, as `RecordBatch.codes(column:levels:)` returns them.
    func codes(_ levels: LevelColumn) -> [Int32] {
        switch self {
        case .texts(let spans): return levels.match(spans)
        case .coded(let places, let texts):
            let codes = levels.match(texts)
            return places.map { $0 < 0 ? LevelCode.null : codes[Int($0)] }
        case .integers(let values, let isMissing):
            var codes = matchedNearby(levels, values) ?? Self.matched(levels, values) { "\($0)" }
            for row in isMissing.indices where isMissing[row] { codes[row] = LevelCode.null }
            return codes
        case .floats(let values, let isSingle):
            // What is missing has one pattern of bits or another, and the empty text.
            return Self.matched(levels, values.map(\.bitPattern)) {
                Self.text(Double(bitPattern: $0), isSingle: isSingle)
            }
        }
    }

    /// The codes of whole numbers near each other, which most levels are: a table has the code of each; nil for others.
    private func matchedNearby(_ levels: LevelColumn, _ values: [Int64]) -> [Int32]? {
        guard let least = values.min(), let greatest = values.max(),
            case let (width, isTooWide) = greatest.subtractingReportingOverflow(least),
            !isTooWide, width < 4096
        else { return nil }
        let codes = levels.match(FieldSpans((least ... greatest).map { Array("\($0)".utf8) }))
        return values.map { codes[Int($0 - least)] }
    }

    /// The codes of numbers, of which few differ: a text is made of each of those.
    private static func matched<Value: Hashable>(
        _ levels: LevelColumn,
        _ values: [Value],
        text: (Value) -> String
    ) -> [Int32] {
        var places: [Value: Int32] = [:]
        var texts: [[UInt8]] = []
        let placeOf = values.map { value in
            if let place = places[value] { return place }
            let place = Int32(texts.count)
            places[value] = place
            texts.append(Array(text(value).utf8))
            return place
        }
        let codes = levels.match(FieldSpans(texts))
        return placeOf.map { codes[Int($0)] }
    }

    /// Some of the rows, in the order given.
    func selecting(_ rows: [Int]) -> TypedColumn {
        switch self {
        case .integers(let values, let isMissing):
            .integers(
                rows.map { values[$0] },
                isMissing: isMissing.isEmpty ? [] : rows.map { isMissing[$0] }
            )
        case .floats(let values, let isSingle):
            .floats(rows.map { values[$0] }, isSingle: isSingle)
        case .texts(let spans): .coded(rows.map { Int32($0) }, spans)
        case .coded(let places, let texts): .coded(rows.map { places[$0] }, texts)
        }
    }
}

extension FieldSpans {
    /// Texts one after the other.
    init(_ texts: [[UInt8]]) {
        var bytes: [UInt8] = []
        var starts: [UInt32] = []
        var ends: [UInt32] = [0]
        for text in texts {
            starts.append(UInt32(bytes.count))
            bytes += text
            ends.append(UInt32(bytes.count) + 1)
        }
        bytes += [UInt8](repeating: 0, count: StructuralScan.padding)
        self.init(
            bytes: bytes,
            starts: starts,
            ends: ends,
            first: 0,
            stride: 1,
            rows: texts.count
        )
    }

    /// The fields of this text, and behind them those of another.
    func appending(_ other: FieldSpans) -> FieldSpans {
        FieldSpans(
            (0 ..< rows).map { Array(bytes[range(row: $0)]) }
                + (0 ..< other.rows).map { Array(other.bytes[other.range(row: $0)]) }
        )
    }
}
