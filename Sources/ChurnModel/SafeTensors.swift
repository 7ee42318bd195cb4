/// Named float32 tensors in one file, in the safetensors format of Hugging Face.
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
        public let values: [Float]

        /// Creates a tensor.
        ///
        /// - Precondition: As many values as the product of the shape.
        public init(name: String, shape: [Int], values: [Float]) {
            precondition(
                shape.allSatisfy { $0 >= 0 } && shape.reduce(1, *) == values.count,
                "tensor \(name) has \(values.count) values for the shape \(shape)"
            )
            self.name = name
            self.shape = shape
            self.values = values
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
        bytes.reserveCapacity(8 + header.count + 4 * tensors.reduce(0) { $0 + $1.values.count })
        for shift in 0 ..< 8 {
            bytes.append(UInt8(truncatingIfNeeded: UInt64(header.count) >> (8 * UInt64(shift))))
        }
        bytes += header
        for tensor in tensors {
            for value in tensor.values {
                let bits = value.bitPattern
                bytes.append(UInt8(truncatingIfNeeded: bits))
                bytes.append(UInt8(truncatingIfNeeded: bits >> 8))
                bytes.append(UInt8(truncatingIfNeeded: bits >> 16))
                bytes.append(UInt8(truncatingIfNeeded: bits >> 24))
            }
        }
        return bytes
    }
}
