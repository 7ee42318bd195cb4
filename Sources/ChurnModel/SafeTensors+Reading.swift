/// Why bytes are no safetensors file that Retain reads.
public struct SafeTensorsError: Error, Equatable, CustomStringConvertible {
    /// What is wrong, in one line.
    public let description: String

    init(_ description: String) { self.description = description }
}

extension SafeTensors {
    /// Reads a file, trusting nothing in it.
    ///
    /// - Throws: `SafeTensorsError` where the header is not sound, where a tensor is not float32 or
    ///   its bytes do not fit its shape, and where tensors overlap or leave bytes unused.
    /// - Complexity: O(bytes).
    public init(decoding bytes: [UInt8]) throws(SafeTensorsError) {
        guard bytes.count >= 8 else {
            throw SafeTensorsError("\(bytes.count) bytes are too few for a header")
        }
        var length: UInt64 = 0
        for place in 0 ..< 8 { length |= UInt64(bytes[place]) << (8 * UInt64(place)) }
        guard length <= SafeTensorsHeader.largest else {
            throw SafeTensorsError("the header claims \(length) bytes, over the limit of 100 MB")
        }
        let start = 8 + Int(length)
        guard start <= bytes.count else {
            throw SafeTensorsError(
                "the header claims \(length) bytes, but only \(bytes.count - 8) are there"
            )
        }
        let header = try SafeTensorsHeader(bytes[8 ..< start])
        var tensors: [Tensor] = []
        var end = 0
        for (name, entry) in header.entries {
            let count = try SafeTensors.count(name, entry)
            guard entry.offsets.count == 2, entry.offsets[0] == end else {
                throw SafeTensorsError(
                    "tensor \(name) lies at \(entry.offsets), but byte \(end) is next;"
                        + " tensors may not overlap or leave a hole"
                )
            }
            guard entry.offsets[1] - end == 4 * count else {
                throw SafeTensorsError(
                    "tensor \(name) lies at \(entry.offsets), but the shape \(entry.shape)"
                        + " takes \(4 * count) bytes"
                )
            }
            guard entry.offsets[1] <= bytes.count - start else {
                throw SafeTensorsError(
                    "tensor \(name) ends at byte \(entry.offsets[1]) of the data,"
                        + " which has \(bytes.count - start)"
                )
            }
            tensors.append(
                Tensor(
                    name: name,
                    shape: entry.shape,
                    values: SafeTensors.floats(bytes[start + end ..< start + end + 4 * count])
                )
            )
            end += 4 * count
        }
        guard end == bytes.count - start else {
            throw SafeTensorsError("\(bytes.count - start - end) bytes after the last tensor")
        }
        self.init(tensors, metadata: header.metadata)
    }

    private static func count(
        _ name: String,
        _ entry: SafeTensorsHeader.Entry
    ) throws(SafeTensorsError) -> Int {
        guard entry.dtype == "F32" else {
            throw SafeTensorsError("tensor \(name) is \(entry.dtype); only F32 is read")
        }
        guard entry.offsets.allSatisfy({ $0 >= 0 }) else {
            throw SafeTensorsError("tensor \(name) lies at \(entry.offsets)")
        }
        var count = 1
        for size in entry.shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: size)
            // 4 bytes each must still fit.
            guard size >= 0, !overflow, product <= Int.max / 4 else {
                throw SafeTensorsError("tensor \(name) has the impossible shape \(entry.shape)")
            }
            count = product
        }
        return count
    }

    private static func floats(_ bytes: ArraySlice<UInt8>) -> [Float] {
        stride(from: bytes.startIndex, to: bytes.endIndex, by: 4).map { place in
            var bits = UInt32(bytes[place])
            bits |= UInt32(bytes[place + 1]) << 8
            bits |= UInt32(bytes[place + 2]) << 16
            bits |= UInt32(bytes[place + 3]) << 24
            return Float(bitPattern: bits)
        }
    }
}
