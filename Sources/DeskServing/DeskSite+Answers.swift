import Campaign
import Desk
import Logging
import OpenAPI
import Record
import Serving

extension DeskSite {
    /// A page in its frame.
    func page(
        _ page: some DeskPage,
        _ visit: DeskVisit,
        status: Int = 200,
        notice: DeskNotice? = nil
    ) async -> SiteAnswer {
        let isSignedIn = !service.asksForKeys || visit.keyName != nil
        var told = notice
        if let session = visit.session, isSignedIn {
            told = sessions.takeNotice(of: session) ?? notice
        }
        let served = service.current
        let frame = DeskFrame(
            language: visit.language,
            token: visit.session.map { sessions.token(of: $0) } ?? "",
            address: visit.address,
            campaign: isSignedIn ? try? await openCampaign()?.name : nil,
            // A folder's name says less than its version.
            model: isSignedIn
                ? (served.name == "model" ? "" : served.name + " ") + served.version : nil,
            key: visit.keyName,
            isSignedIn: isSignedIn,
            mayAct: visit.mayAct,
            notice: told
        )
        return SiteAnswer(
            status: status,
            bytes: Array(page.document(in: frame).utf8),
            headers: [
                ("Content-Security-Policy", DeskAsset.contentSecurityPolicy),
                ("Referrer-Policy", "same-origin"), ("X-Frame-Options", "DENY"),
                ("Vary", "Cookie, Accept-Language"),
            ]
        )
    }

    /// The newest campaign that is not closed; nil where there is none.
    func openCampaign() async throws -> CampaignEntry? {
        try await record.campaigns().first { $0.closed == nil }
    }

    /// Goes on elsewhere, so that a page that is loaded anew does nothing twice.
    func redirect(to address: String) -> SiteAnswer {
        SiteAnswer(status: 303, bytes: [], headers: [("Location", DeskVisit.local(address))])
    }

    /// Goes back to where a form was, with something to tell.
    func back(_ visit: DeskVisit, _ notice: DeskNotice) -> SiteAnswer {
        if let session = visit.session { sessions.tell(notice, to: session) }
        return redirect(to: visit.form["back"])
    }

    /// A file to be kept.
    func download(
        _ bytes: [UInt8],
        name: String,
        type: String = "text/csv; charset=utf-8"
    )
        -> SiteAnswer
    {
        let plain = name.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
        return SiteAnswer(
            type: type,
            bytes: bytes,
            headers: [("Content-Disposition", "attachment; filename=\"\(plain)\"")]
        )
    }

    /// The cookie of a session.
    func cookie(_ session: DeskSessions.Session?, _ visit: DeskVisit) -> String {
        let secure = visit.request.isEncrypted ? "; Secure" : ""
        let rest = "; Path=/; HttpOnly; SameSite=Strict\(secure)"
        guard let session else { return "\(DeskSessions.cookie)=; Max-Age=0\(rest)" }
        return
            "\(DeskSessions.cookie)=\(sessions.cookie(of: session)); Max-Age=\(DeskSessions.life)\(rest)"
    }

    /// Goes on in another language.
    func language(_ visit: DeskVisit) -> SiteAnswer {
        var answer = redirect(to: visit.form["back"])
        answer.headers.append(
            (
                "Set-Cookie",
                "\(DeskVisit.languageCookie)=\(visit.form["to"] == "pt-BR" ? "pt-BR" : "en"); Max-Age=31536000; Path=/; SameSite=Strict"
            )
        )
        return answer
    }

    /// Where a key is asked for; its form has a session of its own, whose token it must carry.
    func signIn(_ visit: DeskVisit, _ reason: SignInPage.Reason? = nil) async -> SiteAnswer {
        let next = DeskVisit.local(visit.form["next"])
        return await page(
            SignInPage(reason: reason, next: next),
            visit,
            status: reason == nil ? 200 : 401
        )
    }

    /// Takes a key.
    func enter(_ visit: DeskVisit) async throws -> SiteAnswer {
        // A key can hardly be guessed; this keeps guesses from costing others their time.
        if let wait = service.wait("sign-in \(visit.request.caller ?? "")", rate: 5) {
            return await signIn(visit, .tooMany(max(1, Int((wait / .seconds(1)).rounded(.up)))))
        }
        guard let key = service.key(for: visit.form["key"].filter { !$0.isWhitespace }) else {
            logger.notice(
                "a sign-in to the desk was refused",
                metadata: ["request_id": "\(visit.request.id)"]
            )
            return await signIn(visit, .wrongKey)
        }
        guard !key.scopes.isDisjoint(with: [.desk, .admin, .read]) else {
            return await signIn(visit, .noScope)
        }
        let session = sessions.begin(key: key.name, now: visit.now / 1_000)
        logger.notice("signed in to the desk", metadata: ["key": "\(key.name)"])
        var answer = redirect(to: visit.form["next"])
        answer.headers.append(("Set-Cookie", cookie(session, visit)))
        return answer
    }

    /// Ends a session.
    func leave(_ visit: DeskVisit, _ session: DeskSessions.Session) -> SiteAnswer {
        sessions.end(session, now: visit.now / 1_000)
        var answer = redirect(to: DeskPath.signIn)
        answer.headers.append(("Set-Cookie", cookie(nil, visit)))
        return answer
    }
}
