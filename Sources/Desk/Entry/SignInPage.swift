import Markup
import Texts

/// Where a key is asked for, once.
public struct SignInPage: DeskPage, FramedPage {
    /// Why the reader is here; nil where nothing went wrong.
    public var reason: Reason?
    /// Where to go after it, a path of this service; the form's field `next`.
    public var next: String = DeskPath.today

    /// Why somebody has to sign in.
    public enum Reason: Sendable, Equatable {
        /// No key of the service is this one.
        case wrongKey
        /// The key may neither act nor look at the desk.
        case noScope
        /// The session is over.
        case expired
        /// The reader signed out.
        case signedOut
        /// The form's token was not of this session.
        case forged
        /// Too many tries; the seconds to wait.
        case tooMany(Int)
    }

    /// Creates a page.
    public init(
        reason: Reason? = nil,
        next: String = DeskPath.today
    ) {
        self.reason = reason
        self.next = next
    }

    /// The whole document.
    public func document(in frame: DeskFrame) -> String { frame.document(self) }

    var section: DeskSection? { nil }

    func title(_ language: Language) -> String { language("Sign in", "Entrar") }

    func content(_ frame: DeskFrame) -> HTML {
        let language = frame.language
        let isRefused = reason == .wrongKey || reason == .noScope
        let field = FormField(
            name: "key",
            id: "key",
            label: language("Your key", "Sua chave"),
            control: .secret,
            hint: language(
                "Whoever runs the service has it: a key with the scope “desk” to act, or “read” to look.",
                "Quem opera o serviço tem: uma chave com o escopo “desk” para agir, ou “read” para ver."
            ),
            fault: isRefused ? told(language) ?? "" : "",
            isRequired: true
        )
        let words: HTML =
            isRefused ? "" : told(language).map { "<p class=\"notice warning\">\($0)</p>" } ?? ""
        return """
            <div class="narrow card"><h1>\(language("Sign in to the retention desk", "Entrar na mesa de retenção"))</h1>
            \(words)
            <form method="post" action="\(DeskPath.signIn)">\(frame.tokenField)\
            <input type="hidden" name="next" value="\(exact: next)">
            <input class="unseen" name="username" autocomplete="username" value="retain" tabindex="-1" aria-hidden="true" readonly>
            \(field.html)
            <button class="main">\(language("Sign in", "Entrar"))</button></form></div>
            """
    }

    private func told(_ language: Language) -> String? {
        switch reason {
        case nil: nil
        case .wrongKey:
            language(
                "No key of this service is that one. Copy it whole, without spaces around it.",
                "Nenhuma chave deste serviço é essa. Copie-a inteira, sem espaços em volta."
            )
        case .noScope:
            language(
                "This key may not open the desk. Ask for one with the scope “desk” or “read”.",
                "Esta chave não abre a mesa. Peça uma com o escopo “desk” ou “read”."
            )
        case .expired:
            language(
                "Your session is over. Sign in again; nothing that was confirmed is lost.",
                "Sua sessão terminou. Entre de novo; nada do que foi confirmado se perdeu."
            )
        case .signedOut: language("You are signed out.", "Você saiu.")
        case .forged:
            language(
                "That form was not of your session, so nothing was done. Sign in again.",
                "Aquele formulário não era da sua sessão, então nada foi feito. Entre de novo."
            )
        case .tooMany(let seconds):
            language(
                "Too many tries. Wait \(language.count(seconds, ("second", "seconds"), ("", ""))), then try again.",
                "Tentativas demais. Espere \(language.count(seconds, ("", ""), ("segundo", "segundos"))) e tente de novo."
            )
        }
    }
}
