/// Columns of numbers as other programs keep them in memory: one behind the other, little-endian, aligned to nothing.
public enum StoredNumbers {
    /// Whole numbers.
    ///
    /// - Parameters:
    ///   - bits: Of each: 8, 16, 32 or 64.
    ///   - isSigned: Whether they have a sign; 64 bits without one are taken for a signed number of the same bits.
    ///   - bytes: Where they lie.
    ///   - start: Offset of the first one.
    ///   - count: How many.
    /// - Returns: The numbers, shape [`count`].
    /// - Precondition: They lie within `bytes`.
    /// - Complexity: O(`count`).
    public static func integers(
        bits: Int,
        isSigned: Bool = true,
        in bytes: [UInt8],
        from start: Int,
        count: Int
    ) -> [Int64] {
        switch (bits, isSigned) {
        case (8, true): load(Int8.self, bytes, start, count) { Int64($0) }
        case (8, false): load(UInt8.self, bytes, start, count) { Int64($0) }
        case (16, true): load(Int16.self, bytes, start, count) { Int64(Int16(littleEndian: $0)) }
        case (16, false): load(UInt16.self, bytes, start, count) { Int64(UInt16(littleEndian: $0)) }
        case (32, true): load(Int32.self, bytes, start, count) { Int64(Int32(littleEndian: $0)) }
        case (32, false): load(UInt32.self, bytes, start, count) { Int64(UInt32(littleEndian: $0)) }
        case (64, _): load(Int64.self, bytes, start, count) { Int64(littleEndian: $0) }
        default: preconditionFailure("stored numbers: whole ones of \(bits) bits")
        }
    }

    /// Numbers of 32 or 64 bits in floating point, as `integers` reads whole ones.
    ///
    /// - Returns: The numbers, shape [`count`]; those of 32 bits are widened, exactly.
    /// - Precondition: They lie within `bytes`.
    /// - Complexity: O(`count`).
    public static func floats(
        isSingle: Bool,
        in bytes: [UInt8],
        from start: Int,
        count: Int
    ) -> [Double] {
        isSingle
            ? load(UInt32.self, bytes, start, count) {
                Double(Float(bitPattern: UInt32(littleEndian: $0)))
            }
            : load(UInt64.self, bytes, start, count) {
                Double(bitPattern: UInt64(littleEndian: $0))
            }
    }

    /// The bytes of numbers, as `integers` and `floats` read them.
    ///
    /// - Complexity: O(*n*): they are copied as they lie, since every processor that the program runs on is little-endian.
    public static func bytes<Stored: BitwiseCopyable>(of numbers: [Stored]) -> [UInt8] {
        unsafe numbers.withUnsafeBytes { unsafe Array($0) }
    }

    @inline(__always)
    private static func load<Stored: BitwiseCopyable, Value>(
        _ type: Stored.Type,
        _ bytes: [UInt8],
        _ start: Int,
        _ count: Int,
        _ value: (Stored) -> Value
    ) -> [Value] {
        let width = MemoryLayout<Stored>.size
        precondition(
            start >= 0 && count >= 0 && start <= bytes.count
                && count <= (bytes.count - start) / width,
            "stored numbers: \(count) of \(width) bytes from \(start) in \(bytes.count)"
        )
        return unsafe [Value](unsafeUninitializedCapacity: count) { output, filled in
            unsafe bytes.withUnsafeBytes { memory in
                for index in 0 ..< count {
                    let stored = unsafe memory.loadUnaligned(
                        fromByteOffset: start &+ index &* width,
                        as: Stored.self
                    )
                    unsafe output.initializeElement(at: index, to: value(stored))
                }
            }
            filled = count
        }
    }
}
