import ChurnModel
import Desk
import DeskServing
import Foundation
import Lifecycle
import Logging
import NeuralNetwork
import Record
import Schema
import Serving
import TestSupport
import Testing
import Tracking
import Training

/// A desk on a service of a small model of simulated customers, and a browser that keeps its cookies.
final class DeskFixture {
    let folder: TemporaryFolder
    let record: any RecordStore
    let service: PredictionService
    let site: DeskSite
    /// The browser's session cookie; nil before there is one.
    var cookie: String?
    var language = "en"

    /// - Parameters:
    ///   - keys: Nil lets everybody in.
    ///   - isTracked: Whether there is a registry, `mlflow.db` in the folder.
    /// - Throws: What training and opening files throw.
    init(keys: APIKeys? = nil, isTracked: Bool = false) throws {
        folder = try TemporaryFolder()
        let saved = try Self.model("model", in: folder, epochs: 10, seed: 42)
        record = try openRecord(folder.path + "/retain.db")
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        service = try PredictionService(
            try ServedModel(saved, name: "churn", version: "1"),
            keys: keys,
            log: record,
            logger: logger
        )
        var settings = DeskSettings(
            folder: folder.path + "/desk",
            record: RecordAddress(folder.path + "/retain.db"),
            threads: 2
        )
        if isTracked {
            let path = folder.path + "/mlflow.db"
            settings.tracking = { body in try await body(try LocalStore(path)) }
        }
        site = DeskSite(service, record: record, settings: settings, logger: logger)
    }

    /// Trains a small model of simulated customers and saves it under a name.
    static func model(
        _ name: String,
        in folder: TemporaryFolder,
        epochs: Int,
        seed: UInt64
    ) throws -> SavedModel {
        let (data, inferred) = try CustomerData.inferring(
            folder.customers(1_500),
            SchemaInference(target: "Exited"),
            threads: 2
        )
        var project = Project(schema: inferred.schema, training: TrainingSettings(.seed))
        project.training.loop.epochs = epochs
        project.levers = [Lever("NumOfProducts", .range(minimum: 1, maximum: 2, step: 1), cost: 5)]
        let result = try TrainingWorkflow(project, seed: seed, threads: 2).run(data)
        try result.save(to: folder.path + "/" + name)
        return try ModelFolder.load(from: folder.path + "/" + name)
    }

    /// What a browser gets, following where it is sent.
    @discardableResult
    func get(_ address: String) async -> SiteAnswer {
        let parts = address.split(separator: "?", maxSplits: 1).map(String.init)
        var request = SiteRequest(path: parts[0])
        request.query = parts.count > 1 ? parts[1] : ""
        return await follow(request)
    }

    /// Sends a form, as the last page of the session would.
    @discardableResult
    func post(
        _ path: String,
        _ fields: [(String, String)],
        type: String? = nil,
        fetchSite: String? = "same-origin"
    ) async -> SiteAnswer {
        let text = fields.map { "\(DeskPath.encoded($0))=\(DeskPath.encoded($1))" }
            .joined(separator: "&")
        return await send(path, Array(text.utf8), type: type, fetchSite: fetchSite)
    }

    /// Sends a body.
    func send(
        _ path: String,
        _ body: [UInt8],
        type: String? = nil,
        fetchSite: String? = "same-origin"
    ) async -> SiteAnswer {
        var request = SiteRequest(isPost: true, path: path) { limit, take in
            for start in stride(from: 0, to: body.count, by: 1_000) {
                let end = min(start + 1_000, body.count)
                guard end <= limit else { throw BodyTooLarge(limit: limit) }
                try await take(Array(body[start ..< end]))
            }
        }
        request.contentType = type
        request.fetchSite = fetchSite
        return await follow(request)
    }

    private func follow(_ request: SiteRequest) async -> SiteAnswer {
        var request = request
        request.cookie = cookie
        request.acceptLanguage = language
        request.id = "request-1"
        let answer = await site.answer(request)
        for header in answer.headers where header.name == "Set-Cookie" {
            guard header.value.hasPrefix("retain_desk=") else { continue }
            cookie = String(header.value.prefix { $0 != ";" })
        }
        let place = answer.headers.first { $0.name == "Location" }?.value
        if let place { return await get(place) }
        return answer
    }

    /// The token of a page's forms.
    func token(of answer: SiteAnswer) throws -> String {
        let found = try #require(answer.text.firstMatch(of: #/name="token" value="([^"]+)"/#))
        return String(found.output.1)
    }

    /// From a fresh service to an open campaign.
    func campaign(_ name: String = "spring") async throws {
        let first = await get("/")
        let loaded = await post(DeskPath.simulate, [("token", try token(of: first))])
        let fields = [
            ("token", try token(of: loaded)), ("name", name), ("source", "scored"),
            ("contacts", "60"), ("hold-out", "20"), ("horizon", "90"),
        ]
        await post(DeskPath.draw, fields)
    }
}

extension SiteAnswer {
    var text: String { String(decoding: bytes, as: UTF8.self) }
}
