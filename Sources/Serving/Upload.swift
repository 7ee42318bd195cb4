import Files
import HTTPTypes
import Hummingbird
import NIOCore

/// The body of a request, still to be read.
struct Upload {
    let fields: RequestFields
    let headers: HTTPFields
    private let body: RequestBody
    private let channel: any Channel
    private let limit: Int

    init(_ request: Request, _ fields: RequestFields, _ context: ServiceContext, limit: Int) {
        self.fields = fields
        headers = request.headers
        body = request.body
        channel = context.channel
        self.limit = limit
    }

    /// The whole body, unpacked; to be asked for when nothing else speaks against the request.
    ///
    /// - Throws: 413 or 415 before it is read where its head says enough; 400 where it can't be unpacked.
    func bytes() async throws -> [UInt8] {
        let isPacked = try fields.isPacked()
        if let length = fields.contentLength, length > limit { throw tooLarge }
        if fields.expectsContinue {
            channel.triggerUserOutboundEvent(BodyWanted(), promise: nil)
        }
        do {
            let bytes = Array(buffer: try await body.collect(upTo: limit))
            return isPacked ? try unpacked(bytes, upTo: limit) : bytes
        } catch is NIOTooManyBytesError {
            throw tooLarge
        } catch UnpackingError.tooLarge {
            throw tooLarge
        } catch UnpackingError.broken {
            throw Problem(
                .badRequest,
                "The body can't be unpacked as Content-Encoding says: it is neither gzip nor deflate (zlib), or cut off."
            )
        }
    }

    private var tooLarge: Problem {
        Problem(.contentTooLarge, "The body is over \(limit) bytes; send fewer customers at once.")
    }
}
