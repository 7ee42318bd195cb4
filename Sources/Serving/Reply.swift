import HTTPTypes
import Hummingbird
import NIOCore

/// An answer as values, before a connection makes it its own.
struct Reply {
    var status = HTTPResponse.Status.ok
    var type: String
    var bytes: [UInt8]
    var headers: HTTPFields = [:]

    init(_ bytes: [UInt8], _ type: String = "application/json") {
        self.bytes = bytes
        self.type = type
    }

    init(_ problem: Problem) {
        status = problem.status
        type = "application/problem+json"
        bytes = problem.json
        headers = problem.headers
    }

    /// The headers that every answer has, and its own.
    var fields: HTTPFields {
        var fields = headers
        fields[.contentType] = type
        fields[.contentLength] = String(bytes.count)
        fields[.xContentTypeOptions] = "nosniff"
        return fields
    }

    /// As Hummingbird has it; to HEAD without the body.
    func response(to method: HTTPRequest.Method) -> Response {
        let body =
            method == .head ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        return Response(status: status, headers: fields, body: body)
    }
}
