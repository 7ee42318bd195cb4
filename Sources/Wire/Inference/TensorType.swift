public import Schema

/// What a tensor of the Open Inference Protocol holds; the raw value is the protocol's.
public enum TensorType: String, CaseIterable, Sendable {
    case bool = "BOOL"
    case uint8 = "UINT8"
    case uint16 = "UINT16"
    case uint32 = "UINT32"
    case uint64 = "UINT64"
    case int8 = "INT8"
    case int16 = "INT16"
    case int32 = "INT32"
    case int64 = "INT64"
    case half = "FP16"
    case single = "FP32"
    case double = "FP64"
    case bytes = "BYTES"

    /// The usual one for a column: numbers as double precision, all else as texts.
    public init(_ column: ColumnSchema) {
        self = column.type.plainNumbers == nil ? .bytes : .double
    }

    /// The fields of a tensor in binary form, little-endian; texts behind their length in four bytes.
    ///
    /// - Returns: Nil where the bytes are not whole elements, or a text is no UTF-8.
    func values(_ bytes: ArraySlice<UInt8>) -> [FieldValue]? {
        switch self {
        case .bool: bytes.map { .truth($0 != 0) }
        case .uint8:
            numbers(bytes, UInt8.self) {
                "\($0)"
            } value: {
                Double($0)
            }
        case .uint16:
            numbers(bytes, UInt16.self) {
                "\($0)"
            } value: {
                Double($0)
            }
        case .uint32:
            numbers(bytes, UInt32.self) {
                "\($0)"
            } value: {
                Double($0)
            }
        case .uint64:
            numbers(bytes, UInt64.self) {
                "\($0)"
            } value: {
                Double($0)
            }
        case .int8:
            numbers(bytes, UInt8.self) {
                "\(Int8(bitPattern: $0))"
            } value: {
                Double(Int8(bitPattern: $0))
            }
        case .int16:
            numbers(bytes, UInt16.self) {
                "\(Int16(bitPattern: $0))"
            } value: {
                Double(Int16(bitPattern: $0))
            }
        case .int32:
            numbers(bytes, UInt32.self) {
                "\(Int32(bitPattern: $0))"
            } value: {
                Double(Int32(bitPattern: $0))
            }
        case .int64:
            numbers(bytes, UInt64.self) {
                "\(Int64(bitPattern: $0))"
            } value: {
                Double(Int64(bitPattern: $0))
            }
        case .half:
            numbers(bytes, UInt16.self) {
                "\(Self.half($0))"
            } value: {
                Self.half($0)
            }
        case .single:
            numbers(bytes, UInt32.self) {
                "\(Float(bitPattern: $0))"
            } value: {
                Double(Float(bitPattern: $0))
            }
        case .double:
            numbers(bytes, UInt64.self) {
                "\(Double(bitPattern: $0))"
            } value: {
                Double(bitPattern: $0)
            }
        case .bytes: Self.texts(bytes)
        }
    }

    private func numbers<Bits: FixedWidthInteger>(
        _ bytes: ArraySlice<UInt8>,
        _: Bits.Type,
        text: (Bits) -> String,
        value: (Bits) -> Double
    ) -> [FieldValue]? {
        let size = Bits.bitWidth / 8
        guard bytes.count % size == 0 else { return nil }
        return stride(from: bytes.startIndex, to: bytes.endIndex, by: size).map { start in
            var bits: Bits = 0
            for place in (0 ..< size).reversed() { bits = bits << 8 | Bits(bytes[start + place]) }
            let number = value(bits)
            // What JSON writes as null, binary tensors write as NaN.
            return number.isNaN ? .null : .number(number, text: Array(text(bits).utf8)[...])
        }
    }

    private static func texts(_ bytes: ArraySlice<UInt8>) -> [FieldValue]? {
        var values: [FieldValue] = []
        var rest = bytes
        while !rest.isEmpty {
            guard rest.count >= 4 else { return nil }
            let length = rest.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(4)
            guard length <= rest.count,
                String(validating: rest.prefix(length), as: UTF8.self) != nil
            else {
                return nil
            }
            values.append(.text(rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
        return values
    }

    /// IEEE 754's binary16.
    private static func half(_ bits: UInt16) -> Double {
        let sign: Double = bits >> 15 == 0 ? 1 : -1
        let exponent = Int(bits >> 10 & 31)
        let fraction = Double(bits & 1023)
        return switch exponent {
        case 0: sign * fraction * 0x1p-24
        case 31: fraction == 0 ? sign * .infinity : .nan
        default:
            sign * Double(sign: .plus, exponent: exponent - 15, significand: 1 + fraction / 1024)
        }
    }
}
