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

    static let recordAway = Problem(
        .serviceUnavailable,
        "The record can't be reached for now; nothing of this request was kept, or the same of it will be. Try again in a few seconds.",
        headers: [.retryAfter: "2"]
    )

    var json: [UInt8] { members.bytes() }

    /// What every answer with a problem holds.
    var members: JSONValue {
        let own: JSONValue = [
            "type": "about:blank", "title": .string(status.reasonPhrase),
            "status": .whole(status.code),
            "detail": .string(detail),
        ]
        guard !fields.isEmpty else { return own }
        let errors = fields.map { field in
            let place: JSONValue = field.index.map { ["index": .whole($0)] } ?? [:]
            let name: JSONValue = field.field.map { ["field": .string($0)] } ?? [:]
            return place.with(name).with(["problem": .string(field.problem)])
        }
        return own.with(["errors": .array(errors)])
    }
}
