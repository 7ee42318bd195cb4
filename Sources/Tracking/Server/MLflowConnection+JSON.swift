import FoundationEssentials
import NIOHTTP1
import Output

/// An answer without content.
struct NoAnswer: Decodable {}

extension MLflowConnection {
    private static let root = "/api/2.0/mlflow/"

    /// Sends a request without a body, and reads its answer.
    func get<Value: Decodable>(
        _ path: String,
        _ query: [(String, String)] = []
    ) async throws -> Value {
        let items = query.map { $0 + "=" + PercentEncoding.encoded($1) }
        let suffix = items.isEmpty ? "" : "?" + items.joined(separator: "&")
        return try decoded(try await send(Request(.GET, Self.root + path + suffix)))
    }

    /// Sends a request with a body, and reads its answer.
    func post<Value: Decodable>(
        _ path: String,
        _ body: some Encodable,
        method: HTTPMethod = .POST,
        mostTries: Int = .max
    ) async throws -> Value {
        var request = Request(method, Self.root + path, body: try encoded(body))
        request.mostTries = mostTries
        return try decoded(try await send(request))
    }

    /// Sends a request whose answer holds nothing to read.
    func tell(
        _ path: String,
        _ body: some Encodable,
        method: HTTPMethod = .POST,
        mostTries: Int = .max
    ) async throws {
        let _: NoAnswer = try await post(path, body, method: method, mostTries: mostTries)
    }

    /// Creates something exactly once, even where answers get lost.
    ///
    /// - Parameters:
    ///   - path: Where it is asked for.
    ///   - body: What it is to be.
    ///   - find: Looks whether an earlier try has made it.
    ///   - made: What an answer says of it.
    /// - Returns: What was made, by this try or an earlier one.
    /// - Throws: `TrackingError`.
    func makeOnce<Made, Value: Decodable>(
        _ path: String,
        _ body: some Encodable,
        find: () async throws -> Made?,
        made: (Value) async throws -> Made
    ) async throws -> Made {
        var found: Made?
        let request = Request(.POST, Self.root + path, body: try encoded(body))
        let answer = try await send(
            request,
            unless: {
                found = try await find()
                return found != nil
            }
        )
        if let found { return found }
        guard let answer else {
            throw TrackingError(.unreachable, at: address, "it gives no answer")
        }
        return try await made(try decoded(answer))
    }

    private func encoded(_ body: some Encodable) throws -> [UInt8] {
        try encodedJSON(
            body,
            keys: .convertToSnakeCase,
            floats: .convertToString(
                positiveInfinity: "Infinity",
                negativeInfinity: "-Infinity",
                nan: "NaN"
            )
        )
    }

    func decoded<Value: Decodable>(_ answer: Answer) throws -> Value {
        guard answer.isSuccess else { throw answer.error(at: address) }
        if Value.self == NoAnswer.self, answer.isEmptyOrObject, let none = NoAnswer() as? Value {
            return none
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            return try decoder.decode(Value.self, from: Data(answer.body))
        } catch {
            throw answer.isNotMLflow(at: address)
        }
    }
}
