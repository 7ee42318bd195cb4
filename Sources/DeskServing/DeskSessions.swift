package import Desk
import Files
import Output
import Synchronization

/// Who is signed in: a cookie that only this process can have written, until it ends or is signed out.
///
/// The cookie is `ID.EXPIRES.KEY.MAC`; the MAC (HMAC-SHA-256) is over the rest with a secret that is drawn when the process
/// begins, so that a restart signs everybody out. Nothing but what was signed out, and what is to be told next, is kept.
package final class DeskSessions: Sendable {
    /// How long a session lasts, in seconds.
    package static let life = 12 * 3_600
    /// The cookie's name.
    package static let cookie = "retain_desk"
    /// The sessions kept something of at once; beyond that the oldest are forgotten.
    static let mostKept = 10_000

    private let secret = (0 ..< 32).map { _ in UInt8.random(in: .min ... .max) }
    private let state = Mutex(State())

    package init() {}

    private struct State {
        /// When each signed-out session would have ended, by its name.
        var ended: [String: Int] = [:]
        /// What each session is told with its next page.
        var notices: [String: DeskNotice] = [:]
        /// Up to when each session knows what was set aside, in milliseconds since 1970.
        var told: [String: Int64] = [:]
    }

    /// Somebody who is signed in, or looks at a service that asks for no keys.
    package struct Session: Equatable, Sendable {
        /// Names it.
        package let id: String
        /// When it ends, in seconds since 1970.
        package let expires: Int
        /// The name of the key that signed in; empty where none is asked for.
        package let key: String
    }

    /// Why a cookie opens nothing.
    package enum Refusal: Error {
        /// There is none.
        case absent
        /// This process did not write it, or it was signed out.
        case unknown
        /// Its time is over.
        case expired
    }

    /// Begins a session.
    ///
    /// - Parameters:
    ///   - key: The name of the key; empty where none is asked for.
    ///   - now: Seconds since 1970.
    /// - Returns: The session, whose cookie the browser must be given.
    package func begin(key: String, now: Int) -> Session {
        let id = hexadecimal((0 ..< 16).map { _ in UInt8.random(in: .min ... .max) })
        return Session(id: id, expires: now + Self.life, key: key)
    }

    /// The cookie of a session.
    package func cookie(of session: Session) -> String {
        let text = Self.text(session)
        return text + "." + mac("session " + text)
    }

    private static func text(_ session: Session) -> String {
        "\(session.id).\(session.expires).\(hexadecimal(Array(session.key.utf8)))"
    }

    /// The session of a `Cookie` header.
    package func session(in header: String?, now: Int) throws(Refusal) -> Session {
        guard let text = DeskVisit.cookie(Self.cookie, in: header) else { throw .absent }
        let parts =
            text
            .split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, let expires = Int(parts[1]),
            let key = bytes(hexadecimal: parts[2]).map({ String(decoding: $0, as: UTF8.self) })
        else { throw .unknown }
        let session = Session(id: parts[0], expires: expires, key: key)
        guard Self.areSame(mac("session " + Self.text(session)), parts[3]) else { throw .unknown }
        guard now < expires else { throw .expired }
        guard state.withLock({ $0.ended[session.id] }) == nil else { throw .unknown }
        return session
    }

    /// Ends a session for good.
    package func end(_ session: Session, now: Int) {
        state.withLock { state in
            state.ended = state.ended.filter { $0.value > now }
            state.ended[session.id] = session.expires
            state.notices[session.id] = nil
            state.told[session.id] = nil
        }
    }

    /// What every form of a session carries.
    package func token(of session: Session) -> String { mac("form " + session.id) }

    /// Whether a form comes from a page of the session.
    package func accepts(_ token: String, of session: Session) -> Bool {
        Self.areSame(token, self.token(of: session))
    }

    /// Keeps what a session is to be told with its next page.
    package func tell(_ notice: DeskNotice, to session: Session) {
        state.withLock { state in
            if state.notices.count >= Self.mostKept { state.notices.removeAll() }
            state.notices[session.id] = notice
        }
    }

    /// Whether something waits to be told.
    package func hasNotice(for session: Session) -> Bool {
        state.withLock { $0.notices[session.id] != nil }
    }

    /// What a session is to be told; it is told once.
    package func takeNotice(of session: Session) -> DeskNotice? {
        state.withLock { $0.notices.removeValue(forKey: session.id) }
    }

    /// Whether something that was set aside is news for a session; asked again, it is none.
    package func isNew(aside time: Int64, for session: Session) -> Bool {
        state.withLock { state in
            if state.told.count >= Self.mostKept { state.told.removeAll() }
            guard time > state.told[session.id] ?? 0 else { return false }
            state.told[session.id] = time
            return true
        }
    }

    private func mac(_ text: String) -> String {
        hexadecimal(SHA256.authenticationCode(of: Array(text.utf8), key: secret).bytes)
    }

    /// Takes the same time however much is right.
    private static func areSame(_ one: String, _ other: String) -> Bool {
        let (one, other) = (Array(one.utf8), Array(other.utf8))
        guard one.count == other.count else { return false }
        var difference: UInt8 = 0
        for (a, b) in zip(one, other) { difference |= a ^ b }
        return difference == 0
    }
}
