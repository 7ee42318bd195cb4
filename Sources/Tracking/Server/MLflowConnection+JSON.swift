import FoundationEssentials
import NIOHTTP1

/// An answer that holds nothing that anyone reads.
struct NoAnswer: Decodable {}

extension MLflowConnection {
    private static let root = "/api/2.0/mlflow/"

    /// Asks for something.
    func get<Answer: Decodable>(
        _ path: String,
        _ query: [(String, String)] = []
    ) async throws -> Answer {
        let items = query.map { $0 + "=" + PercentEncoding.encoded($1) }
        let suffix = items.isEmpty ? "" : "?" + items.joined(separator: "&")
        return try decoded(try await send(.GET, Self.root + path + suffix))
    }

    /// Says something.
    func post<Answer: Decodable>(
        _ path: String,
        _ body: some Encodable,
        method: HTTPMethod = .POST,
        isRepeatable: Bool = true
    ) async throws -> Answer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity",
            negativeInfinity: "-Infinity",
            nan: "NaN"
        )
        return try decoded(
            try await send(
                method,
                Self.root + path,
                body: Array(try encoder.encode(body)),
                isRepeatable: isRepeatable
            )
        )
    }

    /// Says something whose answer nobody reads.
    func tell(_ path: String, _ body: some Encodable, method: HTTPMethod = .POST) async throws {
        let _: NoAnswer = try await post(path, body, method: method)
    }

    /// Makes something new, once, whatever becomes of the answers.
    ///
    /// - Parameters:
    ///   - find: Looks whether an earlier try has made it.
    ///   - make: Makes it, in one try.
    func makeOnce<Made>(
        find: () async throws -> Made?,
        make: () async throws -> Made
    ) async throws -> Made {
        do {
            return try await make()
        } catch let error as TrackingError where error.kind == .unreachable {
            // Now the server is asked patiently, and may know what the lost answer was about.
            if let found = try await find() { return found }
            return try await make()
        }
    }

    func decoded<Value: Decodable>(_ answer: Answer) throws -> Value {
        guard (200 ..< 300).contains(answer.status) else { throw error(answer) }
        if Value.self == NoAnswer.self, let none = NoAnswer() as? Value { return none }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "Infinity",
            negativeInfinity: "-Infinity",
            nan: "NaN"
        )
        do {
            return try decoder.decode(Value.self, from: Data(answer.body))
        } catch {
            throw TrackingError(
                .unreachable,
                at: address,
                "its answer is not MLflow's (\(answer.text.prefix(80))); check that MLFLOW_TRACKING_URI"
                    + " names an MLflow server"
            )
        }
    }

    /// What an answer other than 200 means.
    func error(_ answer: Answer) -> TrackingError {
        let problem = try? JSONDecoder().decode(Problem.self, from: Data(answer.body))
        let text = problem?.message ?? problem?.error ?? String(answer.text.prefix(200))
        let message = Secrets.masked(text.split(whereSeparator: \.isNewline).joined(separator: " "))
        return switch (problem?.error_code, answer.status) {
        case ("RESOURCE_DOES_NOT_EXIST", _), ("NOT_FOUND", _):
            TrackingError(.notFound, at: address, message)
        case ("RESOURCE_ALREADY_EXISTS", _):
            TrackingError(.alreadyExists, at: address, message)
        case (_, 401):
            TrackingError(
                .denied,
                at: address,
                "it does not know who asks (401); set MLFLOW_TRACKING_USERNAME and"
                    + " MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN"
            )
        case (_, 403):
            TrackingError(.denied, at: address, "it does not allow this (403): \(message)")
        case (nil, 404), (_, 405), (_, 501), ("ENDPOINT_NOT_FOUND", _):
            TrackingError(
                .unsupported,
                at: address,
                "it does not know this request (\(answer.status)): \(message)"
            )
        case (_, 408), (_, 429), (_, 500...):
            TrackingError(
                .unreachable,
                at: address,
                "it can't answer at present (\(answer.status)): \(message)"
            )
        case (_, 300 ..< 400):
            TrackingError(
                .unreachable,
                at: address,
                "it sends one elsewhere (\(answer.status)); give the address it names in MLFLOW_TRACKING_URI"
            )
        default: TrackingError(.invalid, at: address, message)
        }
    }

    /// What MLflow says of a failure; DagsHub says `error` alone.
    private struct Problem: Decodable {
        let error_code: String?
        let message: String?
        let error: String?
    }
}

extension MLflowConnection.Answer {
    var text: String { String(decoding: body, as: UTF8.self) }
}
