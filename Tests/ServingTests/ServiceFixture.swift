import ChurnModel
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Record
import Serving
import TestSupport

/// A service of a made-up model, with what a test wants of it.
final class ServiceFixture: Sendable {
    let bank: SmallBank
    let service: PredictionService
    let log: (any RecordStore)?
    let folder: TemporaryFolder

    init(
        model: ServedModel? = nil,
        limits: ServiceLimits = ServiceLimits(),
        keys: APIKeys? = nil,
        certificate: CertificateFiles? = nil,
        hasLog: Bool = false,
        log: (any RecordStore)? = nil,
        shadow: ServedModel? = nil,
        watch: DriftWatching? = nil,
        webhooks: WebhookQueue? = nil,
        explains: Bool = true
    ) throws {
        bank = try SmallBank(explains: explains)
        folder = try TemporaryFolder()
        self.log = hasLog ? try openRecord(folder.path + "/retain.db") : log
        service = try PredictionService(
            try model ?? ServedModel(bank.saved, name: "churn", version: "3"),
            shadow: shadow,
            limits: limits,
            keys: keys,
            certificate: certificate,
            log: self.log,
            watch: watch,
            webhooks: webhooks,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    /// Runs a body against the routes, while predictions are written down.
    func ask<Value: Sendable>(
        isRecorded: Bool = true,
        _ body: @escaping @Sendable (any TestClientProtocol) async throws -> Value
    ) async throws -> Value {
        let recorder = PredictionRecorder(service)
        let recording = Task { if isRecorded { try await recorder.run() } }
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let application = Application(responder: service, logger: logger)
        let value = try await application.test(.router, body)
        recording.cancel()
        try await recording.value
        return value
    }

    /// Sends one request to the routes.
    func ask(
        _ uri: String,
        _ method: HTTPRequest.Method = .get,
        _ headers: HTTPFields = [:],
        _ body: String = ""
    ) async throws -> TestResponse {
        try await ask { client in
            try await client.execute(
                uri: uri,
                method: method,
                headers: headers,
                body: ByteBuffer(string: body)
            )
        }
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }

    /// The value of a sample of the metrics' page.
    func sample(_ name: String) -> Double? {
        let line = text.split(separator: "\n").first { $0.hasPrefix(name + " ") }
        return line.flatMap { Double($0.dropFirst(name.count + 1)) }
    }

    /// The value of a member of the answer.
    func member(_ name: String) throws -> String? {
        let object = try JSONSerialization.jsonObject(with: Data(body.readableBytesView))
        return (object as? [String: Any])?[name].map { "\($0)" }
    }
}
