public import HTTPTypes
import NIOHTTP1
import Output
public import Wire

/// Why a request is not answered, for programs and people: RFC 9457.
///
/// It tells what is wrong with the request, never how the service is made.
public struct Problem: Error, Equatable, Sendable {
    /// The answer's status.
    public var status: HTTPResponse.Status
    /// What is wrong and how to mend it.
    public var detail: String
    /// Each field that is wrong.
    public var fields: [FieldProblem]
    /// Headers that go with it, like `Retry-After`.
    public var headers: HTTPFields

    init(
        _ status: HTTPResponse.Status,
        _ detail: String,
        fields: [FieldProblem] = [],
        headers: HTTPFields = [:]
    ) {
        self.status = status
        self.detail = detail
        self.fields = fields
        self.headers = headers
    }

    /// Of fields that break the schema.
    init(_ fields: [FieldProblem]) {
        let count = fields.count == 1 ? "One field is" : "\(fields.count) fields are"
        self.init(.unprocessableContent, "\(count) wrong; errors names each.", fields: fields)
    }

    /// Of a body that is no JSON; where it was packed, the error tells of places in what was unpacked.
    init(_ error: JSONError, encoding: String? = nil) {
        let body = encoding.map { "The body, unpacked by Content-Encoding \($0)," } ?? "The body"
        self.init(.badRequest, "\(body) can't be read as JSON: \(error).")
    }

    /// Of what is no HTTP.
    init(_ error: HTTPParserError, _ limits: ServiceLimits) {
        switch error {
        case .headerOverflow:
            self.init(
                .requestHeaderFieldsTooLarge,
                "The head of the request is over \(limits.headerBytes) bytes or has over \(RequestDecoder.greatestFieldCount) fields."
            )
        // The second is how the parser takes the first line of HTTP/2.
        case .invalidVersion, .paused:
            self.init(.httpVersionNotSupported, "This service speaks HTTP/1.1 and HTTP/1.0.")
        // Nothing is known of it; most have a Content-Length beside chunks.
        case .unknown:
            self.init(.badRequest, "Fields that say how long the request is contradict each other.")
        default:
            self.init(
                .badRequest,
                "The request is no well-formed HTTP/1.1: \(error.debugDescription)."
            )
        }
    }

    static let tooMany = Problem(
        .serviceUnavailable,
        "Too many requests are in work; try again in a second.",
        headers: [.retryAfter: "1"]
    )

    var json: [UInt8] { json() }

    /// The problem, and other members behind it.
    ///
    /// - Parameter members: Each with a comma before it.
    /// - Returns: A JSON object.
    func json(with members: [UInt8] = []) -> [UInt8] {
        var json = Array("{\"type\":\"about:blank\",\"title\":".utf8)
        json.appendJSON(status.reasonPhrase)
        json += ",\"status\":\(status.code),\"detail\":".utf8
        json.appendJSON(detail)
        if !fields.isEmpty {
            json += ",\"errors\":[".utf8
            for (number, field) in fields.enumerated() {
                json += (number == 0 ? "{" : ",{").utf8
                if let index = field.index { json += "\"index\":\(index),".utf8 }
                if let name = field.field {
                    json += "\"field\":".utf8
                    json.appendJSON(name)
                    json.append(UInt8(ascii: ","))
                }
                json += "\"problem\":".utf8
                json.appendJSON(field.problem)
                json.append(UInt8(ascii: "}"))
            }
            json.append(UInt8(ascii: "]"))
        }
        json += members
        json.append(UInt8(ascii: "}"))
        return json
    }
}
