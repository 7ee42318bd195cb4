/// How the values of a column lie in Arrow's buffers; a flat column of one of these is read.
enum ArrowType: Equatable, Sendable {
    case null
    case boolean
    case integer(bits: Int, isSigned: Bool)
    case float(bits: Int)
    case decimal(bits: Int, scale: Int)
    /// UTF-8 behind offsets of 32 or 64 bits.
    case text(isLarge: Bool)
    /// UTF-8 behind views of 16 bytes, in which short texts lie themselves.
    case textView
    /// Days, or parts of a second, since 1970; a number of units makes up a second, 0 stands for days.
    case time(unitsPerSecond: Int64)

    /// How many buffers a column of this type has, beside those that views name.
    var bufferCount: Int {
        switch self {
        case .null: 0
        case .text: 3
        case .boolean, .integer, .float, .decimal, .textView, .time: 2
        }
    }

    /// Bytes of a value in the second buffer; nil where values have no such width.
    var width: Int? {
        switch self {
        case .null, .boolean: nil
        case .integer(let bits, _), .float(let bits), .decimal(let bits, _): bits / 8
        case .text(let isLarge): isLarge ? 8 : 4
        case .textView: 16
        case .time(let unitsPerSecond): unitsPerSecond == 0 ? 4 : 8
        }
    }
}

/// A column of Arrow data.
struct ArrowField: Sendable {
    let name: String
    /// Of the values; of the dictionary's, where they are in one.
    let type: ArrowType
    /// Which dictionary the values are in, and the type of the places in it.
    let dictionary: (id: Int64, places: ArrowType)?

    /// The type of what lies in the column's own buffers.
    var stored: ArrowType { dictionary?.places ?? type }

    private init(name: String, type: ArrowType) {
        self.name = name
        self.type = type
        dictionary = nil
    }

    /// The values of the dictionary as a column.
    var ofDictionary: ArrowField { ArrowField(name: name, type: type) }

    init(_ field: FlatTable, of source: String) throws(CSVError) {
        let name = try field.text(0) ?? ""
        self.name = name
        type = try Self.type(field, name, source)
        if let dictionary = try field.table(4) {
            let places = try dictionary.table(1).map { places throws(CSVError) in
                try Self.integer(places, source)
            }
            self.dictionary = (
                try dictionary.number(0, or: Int64(0)), places ?? .integer(bits: 32, isSigned: true)
            )
        } else {
            dictionary = nil
        }
    }

    /// The numbers are those of Arrow's Schema.fbs.
    private static func type(
        _ field: FlatTable,
        _ name: String,
        _ source: String
    ) throws(CSVError) -> ArrowType {
        let kind = try field.number(2, or: UInt8(0))
        guard let type = try field.table(3) else {
            throw .damagedArrow(source, "column \(name) has no type")
        }
        switch kind {
        case 1: return .null
        case 2: return try integer(type, source)
        case 3:
            switch try type.number(0, or: Int16(0)) {
            case 0: return .float(bits: 16)
            case 1: return .float(bits: 32)
            case 2: return .float(bits: 64)
            default: break
            }
        case 5: return .text(isLarge: false)
        case 6: return .boolean
        case 7:
            let bits = Int(try type.number(2, or: Int32(128)))
            let scale = Int(try type.number(1, or: Int32(0)))
            if [32, 64, 128].contains(bits), (0 ... 38).contains(scale) {
                return .decimal(bits: bits, scale: scale)
            }
        case 8:
            return .time(unitsPerSecond: try type.number(0, or: Int16(1)) == 0 ? 0 : 1000)
        case 10:
            let units: [Int64] = [1, 1000, 1_000_000, 1_000_000_000]
            let unit = Int(try type.number(0, or: Int16(0)))
            if units.indices.contains(unit) { return .time(unitsPerSecond: units[unit]) }
        case 20: return .text(isLarge: true)
        case 24: return .textView
        default: break
        }
        throw CSVError(
            source: source,
            column: name,
            rule:
                "holds Arrow values of the type \(title(kind)), which make no column of a customer file",
            fix: "leave it out, or turn it into numbers, booleans, dates or texts"
        )
    }

    private static func integer(
        _ type: FlatTable,
        _ source: String
    ) throws(CSVError) -> ArrowType {
        let bits = Int(try type.number(0, or: Int32(0)))
        guard [8, 16, 32, 64].contains(bits) else {
            throw .damagedArrow(source, "an integer has \(bits) bits")
        }
        return .integer(bits: bits, isSigned: try type.number(1, or: UInt8(0)) != 0)
    }

    /// What Arrow calls the types that are not read.
    private static func title(_ kind: UInt8) -> String {
        switch kind {
        case 4, 19, 23: "binary"
        case 3: "floating point of another width"
        case 7: "decimal of more than 38 digits"
        case 9: "time of day"
        case 11: "interval"
        case 12, 16, 21, 25, 26: "list"
        case 13: "struct"
        case 14: "union"
        case 15: "fixed-size binary"
        case 17: "map"
        case 18: "duration"
        case 22: "run-end encoded"
        default: "number \(kind)"
        }
    }
}
