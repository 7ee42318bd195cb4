public import Output

/// Named tensors in one file, in the safetensors format of Hugging Face.
///
/// The file is the length of the header (8 bytes, little-endian), the header (JSON, padded by spaces
/// so that the data is aligned to 8 bytes), and the data: row-major, little-endian, without holes.
/// Nothing in it can execute. <https://github.com/huggingface/safetensors>
public struct SafeTensors: Equatable, Sendable {
    /// The tensors, sorted by name.
    public let tensors: [Tensor]
    /// Texts about the tensors.
    public let metadata: [String: String]

    /// One tensor.
    public struct Tensor: Equatable, Sendable {
        /// Unique in the file.
        public let name: String
        /// Sizes, outermost first; empty for a scalar.
        public let shape: [Int]
        /// Row-major; as many as the product of the shape.
        public let values: Values

        /// Creates a tensor.
        ///
        /// - Precondition: As many values as the product of the shape.
        public init(name: String, shape: [Int], values: Values) {
            precondition(
                shape.allSatisfy { $0 >= 0 } && shape.reduce(1, *) == values.count,
                "tensor \(name) has \(values.count) values for the shape \(shape)"
            )
            self.name = name
            self.shape = shape
            self.values = values
        }

        /// Takes float32 numbers.
        ///
        /// - Precondition: As many values as the product of the shape.
        public init(name: String, shape: [Int], values: [Float]) {
            self.init(name: name, shape: shape, values: .floats(values))
        }

        /// The numbers, where they are float32.
        public var floats: [Float]? { if case .floats(let values) = values { values } else { nil } }
    }

    /// What a tensor holds.
    public enum Values: Equatable, Sendable {
        /// Numbers in single precision.
        case floats([Float])
        /// Numbers in double precision.
        case doubles([Double])
        /// Whole numbers.
        case integers([Int32])

        /// Number of values.
        public var count: Int {
            switch self {
            case .floats(let values): values.count
            case .doubles(let values): values.count
            case .integers(let values): values.count
            }
        }

        /// The format's word for the values.
        var element: SafeTensorsHeader.Element {
            switch self {
            case .floats: .float
            case .doubles: .double
            case .integers: .integer
            }
        }

        /// Little-endian bits of each value.
        fileprivate func append(to bytes: inout [UInt8]) {
            func append(_ bits: some FixedWidthInteger) {
                for shift in stride(from: 0, to: bits.bitWidth, by: 8) {
                    bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
                }
            }
            switch self {
            case .floats(let values): for value in values { append(value.bitPattern) }
            case .doubles(let values): for value in values { append(value.bitPattern) }
            case .integers(let values): for value in values { append(value) }
            }
        }
    }

    /// Gathers tensors.
    ///
    /// - Precondition: Names are unique, and none is `__metadata__`.
    public init(_ tensors: [Tensor], metadata: [String: String] = [:]) {
        self.tensors = tensors.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        precondition(
            zip(self.tensors, self.tensors.dropFirst()).allSatisfy { $0.name != $1.name }
                && tensors.allSatisfy { $0.name != SafeTensorsHeader.metadataKey },
            "names of tensors must be unique and not \(SafeTensorsHeader.metadataKey)"
        )
        self.metadata = metadata
    }

    /// The tensor of that name, or nil.
    public subscript(name: String) -> Tensor? { tensors.first { $0.name == name } }

    /// The file's bytes; the same tensors give the same bytes.
    ///
    /// - Complexity: O(bytes).
    public func encoded() -> [UInt8] {
        var header = Array(SafeTensorsHeader.text(self).utf8)
        header += Array(repeating: UInt8(ascii: " "), count: -header.count & 7)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(8 + header.count + tensors.reduce(0) { $0 + $1.byteCount })
        for shift in 0 ..< 8 {
            bytes.append(UInt8(truncatingIfNeeded: UInt64(header.count) >> (8 * UInt64(shift))))
        }
        bytes += header
        for tensor in tensors { tensor.values.append(to: &bytes) }
        return bytes
    }
}

extension SafeTensors.Tensor {
    /// Bytes of its values in the file.
    var byteCount: Int { values.count * values.element.size }
}

/// Why bytes are no safetensors file that Retain reads.
public struct SafeTensorsError: RetainError, Equatable {
    /// What was read is to blame.
    public var exitStatus: ExitStatus { .badData }

    /// What is wrong, in one line.
    public let description: String

    init(_ description: String) { self.description = description }
}

extension SafeTensors {
    /// Reads a file, trusting nothing in it.
    ///
    /// - Throws: `SafeTensorsError` where the header is not sound, where a tensor is of numbers that are
    ///   not read, or its bytes do not fit its shape, and where tensors overlap or leave bytes unused.
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
            let element = try SafeTensors.element(name, entry)
            let count = try SafeTensors.count(name, entry)
            let size = element.size * count
            guard entry.offsets.count == 2, entry.offsets[0] == end else {
                throw SafeTensorsError(
                    "tensor \(name) lies at \(entry.offsets), but byte \(end) is next;"
                        + " tensors may not overlap or leave a hole"
                )
            }
            guard entry.offsets[1] - end == size else {
                throw SafeTensorsError(
                    "tensor \(name) lies at \(entry.offsets), but the shape \(entry.shape)"
                        + " takes \(size) bytes"
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
                    values: SafeTensors.values(element, bytes[start + end ..< start + end + size])
                )
            )
            end += size
        }
        guard end == bytes.count - start else {
            throw SafeTensorsError("\(bytes.count - start - end) bytes after the last tensor")
        }
        self.init(tensors, metadata: header.metadata)
    }

    private static func element(
        _ name: String,
        _ entry: SafeTensorsHeader.Entry
    ) throws(SafeTensorsError) -> SafeTensorsHeader.Element {
        guard let element = SafeTensorsHeader.Element(rawValue: entry.dtype) else {
            let known = SafeTensorsHeader.Element.allCases.map(\.rawValue)
            throw SafeTensorsError(
                "tensor \(name) is \(entry.dtype); only \(known.joined(separator: ", ")) are read"
            )
        }
        return element
    }

    private static func count(
        _ name: String,
        _ entry: SafeTensorsHeader.Entry
    ) throws(SafeTensorsError) -> Int {
        guard entry.offsets.allSatisfy({ $0 >= 0 }) else {
            throw SafeTensorsError("tensor \(name) lies at \(entry.offsets)")
        }
        var count = 1
        for size in entry.shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: size)
            // 8 bytes each must still fit.
            guard size >= 0, !overflow, product <= Int.max / 8 else {
                throw SafeTensorsError("tensor \(name) has the impossible shape \(entry.shape)")
            }
            count = product
        }
        return count
    }

    private static func values(
        _ element: SafeTensorsHeader.Element,
        _ bytes: ArraySlice<UInt8>
    ) -> Values {
        func numbers<Bits: FixedWidthInteger>(_: Bits.Type) -> [Bits] {
            stride(from: bytes.startIndex, to: bytes.endIndex, by: Bits.bitWidth / 8).map { place in
                var bits: Bits = 0
                for byte in 0 ..< Bits.bitWidth / 8 {
                    bits |= Bits(truncatingIfNeeded: bytes[place + byte]) << (8 * byte)
                }
                return bits
            }
        }
        return switch element {
        case .float: .floats(numbers(UInt32.self).map { Float(bitPattern: $0) })
        case .double: .doubles(numbers(UInt64.self).map { Double(bitPattern: $0) })
        case .integer: .integers(numbers(UInt32.self).map { Int32(bitPattern: $0) })
        }
    }
}
