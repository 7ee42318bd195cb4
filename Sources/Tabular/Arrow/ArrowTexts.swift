internal import Kernels

/// The texts of a column of Arrow, which lie behind offsets or views.
struct ArrowTexts {
    private let rows: ArrowRows
    private let field: ArrowField
    private let part: ArrowRows.Part

    init(_ rows: ArrowRows, _ field: ArrowField, _ part: ArrowRows.Part) {
        self.rows = rows
        self.field = field
        self.part = part
    }

    /// The fields; empty where a row has none.
    ///
    /// - Throws: `CSVError` where a text lies outside of its buffer or is no UTF-8.
    func spans(_ isMissing: [Bool]) throws(CSVError) -> FieldSpans {
        let fields =
            switch field.type {
            case .text(let isLarge): try behindOffsets(isLarge, isMissing)
            default: try behindViews(isMissing)
            }
        guard UTF8Check.firstInvalid(fields.bytes, in: 0 ..< fields.bytes.count) == nil else {
            throw rows.damaged(field, "holds bytes that are no UTF-8")
        }
        return fields
    }

    private func behindOffsets(
        _ isLarge: Bool,
        _ isMissing: [Bool]
    ) throws(CSVError) -> FieldSpans {
        let width = isLarge ? 8 : 4
        let (first, count) = (rows.rows.lowerBound, rows.rows.count)
        // A batch without rows need not have an offset.
        guard count > 0 else { return FieldSpans([]) }
        let list = try rows.buffer(1, field, part, holding: (rows.rows.upperBound + 1) * width)
        let text = try rows.buffer(2, field, part, holding: 0)
        let start = list.lowerBound + first * width
        let offsets =
            StoredNumbers.integers(bits: 8 * width, in: rows.body, from: start, count: count + 1)
        var isAscending = offsets[0] >= 0 && offsets[count] <= text.count
        for row in 0 ..< count { isAscending = isAscending && offsets[row] <= offsets[row + 1] }
        guard isAscending else { throw rows.damaged(field, "has texts outside of its buffer") }
        let base = offsets[0]
        guard offsets[count] - base < Int64(UInt32.max) / 2 else {
            throw rows.damaged(field, "has texts of more than 2 GiB")
        }
        let bytes = rows.body[text.lowerBound + Int(base) ..< text.lowerBound + Int(offsets[count])]
        let starts = (0 ..< count).map { UInt32(offsets[$0] - base) }
        var ends = offsets.map { UInt32($0 - base) + 1 }
        // What lies behind a missing value may be anything.
        for row in isMissing.indices where isMissing[row] { ends[row + 1] = starts[row] + 1 }
        return FieldSpans(
            bytes: bytes + [UInt8](repeating: 0, count: StructuralScan.padding),
            starts: starts,
            ends: ends,
            first: 0,
            stride: 1,
            rows: count
        )
    }

    /// A view of 16 bytes is a length and the text itself, or where it lies, if that has more than 12 bytes.
    private func behindViews(_ isMissing: [Bool]) throws(CSVError) -> FieldSpans {
        let views = try rows.buffer(1, field, part, holding: rows.rows.upperBound * 16)
        var texts: [[UInt8]] = []
        for (row, place) in rows.rows.enumerated() {
            guard isMissing.isEmpty || !isMissing[row] else {
                texts.append([])
                continue
            }
            let view = views.lowerBound + place * 16
            let numbers = StoredNumbers.integers(bits: 32, in: rows.body, from: view, count: 4)
            let length = Int(numbers[0])
            if (0 ... 12).contains(length) {
                texts.append(Array(rows.body[view + 4 ..< view + 4 + length]))
                continue
            }
            let (buffer, offset) = (2 + Int(numbers[2]), Int(numbers[3]))
            guard length > 0, numbers[2] >= 0, buffer < part.buffers.count, offset >= 0,
                offset + length <= part.buffers[buffer].count
            else { throw rows.damaged(field, "has texts outside of its buffers") }
            let start = part.buffers[buffer].lowerBound + offset
            texts.append(Array(rows.body[start ..< start + length]))
        }
        return FieldSpans(texts)
    }
}

/// How values that Arrow has and CSV has not are written.
enum ArrowText {
    /// A decimal number, a day, or a time.
    static func text(_ value: Int128, _ type: ArrowType) -> String {
        switch type {
        case .decimal(_, let scale): decimal(value, scale)
        case .time(let unitsPerSecond): time(value, unitsPerSecond)
        default: "\(value)"
        }
    }

    private static func decimal(_ value: Int128, _ scale: Int) -> String {
        let digits = "\(value.magnitude)"
        let sign = value < 0 ? "-" : ""
        guard scale > 0 else { return sign + digits }
        let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
        return "\(sign)\(padded.dropLast(scale)).\(padded.suffix(scale))"
    }

    /// `2026-11-30`, and behind it the time where it is not midnight; parts of a second are left out.
    private static func time(_ value: Int128, _ unitsPerSecond: Int64) -> String {
        let (units, remainder) = value.quotientAndRemainder(
            dividingBy: Int128(max(unitsPerSecond, 1))
        )
        let seconds = unitsPerSecond == 0 ? value * 86_400 : remainder < 0 ? units - 1 : units
        let (quotient, rest) = seconds.quotientAndRemainder(dividingBy: 86_400)
        let (days, second) = rest < 0 ? (quotient - 1, rest + 86_400) : (quotient, rest)
        // The years that dates are written in; others stay numbers, which are no dates.
        guard let number = Int(exactly: days), years.contains(number) else { return "\(value)" }
        let day = day(number)
        guard second > 0 else { return day }
        return
            "\(day) \(two(Int(second / 3600))):\(two(Int(second / 60 % 60))):\(two(Int(second % 60)))"
    }

    /// The days of the years 1 to 9999, counted from 1970.
    private static let years = -719_162 ... 2_932_896

    /// A day of the Gregorian calendar, also before there was one, as Arrow counts (Howard Hinnant, "chrono-compatible low-level
    /// date algorithms", 2014: years begin in March).
    private static func day(_ number: Int) -> String {
        let shifted = number + 719_468
        let (era, dayOfEra) = shifted.quotientAndRemainder(dividingBy: 146_097)
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let part = (5 * dayOfYear + 2) / 153
        let month = part < 10 ? part + 3 : part - 9
        let year = "\(10_000 + yearOfEra + era * 400 + (month <= 2 ? 1 : 0))".dropFirst()
        return "\(year)-\(two(month))-\(two(dayOfYear - (153 * part + 2) / 5 + 1))"
    }

    private static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
