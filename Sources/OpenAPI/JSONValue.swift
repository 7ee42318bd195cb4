import Schema
import Wire

/// JSON as it is written, members in their order.
indirect enum JSONValue: Sendable {
    case object([(String, JSONValue)])
    case array([JSONValue])
    case string(String)
    case number(Double)
    case truth(Bool)
    case null

    /// The object with more members behind.
    func with(_ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
        guard case .object(let own) = self else { return self }
        return .object(own + members.map { ($0.key, $0.value) })
    }

    func write(to json: inout [UInt8]) {
        switch self {
        case .object(let members):
            json.append(UInt8(ascii: "{"))
            for (place, member) in members.enumerated() {
                if place > 0 { json.append(UInt8(ascii: ",")) }
                json.appendJSON(member.0)
                json.append(UInt8(ascii: ":"))
                member.1.write(to: &json)
            }
            json.append(UInt8(ascii: "}"))
        case .array(let values):
            json.append(UInt8(ascii: "["))
            for (place, value) in values.enumerated() {
                if place > 0 { json.append(UInt8(ascii: ",")) }
                value.write(to: &json)
            }
            json.append(UInt8(ascii: "]"))
        case .string(let text): json.appendJSON(text)
        case .number(let value): json += numberText(value).utf8
        case .truth(let isTrue): json += (isTrue ? "true" : "false").utf8
        case .null: json += "null".utf8
        }
    }
}

extension JSONValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral,
    ExpressibleByStringInterpolation, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByNilLiteral
{
    init(dictionaryLiteral members: (String, JSONValue)...) { self = .object(members) }
    init(arrayLiteral values: JSONValue...) { self = .array(values) }
    init(stringLiteral text: String) { self = .string(text) }
    init(floatLiteral value: Double) { self = .number(value) }
    init(integerLiteral value: Int) { self = .number(Double(value)) }
    init(booleanLiteral isTrue: Bool) { self = .truth(isTrue) }
    init(nilLiteral: ()) { self = .null }
}
