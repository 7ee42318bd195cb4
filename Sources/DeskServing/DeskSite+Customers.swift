import ChurnModel
import Desk
import Files
import Foundation
import Lifecycle
import Logging
import Output
import Record
import Schema
import Serving
import Simulation
import Synchronization
import Texts

extension DeskSite {
    /// So many customers stand on a page of a search.
    private static let hits = 50
    /// How many simulated customers the button loads.
    static let simulated = 2_000

    /// The search over everybody, and the pages of single customers.
    func customers(_ visit: DeskVisit, _ parts: [String]) async throws -> SiteAnswer {
        switch parts.first {
        case nil: return try await search(visit, nil)
        case "of" where parts.count == 2: return try await customerPage(parts[1], visit)
        case "of" where parts.count == 3 && parts[2] == "what-if":
            return redirect(to: DeskPath.customer(parts[1]))
        case "upload" where parts.count == 1: return redirect(to: DeskSection.customers.path)
        case "rejects" where parts.count == 2:
            guard let upload = folder.upload(parts[1].replacing(".csv", with: "")),
                let bytes = try? BlockReader.contents(of: upload.rejects)
            else { throw DeskProblem.missing }
            return download(bytes, name: "rejects.csv")
        default: throw DeskProblem.missing
        }
    }

    private func search(_ visit: DeskVisit, _ upload: UploadResult?) async throws -> SiteAnswer {
        let text = String(visit.form["q"].prefix(100))
        let found = try await record.customers(prefix: text, from: 0, count: Self.hits)
        let all =
            text.isEmpty
            ? found.matches : try await record.customers(prefix: "", from: 0, count: 0).matches
        return await page(
            CustomersPage(
                search: text,
                hits: found.entries.map {
                    CustomersPage.Hit(
                        identifier: $0.customer,
                        risk: $0.probability,
                        date: $0.time,
                        version: $0.version
                    )
                },
                matches: found.matches,
                scoredCustomers: all,
                largestUpload: settings.uploadBytes,
                upload: upload
            ),
            visit,
            status: upload?.problem == nil ? 200 : 422
        )
    }

    /// Reads a form with a file as it comes.
    ///
    /// The token stands in the form, so that the file has been read when it is looked at; nothing is done with it before.
    func receive(_ visit: inout DeskVisit, boundary: String) async throws {
        let upload = try folder.newUpload()
        let language = visit.language
        do {
            let file = try FormFile(boundary: boundary, path: upload.customers)
            try await visit.request.body(settings.uploadBytes) { piece in try file.take(piece) }
            try file.close()
            visit.form = DeskForm(file.fields)
            guard let name = file.fileName, file.byteCount > 0 else { return upload.forget() }
            visit.upload = upload
            visit.uploadName = name
            logger.notice("a file came to the desk", metadata: ["bytes": "\(file.byteCount)"])
        } catch {
            upload.forget()
            switch error {
            case is BodyTooLarge: throw DeskProblem.tooLong(settings.uploadBytes)
            case is MultipartReader.Fault:
                throw DeskProblem.refused(
                    language(
                        "The form was cut off or is none.",
                        "O formulário foi cortado ou não é um formulário."
                    )
                )
            default: throw error
            }
        }
    }

    /// Scores the file that came with a form, and keeps the scores on record.
    func upload(_ visit: DeskVisit) async throws -> SiteAnswer {
        guard let upload = visit.upload else {
            throw DeskProblem.refused(
                visit.language("No file was chosen.", "Nenhum arquivo foi escolhido.")
            )
        }
        let typed = visit.form["as-of"]
        let asOf = Day(typed)
        guard typed.isEmpty || asOf != nil else {
            upload.forget()
            throw DeskProblem.refused(
                visit.language(
                    "“As of” must be a day like 2026-11-30.",
                    "“Data dos dados” deve ser um dia como 2026-11-30."
                )
            )
        }
        return try await search(
            visit,
            try await score(upload, name: visit.uploadName, asOf: asOf, visit.language)
        )
    }

    /// Scores a file into the record.
    func score(
        _ upload: DeskFolder.Upload,
        name: String,
        asOf: Day? = nil,
        _ language: Language
    ) async throws -> UploadResult {
        let served = service.current
        let (record, threads) = (record, settings.threads)
        do {
            let counts = try await bench.run {
                try ScoringWorkflow(served.saved.model, threads: threads).run(
                    input: upload.customers,
                    output: upload.scores(asOf),
                    rejects: upload.rejects,
                    asOf: asOf,
                    record: BatchRecord(record, served.logged)
                )
            }
            var messages = counts.remarks.map { UploadResult.Message(line: nil, text: $0) }
            messages += counts.problems.map { UploadResult.Message(line: nil, text: $0) }
            if counts.unnamed > 0 {
                let count = language.number(counts.unnamed)
                messages.append(
                    UploadResult.Message(
                        line: nil,
                        text: language(
                            "\(count) rows name no customer and were not kept.",
                            "\(count) linhas não nomeiam cliente e não foram guardadas."
                        )
                    )
                )
            }
            return UploadResult(
                file: name,
                scored: counts.scored,
                refused: counts.rejected,
                messages: messages,
                rejects: counts.rejected > 0 ? "/desk/customers/rejects/\(upload.id).csv" : nil,
                campaign: counts.scored > 0
                    ? DeskPath.query(
                        DeskPath.newCampaign,
                        [("upload", upload.id), ("as-of", asOf.map { "\($0)" } ?? "")]
                    ) : nil
            )
        } catch let problem as DeskProblem {
            throw problem
        } catch let error as any RetainError {
            let text = error.description.replacing(upload.customers, with: name)
            upload.forget()
            return UploadResult(file: name, scored: 0, refused: 0, messages: [], problem: text)
        }
    }

    /// Whether the simulated bank's customers have all columns that the model reads.
    var canSimulate: Bool {
        let columns = Set(BankSimulator(seed: 1).columns)
        let schema = service.current.saved.model.schema
        return schema.features.allSatisfy { columns.contains($0.name) }
            && schema.identifier.map(columns.contains) == true
    }

    /// Loads simulated customers, so that a list can be tried.
    func simulate(_ visit: DeskVisit) async throws -> SiteAnswer {
        guard canSimulate else { throw DeskProblem.missing }
        let upload = try folder.newUpload()
        let simulator = BankSimulator(seed: 7)
        try AtomicFile.write(
            simulator.header + simulator.csv(rows: 0 ..< Self.simulated),
            to: upload.customers
        )
        let language = visit.language
        let name = language("simulated customers", "clientes simulados")
        let result = try await score(upload, name: name, language)
        guard result.problem == nil else { return try await search(visit, result) }
        if let session = visit.session {
            let count = language.number(result.scored)
            sessions.tell(
                DeskNotice(
                    kind: .done,
                    text: language(
                        "\(count) simulated customers were scored.",
                        "\(count) clientes simulados foram pontuados."
                    )
                ),
                to: session
            )
        }
        return redirect(to: DeskPath.newCampaign)
    }
}
