internal import Kernels

/// What the plain numbers of a column tell of their decimal sign: it may as well part thousands, as in 8.105.
public struct DecimalTally: Equatable, Sendable {
    /// Whole numbers of up to three digits.
    public var bare = 0
    /// Of these, the ones that are 0.
    public var nothings = 0
    /// Whole numbers of more digits.
    public var long = 0
    /// Numbers whose mark can't part thousands: 12.5, 0.125, 1234.567.
    public var decimal = 0
    /// Of these, the ones with a zero before the mark.
    public var zeros = 0
    /// Numbers whose mark may part thousands: one to three digits before it, not beginning with zero, three behind it.
    public var doubtful = 0
    /// The most digits behind a mark that is no doubtful one.
    public var decimals = 0
    /// Whether a number that is no doubtful one has three digits behind its mark.
    public var hasThree = false

    /// Nothing seen.
    public init() {}

    /// Adds what another part of the column tells.
    public static func += (one: inout DecimalTally, other: DecimalTally) {
        one.bare += other.bare
        one.nothings += other.nothings
        one.long += other.long
        one.decimal += other.decimal
        one.zeros += other.zeros
        one.doubtful += other.doubtful
        one.decimals = max(one.decimals, other.decimals)
        one.hasThree = one.hasThree || other.hasThree
    }
}

extension RecordBatch {
    /// Looks at how the plain numbers of a column are spelled; other fields are passed over.
    ///
    /// - Parameters:
    ///   - column: The column.
    ///   - separator: The decimal sign, `.` or `,` as a byte.
    /// - Returns: How many numbers there are of each spelling.
    /// - Complexity: O(*n*) in the bytes of the column.
    public func decimalTally(column: Int, separator: UInt8) -> DecimalTally {
        var tally = DecimalTally()
        let spans = spans(column)
        let bytes = spans.bytes
        for row in 0 ..< rowCount {
            var range = spans.range(row: row)
            while let first = range.first, bytes[first] == 0x20 { range.removeFirst() }
            while let last = range.last, bytes[last] == 0x20 { range.removeLast() }
            if let first = range.first, bytes[first] == 0x2D || bytes[first] == 0x2B {
                range.removeFirst()
            }
            let whole = Self.digits(bytes, from: range.lowerBound, in: range)
            if whole == range.upperBound {
                if range.count > 3 { tally.long += 1 } else if !range.isEmpty { tally.bare += 1 }
                if range.count == 1, bytes[range.lowerBound] == 0x30 { tally.nothings += 1 }
                continue
            }
            guard bytes[whole] == separator else { continue }
            let end = Self.digits(bytes, from: whole + 1, in: range)
            let isWhole = end == range.upperBound
            guard isWhole || bytes[end] | 0x20 == 0x65, end - range.lowerBound > 1 else { continue }
            let before = whole - range.lowerBound
            let isZero = before == 0 || bytes[range.lowerBound] == 0x30
            if isWhole, end - whole == 4, (1 ... 3).contains(before), !isZero {
                tally.doubtful += 1
            } else {
                tally.decimals = max(tally.decimals, end - whole - 1)
                if end - whole == 4 { tally.hasThree = true }
                tally.decimal += 1
                if isZero { tally.zeros += 1 }
            }
        }
        return tally
    }

    /// Where the digits that begin at a place end.
    private static func digits(
        _ bytes: [UInt8],
        from start: Int,
        in range: Range<Int>
    ) -> Int {
        var place = start
        while place < range.upperBound, bytes[place] >= 0x30, bytes[place] <= 0x39 { place += 1 }
        return place
    }
}
