import HTTPTypes
import Hummingbird
import NIOCore
import OpenAPI
import Output
import Record
import Schema
import Wire

/// An answer as values, before a connection makes it its own.
struct Reply {
    var status = HTTPResponse.Status.ok
    var type: String
    var bytes: [UInt8]
    /// Those that only this answer has.
    var headers = HTTPFields()
    /// Names the request; empty where nobody asks.
    var requestID = ""
    /// Whether the connection is encrypted, and shall be the next time.
    var isEncrypted = false

    init(_ bytes: [UInt8], _ type: String = "application/json") {
        self.bytes = bytes
        self.type = type
    }

    init(_ json: JSONValue) { self.init(json.bytes()) }

    /// A problem in the form that the route's clients know.
    init(_ problem: Problem, _ route: Route?) {
        status = problem.status
        headers = problem.headers
        guard let route, route.isInference else {
            type = "application/problem+json"
            bytes = route == .invocations ? problem.jsonForMLflow : problem.json
            return
        }
        type = "application/json"
        let sentences = [problem.detail] + problem.fields.map(\.description)
        bytes = (["error": .string(sentences.joined(separator: " "))] as JSONValue).bytes()
    }

    /// The answer with the names of prediction and model in headers, since the body has no place for them.
    func naming(_ id: PredictionID, _ served: ServedModel) -> Reply {
        var reply = self
        reply.headers[.predictionID] = String(decoding: id.text, as: UTF8.self)
        reply.headers[.model] = served.headerLabel
        return reply
    }

    /// The answer with the day from which dates were counted back in a header, where that is one for all customers.
    func naming(_ asOf: [Day]) -> Reply {
        guard let day = asOf.first, asOf.allSatisfy({ $0 == day }) else { return self }
        var reply = self
        reply.headers[.asOf] = day.description
        return reply
    }

    /// Takes up each header but `Date` and `Connection`, in the order in which they are sent.
    private func forEachHeader(_ body: (HTTPField.Name, String) -> Void) {
        body(.contentType, type)
        body(.xContentTypeOptions, "nosniff")
        body(.cacheControl, "no-store")
        for field in headers { body(field.name, field.value) }
        if !requestID.isEmpty { body(.requestID, requestID) }
        if isEncrypted { body(.strictTransportSecurity, "max-age=31536000") }
        body(.contentLength, String(bytes.count))
    }

    /// As Hummingbird has it; to HEAD without the body.
    func response(to method: HTTPRequest.Method) -> Response {
        var fields = HTTPFields()
        forEachHeader { fields[$0] = $1 }
        let body =
            method == .head ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        return Response(status: status, headers: fields, body: body)
    }

    /// Adds the whole answer as it goes over a connection.
    func write(to buffer: inout ByteBuffer, date: String, _ persistence: Persistence) {
        buffer.reserveCapacity(minimumWritableBytes: 320 + bytes.count)
        buffer.writeStaticString("HTTP/1.1 ")
        buffer.writeString(String(status.code))
        buffer.writeStaticString(" ")
        buffer.writeString(status.reasonPhrase)
        forEachHeader { name, value in buffer.writeHeader(name.rawName, value) }
        buffer.writeHeader("Date", date)
        if let connection = persistence.field { buffer.writeHeader("Connection", connection) }
        buffer.writeStaticString("\r\n\r\n")
        buffer.writeBytes(bytes)
    }
}

extension ByteBuffer {
    /// Adds a line before the end of the one above.
    fileprivate mutating func writeHeader(_ name: String, _ value: String) {
        writeStaticString("\r\n")
        writeString(name)
        writeStaticString(": ")
        writeString(value)
    }
}
