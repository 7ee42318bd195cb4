import FoundationEssentials
import GRDB

/// What a statement found or changed.
struct PostgresResult {
    let rows: [PostgresRow]
    let changes: Int
}

/// The columns of a result by name.
struct PostgresColumns {
    private let places: [String: Int]

    init(_ names: [String]) {
        // As with SQLite the first of two columns of a name counts.
        places = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
    }

    func place(of name: String) -> Int {
        guard let place = places[name] else { preconditionFailure("no column \(name)") }
        return place
    }
}

/// A row of a result, in GRDB's values, so that both stores' rows are read in one way.
struct PostgresRow {
    let columns: PostgresColumns
    let values: [DatabaseValue]

    func place(of column: String) -> Int { columns.place(of: column) }

    func decode<Value: SQLValue>(_ place: Int) -> Value {
        guard let value = Value.fromDatabaseValue(values[place]) else {
            preconditionFailure("the column \(place) holds no \(Value.self)")
        }
        return value
    }

    /// A column's text as a value; types by their numbers in PostgreSQL's catalog.
    static func value(_ text: String, type: UInt32) -> DatabaseValue {
        switch type {
        case PostgresType.truth: (text == "t").databaseValue
        case PostgresType.whole, 21, 23: Int64(text).databaseValue
        case PostgresType.number, 700, 1700: Double(text).databaseValue
        case PostgresType.bytes: bytes(text).databaseValue
        default: text.databaseValue
        }
    }

    /// Bytes as PostgreSQL writes them: `\x` and two digits for each.
    private static func bytes(_ text: String) -> Data {
        let digits = text.utf8.dropFirst(2).map { digit in
            digit < UInt8(ascii: "a") ? digit - UInt8(ascii: "0") : digit - UInt8(ascii: "a") + 10
        }
        return Data(
            stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
        )
    }
}

/// Types by their numbers in PostgreSQL's catalog, which never change.
enum PostgresType {
    /// The server finds out by where the argument stands: text, uuid, json.
    static let unknown: UInt32 = 0
    static let truth: UInt32 = 16
    static let bytes: UInt32 = 17
    static let whole: UInt32 = 20
    static let number: UInt32 = 701
}

/// An argument as libpq takes it.
struct PostgresArgument: Equatable {
    let text: String?
    let type: UInt32

    init(_ argument: SQLArgument) {
        if let truth = argument as? Bool {
            (text, type) = (truth ? "t" : "f", PostgresType.truth)
            return
        }
        switch argument?.databaseValue.storage {
        case .int64(let whole)?: (text, type) = ("\(whole)", PostgresType.whole)
        case .double(let number)?: (text, type) = ("\(number)", PostgresType.number)
        case .string(let string)?: (text, type) = (Self.storable(string), PostgresType.unknown)
        case .blob(let data)?: (text, type) = (Self.hexadecimal(data), PostgresType.bytes)
        case .null?, nil: (text, type) = (nil, PostgresType.unknown)
        }
    }

    /// PostgreSQL's texts hold every character but U+0000; its sign stands for it, wherever it is written or looked for.
    static func storable(_ text: String) -> String {
        text.utf8.contains(0) ? text.replacing("\0", with: "\u{2400}") : text
    }

    /// The beginning of a text that an index can hold.
    static func indexable(_ text: String) -> String {
        guard text.utf8.count > longestIndexed else { return text }
        return String(text.unicodeScalars.prefix(longestIndexed / 4))
    }

    /// In bytes; a row of an index has room for 2,700.
    private static let longestIndexed = 2_000

    private static func hexadecimal(_ data: Data) -> String {
        var text = "\\x"
        for byte in data { text += (byte < 16 ? "0" : "") + String(byte, radix: 16) }
        return text
    }

    /// A statement with `$1` for its first argument.
    static func numbered(_ sql: String) -> String {
        var result = ""
        var count = 0
        var rest = sql[...]
        while let mark = rest.firstIndex(of: "?") {
            result += rest[..<mark] + "$"
            rest = rest[rest.index(after: mark)...]
            if rest.first?.isNumber != true {
                count += 1
                result += "\(count)"
            }
        }
        return result + rest
    }
}
