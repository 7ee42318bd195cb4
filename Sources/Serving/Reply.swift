import HTTPTypes
import Hummingbird
import NIOCore
import Wire

/// An answer as values, before a connection makes it its own.
struct Reply {
    var status = HTTPResponse.Status.ok
    var type: String
    var bytes: [UInt8]
    var headers = HTTPFields()
    /// Names the request; empty where nobody asks.
    var requestID: [UInt8] = []
    /// Whether the connection is encrypted, and shall be the next time.
    var isEncrypted = false

    init(_ bytes: [UInt8], _ type: String = "application/json") {
        self.bytes = bytes
        self.type = type
    }

    /// A problem in the form that the route's clients know.
    init(_ problem: Problem, _ route: Route) {
        status = problem.status
        headers = problem.headers
        guard route.isInference else {
            type = "application/problem+json"
            bytes = problem.json
            return
        }
        type = "application/json"
        bytes = Array("{\"error\":".utf8)
        bytes.appendJSON(
            ([problem.detail] + problem.fields.map(\.description)).joined(separator: " ")
        )
        bytes.append(UInt8(ascii: "}"))
    }

    /// The headers that every answer has, and its own.
    var fields: HTTPFields {
        var fields = headers
        fields[.contentType] = type
        fields[.contentLength] = String(bytes.count)
        fields[.xContentTypeOptions] = "nosniff"
        fields[.cacheControl] = "no-store"
        if !requestID.isEmpty { fields[.requestID] = String(decoding: requestID, as: UTF8.self) }
        if isEncrypted { fields[.strictTransportSecurity] = "max-age=31536000" }
        return fields
    }

    /// The answer with the names of prediction and model in headers, since the body has no place for them.
    func naming(_ id: PredictionID, _ served: ServedModel) -> Reply {
        var reply = self
        reply.headers[.predictionID] = String(decoding: id.text, as: UTF8.self)
        reply.headers[.model] = served.headerLabel
        return reply
    }

    /// As Hummingbird has it; to HEAD without the body.
    func response(to method: HTTPRequest.Method) -> Response {
        let body =
            method == .head ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        return Response(status: status, headers: fields, body: body)
    }
}
