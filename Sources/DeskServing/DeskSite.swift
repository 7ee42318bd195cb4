import Desk
public import Evaluation
import Foundation
public import Logging
import OpenAPI
public import Record
public import Serving
import Synchronization
public import Tracking

/// The desk on a service: who may see and do what, and what each address shows.
public final class DeskSite: Site {
    let service: PredictionService
    let record: any RecordStore
    let settings: DeskSettings
    let sessions = DeskSessions()
    let logger: Logger
    /// One campaign is planned at a time, and one file is scored.
    let bench = DeskBench()
    let outsideNotes = OutsideNotes()

    /// Prepares pages for a service.
    ///
    /// - Parameters:
    ///   - service: Has the model and the keys.
    ///   - record: The service's record.
    ///   - settings: What campaigns stand on, and where files are kept.
    ///   - logger: Takes what goes wrong; never who a customer is.
    public init(
        _ service: PredictionService,
        record: any RecordStore,
        settings: DeskSettings,
        logger: Logger
    ) {
        self.service = service
        self.record = record
        self.settings = settings
        self.logger = logger
    }

    /// The longest form without a file.
    static let longestForm = 65_536

    /// Answers a request; what goes wrong becomes a page, too.
    public func answer(_ request: SiteRequest) async -> SiteAnswer {
        if let asset = DeskAsset.all.first(where: { $0.path == request.path }) {
            return SiteAnswer(
                type: asset.mediaType,
                bytes: asset.bytes,
                headers: [("Cache-Control", "public, max-age=31536000, immutable")]
            )
        }
        var visit = DeskVisit(request)
        let isOpen = admit(&visit)
        var answer: SiteAnswer
        do {
            if let wait = service.wait(visit.caller, rate: visit.rate) {
                throw DeskProblem.tooMany(Int((wait / .seconds(1)).rounded(.up)))
            }
            if request.isPost {
                answer = try await change(visit, isOpen: isOpen)
            } else {
                answer = try await show(visit, isOpen: isOpen)
            }
        } catch let problem as DeskProblem {
            answer = await page(problem.page(visit), visit, status: problem.status)
        } catch {
            logger.error(
                "a page of the desk failed",
                metadata: ["error": "\(error)", "request_id": "\(request.id)"]
            )
            let problem = DeskProblem.failed
            answer = await page(problem.page(visit), visit, status: problem.status)
        }
        if visit.isNew, !answer.headers.contains(where: { $0.name == "Set-Cookie" }) {
            answer.headers.append(("Set-Cookie", cookie(visit.session, visit)))
        }
        return answer
    }

    /// Finds out who asks; without keys everybody gets a session, so that forms can be told from forged ones.
    ///
    /// - Returns: Whether pages may be shown.
    private func admit(_ visit: inout DeskVisit) -> Bool {
        do throws(DeskSessions.Refusal) {
            visit.session = try sessions.session(in: visit.request.cookie, now: visit.now / 1_000)
        } catch {
            visit.refusal = error
        }
        guard service.asksForKeys else {
            if visit.session == nil {
                visit.session = sessions.begin(key: "", now: visit.now / 1_000)
                visit.isNew = true
            }
            visit.mayAct = true
            return true
        }
        guard let session = visit.session, !session.key.isEmpty,
            let key = service.key(named: session.key)
        else { return false }
        visit.keyName = key.name
        visit.rate = key.rate
        visit.mayAct = !key.scopes.isDisjoint(with: [.desk, .admin])
        return visit.mayAct || key.scopes.contains(.read)
    }

    private func show(_ visit: DeskVisit, isOpen: Bool) async throws -> SiteAnswer {
        let path = visit.request.path
        if path == "/desk/language" { return language(visit) }
        if path == DeskPath.signIn {
            if isOpen { return redirect(to: visit.form["next"]) }
            return await signIn(visit)
        }
        guard isOpen else {
            var reason: SignInPage.Reason?
            if case .expired = visit.refusal { reason = .expired }
            return await page(SignInPage(reason: reason, next: visit.address), visit, status: 401)
        }
        return try await place(visit)
    }

    /// The page of an address.
    private func place(_ visit: DeskVisit) async throws -> SiteAnswer {
        let parts = visit.parts
        switch parts.first {
        case nil: return try await today(visit)
        case "campaigns": return try await campaigns(visit, Array(parts.dropFirst()))
        case "worth": return try await worth(visit, parts.count > 1 ? parts[1] : nil)
        case "customers": return try await customers(visit, Array(parts.dropFirst()))
        case "model" where parts.count == 1: return try await model(visit)
        case "runs": return try await runs(visit, Array(parts.dropFirst()))
        case "drift" where parts.count == 1: return try await drift(visit)
        case "service" where parts.count == 1: return try await serviceState(visit)
        default: throw DeskProblem.missing
        }
    }

    /// What a form does.
    private func change(_ visit: DeskVisit, isOpen: Bool) async throws -> SiteAnswer {
        var visit = visit
        // A browser that says who made it ask is believed where it was somebody else.
        if let site = visit.request.fetchSite, !["same-origin", "none"].contains(site) {
            throw DeskProblem.forged
        }
        if let boundary = MultipartReader.boundary(of: visit.request.contentType) {
            // Whoever may not act must not fill the disk.
            guard isOpen, visit.mayAct else { throw DeskProblem.mayOnlyLook }
            try await receive(&visit, boundary: boundary)
        } else {
            visit.form = try await form(visit)
        }
        do { return try await act(visit, isOpen: isOpen) } catch let problem as DeskProblem {
            if case .forged = problem { visit.upload?.forget() }
            throw problem
        }
    }

    private func act(_ visit: DeskVisit, isOpen: Bool) async throws -> SiteAnswer {
        if visit.request.path == DeskPath.signIn { return try await enter(visit) }
        guard isOpen, let session = visit.session else {
            return await page(
                SignInPage(reason: .expired, next: visit.form["back"]),
                visit,
                status: 401
            )
        }
        guard sessions.accepts(visit.form["token"], of: session) else {
            throw DeskProblem.forged
        }
        if visit.request.path == DeskPath.signOut { return leave(visit, session) }
        if visit.parts.first == "customers", visit.parts.count == 4, visit.parts[3] == "what-if" {
            return try await whatIf(visit, customer: visit.parts[2])
        }
        guard visit.mayAct else { throw DeskProblem.mayOnlyLook }
        switch visit.request.path {
        case DeskPath.marks: return try await mark(visit)
        case DeskPath.simulate: return try await simulate(visit)
        case DeskPath.newCampaign: return try await preview(visit)
        case DeskPath.draw: return try await draw(visit)
        case DeskPath.close: return try await close(visit)
        case DeskPath.upload: return try await upload(visit)
        default: throw DeskProblem.missing
        }
    }

    private func form(_ visit: DeskVisit) async throws -> DeskForm {
        let collected = Mutex<[UInt8]>([])
        do {
            try await visit.request.body(Self.longestForm) { piece in
                collected.withLock { $0 += piece }
            }
        } catch is BodyTooLarge {
            throw DeskProblem.tooLong(Self.longestForm)
        }
        return DeskForm(String(decoding: collected.withLock(\.self), as: UTF8.self))
    }
}

/// What the desk's campaigns stand on, and where its files are kept.
public struct DeskSettings: Sendable {
    /// Where uploaded files and lists are kept.
    public var folder: String
    /// The record by whose name the key that draws lots is found.
    public var record: RecordAddress
    /// What campaigns stand on; nil for the model's own.
    public var costs: CampaignCosts?
    /// Within how many days leaving counts; nil for the model's own, or 90.
    public var horizonDays: Int?
    /// The longest file that is taken, in bytes.
    public var uploadBytes = 200_000_000
    /// So many uploaded files are kept, the newest.
    public var uploads = 5
    /// How many cores score and plan.
    public var threads: Int
    /// Opens the runs and the registry for as long as somebody reads them; nil where there are none to show.
    public var tracking: Tracking?

    /// Hands an open store to a body.
    public typealias Tracking =
        @Sendable (_ body: (any TrackingStore) async throws -> Void) async throws -> Void

    /// Creates settings.
    public init(
        folder: String,
        record: RecordAddress,
        costs: CampaignCosts? = nil,
        horizonDays: Int? = nil,
        threads: Int
    ) {
        self.folder = folder
        self.record = record
        self.costs = costs
        self.horizonDays = horizonDays
        self.threads = threads
    }
}
