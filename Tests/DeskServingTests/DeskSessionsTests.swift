import DeskServing
import Testing

/// Cookies that nobody else can write.
@Suite struct DeskSessionsTests {
    private func refusal(
        _ sessions: DeskSessions,
        _ header: String?,
        now: Int
    ) -> DeskSessions.Refusal? {
        do throws(DeskSessions.Refusal) {
            _ = try sessions.session(in: header, now: now)
            return nil
        } catch { return error }
    }

    @Test func `a session is known by its cookie until it ends`() throws {
        let sessions = DeskSessions()
        let session = sessions.begin(key: "ana é.", now: 1_000)
        let header = "other=1; retain_desk=\(sessions.cookie(of: session)); more=2"
        #expect(try sessions.session(in: header, now: 1_001) == session)
        #expect(refusal(sessions, header, now: 1_000 + DeskSessions.life) == .expired)
        #expect(refusal(sessions, nil, now: 1_001) == .absent)
        #expect(refusal(sessions, "retain_desk", now: 1_001) == .absent)
    }

    @Test func `no other cookie opens anything`() {
        let sessions = DeskSessions()
        let session = sessions.begin(key: "ana", now: 1_000)
        let cookie = sessions.cookie(of: session)
        for place in [0, 20, 40, cookie.count - 1] {
            var changed = Array(cookie)
            changed[place] = changed[place] == "0" ? "1" : "0"
            #expect(refusal(sessions, "retain_desk=\(String(changed))", now: 1_001) == .unknown)
        }
        for other in [
            "", "a.b.c.d", "a.1.616e61", cookie + "0", DeskSessions().cookie(of: session),
        ] {
            #expect(refusal(sessions, "retain_desk=\(other)", now: 1_001) == .unknown)
        }
    }

    @Test func `who signed out stays out`() {
        let sessions = DeskSessions()
        let session = sessions.begin(key: "ana", now: 1_000)
        let other = sessions.begin(key: "ana", now: 1_000)
        sessions.end(session, now: 1_001)
        let cookies = [session, other].map { "retain_desk=\(sessions.cookie(of: $0))" }
        #expect(refusal(sessions, cookies[0], now: 1_002) == .unknown)
        #expect(refusal(sessions, cookies[1], now: 1_002) == nil)
    }

    @Test func `a form's token is that of its session alone`() {
        let sessions = DeskSessions()
        let one = sessions.begin(key: "ana", now: 1_000)
        let other = sessions.begin(key: "ana", now: 1_000)
        #expect(sessions.accepts(sessions.token(of: one), of: one))
        #expect(!sessions.accepts(sessions.token(of: one), of: other))
        #expect(!sessions.accepts("", of: one))
        #expect(sessions.isNew(aside: 5, for: one) && !sessions.isNew(aside: 5, for: one))
        #expect(sessions.isNew(aside: 5, for: other))
    }
}
