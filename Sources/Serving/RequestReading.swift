import HTTPTypes
import Hummingbird
import NIOCore

extension HTTPFields {
    /// The type of the body without its parameters, in small letters; empty where the request has none.
    var mediaType: String {
        guard let type = self[.contentType], type != "application/json" else {
            return self[.contentType] ?? ""
        }
        return type.prefix { $0 != ";" }.lowercased().filter { $0 != " " && $0 != "\t" }
    }

    /// Refuses a body that says it is something else than JSON.
    ///
    /// - Parameter other: Another type that the route takes.
    /// - Throws: 415.
    func requireJSON(or other: String? = nil) throws(Problem) {
        let type = mediaType
        // The last is what `curl -d` says of any body.
        let known = ["", "application/json", "application/x-www-form-urlencoded"]
        guard known.contains(type) || type.hasSuffix("+json") else {
            throw Problem(
                .unsupportedMediaType,
                "The body must be application/json\(other.map { " or \($0)" } ?? "").",
                headers: [.accept: "application/json" + (other.map { ", \($0)" } ?? "")]
            )
        }
    }
}

extension Request {
    /// The whole body.
    func bytes(upTo limit: Int) async throws -> [UInt8] {
        let tooLarge = Problem(
            .contentTooLarge,
            "The body is over \(limit) bytes; send fewer customers at once."
        )
        if let length = headers[.contentLength].flatMap(Int.init), length > limit { throw tooLarge }
        do {
            return Array(buffer: try await body.collect(upTo: limit))
        } catch is NIOTooManyBytesError {
            throw tooLarge
        }
    }
}
