import HTTPTypes
import Hummingbird
import NIOCore
import OpenAPI
import Synchronization

/// Pages beside the API: what is asked at `/` and below `/desk`.
public protocol Site: Sendable {
    /// Answers a request; what goes wrong becomes a page, too.
    func answer(_ request: SiteRequest) async -> SiteAnswer
}

/// A request for a page, as a site needs it.
public struct SiteRequest: Sendable {
    /// Whether something is to be changed (POST); all else only reads.
    public var isPost: Bool
    /// The path as it was sent, still encoded.
    public var path: String
    /// What stands behind `?`; empty for nothing.
    public var query = ""
    /// The header `Cookie`.
    public var cookie: String?
    /// The header `Accept-Language`.
    public var acceptLanguage: String?
    /// The header `Content-Type`.
    public var contentType: String?
    /// The header `Sec-Fetch-Site`: who made the browser ask.
    public var fetchSite: String?
    /// The address of the caller.
    public var caller: String?
    /// Whether the connection is encrypted.
    public var isEncrypted = false
    /// Names the request in logs.
    public var id = ""
    /// Hands the body over piece by piece, up to so many bytes; more throw `BodyTooLarge`.
    public var body: Body

    /// Reads a body.
    public typealias Body =
        @Sendable (_ limit: Int, _ take: ([UInt8]) async throws -> Void) async throws -> Void

    /// A request without headers.
    public init(isPost: Bool = false, path: String, body: @escaping Body = { _, _ in }) {
        self.isPost = isPost
        self.path = path
        self.body = body
    }
}

/// A body was longer than a page takes.
public struct BodyTooLarge: Error {
    /// The most bytes that are taken.
    public let limit: Int

    /// Says how many bytes are taken.
    public init(limit: Int) { self.limit = limit }
}

/// What a browser gets.
public struct SiteAnswer: Sendable {
    /// The status.
    public var status: Int
    /// The media type.
    public var type: String
    /// The body.
    public var bytes: [UInt8]
    /// Further headers.
    public var headers: [(name: String, value: String)]

    /// Creates an answer.
    public init(
        status: Int = 200,
        type: String = "text/html; charset=utf-8",
        bytes: [UInt8],
        headers: [(name: String, value: String)] = []
    ) {
        self.status = status
        self.type = type
        self.bytes = bytes
        self.headers = headers
    }
}

extension PredictionService {
    /// Whether a path is a page's.
    func siteAnswering(_ path: String) -> (any Site)? {
        guard path == "/" || path == "/desk" || path.hasPrefix("/desk/") else { return nil }
        return site.withLock(\.self)
    }

    /// Asks a site.
    func answer(
        _ site: any Site,
        _ request: Request,
        _ context: ServiceContext,
        _ id: RequestID
    ) async -> Reply {
        let method = request.method
        guard [.get, .head, .post].contains(method) else {
            return Reply(
                Problem(
                    .methodNotAllowed,
                    "Pages do not answer \(method).",
                    headers: [.allow: "GET, HEAD, POST"]
                ),
                nil
            )
        }
        let body = request.body
        var asked = SiteRequest(isPost: method == .post, path: request.uri.path) { limit, take in
            var count = 0
            for try await piece in body {
                count += piece.readableBytes
                guard count <= limit else { throw BodyTooLarge(limit: limit) }
                try await take(Array(buffer: piece))
            }
        }
        asked.query = request.uri.query ?? ""
        asked.cookie = request.headers[.cookie]
        asked.acceptLanguage = request.headers[.acceptLanguage]
        asked.contentType = request.headers[.contentType]
        asked.fetchSite = request.headers[.name("Sec-Fetch-Site")]
        asked.caller = context.channel.remoteAddress?.ipAddress
        asked.isEncrypted = certificate != nil
        asked.id = id.text
        let answer = await site.answer(asked)
        var reply = Reply(answer.bytes, answer.type)
        reply.status = .init(code: answer.status)
        for (name, value) in answer.headers { reply.headers[.name(name)] = value }
        return reply
    }

    /// Puts pages at `/` and below `/desk`.
    public func mount(_ site: some Site) { self.site.withLock { $0 = site } }

    /// The model that answers now.
    public var current: ServedModel { slot.current }

    /// Whether callers need keys.
    public var asksForKeys: Bool { needsKeys }

    /// The key of a secret; nil for a secret that is none.
    public func key(for secret: String) -> APIKey? {
        keys.withLock { $0?.key(for: secret) }
    }

    /// The key of a name, as long as the service knows it.
    public func key(named name: String) -> APIKey? {
        keys.withLock { $0?.key(named: name) }
    }

    /// How long a caller has to wait before it may ask for a page; nil for not at all.
    ///
    /// - Parameters:
    ///   - caller: Names it.
    ///   - rate: Requests a second; nil for the service's own limit.
    /// - Returns: How long to wait.
    public func wait(_ caller: String, rate: Double? = nil) -> Duration? {
        guard let rate = rate ?? limits.requestsPerSecond else { return nil }
        return limiter.wait("desk " + caller, rate: rate)
    }

    /// Computes something that takes as long as reasons do when its turn comes; nil where too many wait.
    public func explaining<Value: Sendable>(
        _ work: @escaping @Sendable () -> Value
    ) async -> Value? {
        await explaining.run(upTo: limits.explanationsWaiting, work)
    }
}
