import Schema

/// What a request gives for one field.
enum FieldValue {
    /// A number, and how it was written.
    case number(Double, text: ArraySlice<UInt8>)
    case text(ArraySlice<UInt8>)
    case truth(Bool)
    case null
}

extension JSONReader {
    /// Reads a value that may stand in a field; nil, and passed over, for objects and arrays.
    mutating func fieldValue() throws(JSONError) -> FieldValue? {
        switch try kind() {
        case .number:
            let number = try number()
            return .number(number.value, text: number.text)
        case .string: return .text(try text().bytes)
        case .true, .false: return .truth(try truth())
        case .null:
            try null()
            return .null
        case .object, .array:
            try skip()
            return nil
        }
    }
}

extension FieldRule {
    /// What a value that is no level's name means in this column: the same as its text means in a file.
    func read(_ value: FieldValue) -> Reading {
        switch value {
        case .null: return read("")
        case .number(let number, let text):
            return plain.read(number: number, String(decoding: text, as: UTF8.self))
        case .text(let text): return read(String(decoding: text, as: UTF8.self))
        case .truth(let isTrue):
            if case .truth = column.type.coding { return .value(isTrue ? 1 : 0) }
            let word = isTrue ? "true" : "false"
            let code = levels.firstIndex { $0.lowercased() == word }
            return code.map { .value(Double($0)) } ?? read(word)
        }
    }
}
