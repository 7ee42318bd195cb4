internal import Files
internal import Kernels

/// Unpacks the buffers of a message of Arrow that zstd has packed, each for itself.
enum ArrowUnpacking {
    /// A body of unpacked buffers, and where they lie in it.
    ///
    /// Each packed buffer begins with its length as it was; -1 says that it was left as it is.
    ///
    /// - Throws: `CSVError` where one is damaged or becomes more than it says.
    static func unpacked(
        _ body: [UInt8],
        _ buffers: [Range<Int>],
        of source: String
    ) throws(CSVError) -> ([UInt8], [Range<Int>]) {
        var unpacked: [UInt8] = []
        var places: [Range<Int>] = []
        for buffer in buffers {
            let start = unpacked.count
            if !buffer.isEmpty {
                guard buffer.count >= 8 else { throw broken(source) }
                let length = StoredNumbers.integers(
                    bits: 64,
                    in: body,
                    from: buffer.lowerBound,
                    count: 1
                )[0]
                let packed = Array(body[buffer.dropFirst(8)])
                unpacked += length == -1 ? packed : try unpack(packed, Int(length), source)
            }
            places.append(start ..< unpacked.count)
        }
        return (unpacked, places)
    }

    private static func unpack(
        _ packed: [UInt8],
        _ length: Int,
        _ source: String
    ) throws(CSVError) -> [UInt8] {
        var unpacker = StreamUnpacker(.zstd)
        unpacker.give(packed)
        var bytes: [UInt8] = []
        while bytes.count <= length {
            guard let part = try? unpacker.take(upTo: 1 << 20) else { throw broken(source) }
            if part.isEmpty { break }
            bytes += part
        }
        guard bytes.count == length, unpacker.isWhole else { throw broken(source) }
        return bytes
    }

    private static func broken(_ source: String) -> CSVError {
        .damagedArrow(source, "what zstd packed is cut off or damaged")
    }
}
