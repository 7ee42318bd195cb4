/// JSON as it is written: members in their order, numbers as their text.
///
/// What a Swift type of its own describes is encoded by `encodedJSON`, which sorts keys; this is for what has an
/// order, or another program's form.
///
/// ```swift
/// let answer: JSONValue = ["model": "best", "rows": 2, "scores": [0.5, 1]]
/// answer.text()         // {"model":"best","rows":2,"scores":[0.5,1]}
/// answer.text(.spaced)  // {"model": "best", "rows": 2, "scores": [0.5, 1]}
/// ```
public indirect enum JSONValue: Sendable {
    /// Names and values, in the order in which they are written.
    case object([(String, JSONValue)])
    /// Values in their order.
    case array([JSONValue])
    /// A text, without quotes and escapes.
    case string(String)
    /// A number, `true`, `false` or `null`, as it is written.
    case literal(String)

    /// How a value is laid out; always in one line.
    public enum Form: Sendable {
        /// UTF-8 without blanks, as JavaScript's `JSON.stringify` lays it out.
        case compact
        /// ASCII without blanks: the same characters whatever reads it.
        case ascii
        /// ASCII, with a blank behind commas and colons, as Python's `json.dumps` writes it.
        case spaced
    }

    /// A finite number without needless decimals, as `numberText` has it: `4200`, `0.35`.
    public static func number(_ value: Double) -> Self { .literal(numberText(value)) }

    /// A finite number that reads as one with a fraction, as Python writes a float: `4200.0`, `0.35`.
    public static func real(_ value: Double) -> Self { .literal("\(value)") }

    /// A whole number.
    public static func whole(_ value: some BinaryInteger) -> Self { .literal("\(value)") }

    /// `true` or `false`.
    public static func truth(_ isTrue: Bool) -> Self { .literal(isTrue ? "true" : "false") }

    /// Nothing.
    public static let null = literal("null")

    /// The object with another's members behind; anything else as it is.
    public func with(_ more: JSONValue) -> JSONValue {
        guard case .object(let own) = self, case .object(let others) = more else { return self }
        return .object(own + others)
    }

    /// The value as text in one line.
    public func text(_ form: Form = .compact) -> String {
        String(decoding: bytes(form), as: UTF8.self)
    }

    /// The value as UTF-8 in one line.
    public func bytes(_ form: Form = .compact) -> [UInt8] {
        var json: [UInt8] = []
        write(to: &json, form)
        return json
    }

    /// Adds the value to a text.
    ///
    /// - Complexity: O(bytes written).
    public func write(to json: inout [UInt8], _ form: Form = .compact) {
        func separate(_ place: Int) {
            guard place > 0 else { return }
            json.append(UInt8(ascii: ","))
            if form == .spaced { json.append(UInt8(ascii: " ")) }
        }
        func write(_ text: String) {
            if form == .compact { json.appendJSON(text) } else { json += jsonString(text).utf8 }
        }
        switch self {
        case .object(let members):
            json.append(UInt8(ascii: "{"))
            for (place, (name, value)) in members.enumerated() {
                separate(place)
                write(name)
                json.append(UInt8(ascii: ":"))
                if form == .spaced { json.append(UInt8(ascii: " ")) }
                value.write(to: &json, form)
            }
            json.append(UInt8(ascii: "}"))
        case .array(let values):
            json.append(UInt8(ascii: "["))
            for (place, value) in values.enumerated() {
                separate(place)
                value.write(to: &json, form)
            }
            json.append(UInt8(ascii: "]"))
        case .string(let text): write(text)
        case .literal(let text): json += text.utf8
        }
    }
}

extension JSONValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral,
    ExpressibleByStringInterpolation, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByNilLiteral
{
    /// An object with these members, in this order.
    public init(dictionaryLiteral members: (String, JSONValue)...) { self = .object(members) }
    /// An array.
    public init(arrayLiteral values: JSONValue...) { self = .array(values) }
    /// A text.
    public init(stringLiteral text: String) { self = .string(text) }
    /// A number without needless decimals.
    public init(floatLiteral value: Double) { self = .number(value) }
    /// A whole number.
    public init(integerLiteral value: Int) { self = .whole(value) }
    /// `true` or `false`.
    public init(booleanLiteral isTrue: Bool) { self = .truth(isTrue) }
    /// `null`.
    public init(nilLiteral: ()) { self = .null }
}
