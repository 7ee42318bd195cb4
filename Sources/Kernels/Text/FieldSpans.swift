/// Where the fields of one column lie in a text: the input of the column kernels.
///
/// Field *r* of the column is number `k = first + r * stride` of the text; it covers the bytes from
/// `starts[k]` up to, not including, `ends[k + 1] - 1`. A text without quotes passes the same array
/// twice, since every field then ends one byte before the next one starts.
public struct FieldSpans: Sendable {
    /// The text and at least `StructuralScan.padding` bytes more.
    public let bytes: [UInt8]
    /// Offset of the first byte of each field.
    public let starts: [UInt32]
    /// Element *k + 1* is the offset of the end of field *k*, plus one.
    public let ends: [UInt32]
    /// Number of the column's first field.
    public let first: Int
    /// Fields per record.
    public let stride: Int
    /// Number of records.
    public let rows: Int

    /// Describes a column.
    ///
    /// - Precondition: The arrays hold the column's last field.
    public init(
        bytes: [UInt8],
        starts: [UInt32],
        ends: [UInt32],
        first: Int,
        stride: Int,
        rows: Int
    ) {
        let last = first + (rows - 1) * stride
        precondition(
            rows == 0
                || (first >= 0 && stride >= 1 && last < starts.count && last + 1 < ends.count),
            "spans: \(rows) rows of stride \(stride) from \(first) need \(last + 2) entries"
        )
        self.bytes = bytes
        self.starts = starts
        self.ends = ends
        self.first = first
        self.stride = stride
        self.rows = rows
    }

    /// Whole numbers as their decimal digits.
    ///
    /// - Parameters:
    ///   - numbers: Shape [rows].
    ///   - isMissing: Which fields are empty, shape [rows]; empty where none is.
    /// - Complexity: O(digits).
    public init(_ numbers: [Int64], isMissing: [Bool] = []) {
        precondition(isMissing.isEmpty || isMissing.count == numbers.count, "spans: missing rows")
        var bytes: [UInt8] = []
        var bounds: [UInt32] = [0]
        bytes.reserveCapacity(8 * numbers.count + StructuralScan.padding)
        bounds.reserveCapacity(numbers.count + 1)
        for (row, number) in numbers.enumerated() {
            if isMissing.isEmpty || !isMissing[row] {
                let start = bytes.count
                var rest = number.magnitude
                repeat {
                    bytes.append(UInt8(truncatingIfNeeded: rest % 10) + 0x30)
                    rest /= 10
                } while rest > 0
                if number < 0 { bytes.append(0x2D) }
                // The last digit came first.
                var (low, high) = (start, bytes.count - 1)
                while low < high {
                    bytes.swapAt(low, high)
                    (low, high) = (low + 1, high - 1)
                }
            }
            bytes.append(0x2C)
            bounds.append(UInt32(bytes.count))
        }
        bytes += [UInt8](repeating: 0, count: StructuralScan.padding)
        self.init(
            bytes: bytes,
            starts: bounds,
            ends: bounds,
            first: 0,
            stride: 1,
            rows: numbers.count
        )
    }

    /// Where the field of a row lies.
    ///
    /// - Precondition: The row is one of `rows`, and its field lies within the text.
    @inline(__always)
    public func range(row: Int) -> Range<Int> {
        precondition(row >= 0 && row < rows, "spans: row \(row) of \(rows)")
        let field = first + row * stride
        let (start, end) = (Int(starts[field]), Int(ends[field + 1]) - 1)
        precondition(
            start <= end && end <= bytes.count - StructuralScan.padding,
            "spans: field outside the text"
        )
        return start ..< end
    }

    /// Calls `body` with the row and the bounds of its field, and the text's memory.
    ///
    /// - Precondition: Every field lies within the text, `StructuralScan.padding` from its end.
    @inline(__always)
    func forEach(_ body: (_ row: Int, _ start: Int, _ length: Int, UnsafeRawBufferPointer) -> Void)
    {
        let limit = bytes.count - StructuralScan.padding
        unsafe bytes.withUnsafeBytes { memory in
            unsafe starts.withUnsafeBufferPointer { starts in
                unsafe ends.withUnsafeBufferPointer { ends in
                    var field = first
                    for row in 0 ..< rows {
                        let start = unsafe Int(starts[field])
                        let end = unsafe Int(ends[field + 1]) - 1
                        precondition(start <= end && end <= limit, "spans: field outside the text")
                        unsafe body(row, start, end - start, memory)
                        field += stride
                    }
                }
            }
        }
    }
}
