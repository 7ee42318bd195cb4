import NIOHTTP1

extension MLflowConnection {
    /// The request.
    struct Request: Sendable {
        var method: HTTPMethod
        /// Behind the address, encoded.
        var path: String
        var body: [UInt8]?
        var type: String
        /// Scheme, host and prefix in place of the server's own; gets no credentials.
        var host: String?
        /// Bytes of the longest answer that is taken.
        var longestAnswer: Int
        /// How often at most it is sent.
        var mostTries: Int

        init(
            _ method: HTTPMethod,
            _ path: String,
            body: [UInt8]? = nil,
            type: String = "application/json",
            host: String? = nil,
            longestAnswer: Int = 256 << 20,
            mostTries: Int = .max
        ) {
            self.method = method
            self.path = path
            self.body = body
            self.type = type
            self.host = host
            self.longestAnswer = longestAnswer
            self.mostTries = mostTries
        }
    }

    /// The answer of the server.
    struct Answer: Sendable {
        let status: Int
        let retryAfter: Double?
        let location: String?
        let body: [UInt8]

        var isSuccess: Bool { (200 ..< 300).contains(status) }
        var text: String { String(decoding: body, as: UTF8.self) }

        /// Whether it may be MLflow's word for "done": an object, or nothing at all.
        var isEmptyOrObject: Bool {
            let first = body.first { $0 != 0x20 && !(0x09 ... 0x0D).contains($0) }
            return first == nil || first == UInt8(ascii: "{")
        }
    }

    /// Sends a request, and expects an answer.
    func send(_ request: Request) async throws -> Answer {
        guard let answer = try await send(request, unless: { false }) else {
            throw TrackingError(.unreachable, at: address, "it gives no answer")
        }
        return answer
    }
}
