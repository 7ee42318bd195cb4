import Markup
public import Texts

/// What stands around every page: navigation, who is signed in, what was just done.
public struct DeskFrame: Sendable {
    /// In which everything is told.
    public var language: Language
    /// Goes into every form as the field `token`; what comes without it is refused.
    public var token: String
    /// Where the page stands, with its query, to come back to; a path of this service.
    public var address: String
    /// The open campaign's name; nil where there is none.
    public var campaign: String?
    /// The model's name and version that answer now; nil before there is one.
    public var model: String?
    /// The name of the key that signed in; nil without keys or before the sign-in.
    public var key: String?
    /// Whether navigation is shown: not before the sign-in.
    public var isSignedIn: Bool
    /// Whether marks, campaigns and uploads are offered; a key that may only read sees the pages without them.
    public var mayAct: Bool
    /// What was just done or went wrong, above the page; nil for nothing.
    public var notice: DeskNotice?

    /// Creates a frame.
    public init(
        language: Language,
        token: String,
        address: String,
        campaign: String? = nil,
        model: String? = nil,
        key: String? = nil,
        isSignedIn: Bool,
        mayAct: Bool,
        notice: DeskNotice? = nil
    ) {
        self.language = language
        self.token = token
        self.address = address
        self.campaign = campaign
        self.model = model
        self.key = key
        self.isSignedIn = isSignedIn
        self.mayAct = mayAct
        self.notice = notice
    }

    /// The field that every form carries.
    var tokenField: HTML { "<input type=\"hidden\" name=\"token\" value=\"\(exact: token)\">" }

    /// The same page in the other language.
    private var otherLanguage: Language { language == .english ? .portuguese : .english }

    func document(_ page: some FramedPage) -> String {
        let title = page.title(language)
        let whole: HTML = """
            <!DOCTYPE html>
            <html lang="\(language.rawValue)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="referrer" content="same-origin">
            <meta name="color-scheme" content="light dark">
            <title>\(title) · Retain</title>
            <link rel="icon" href="\(DeskAsset.icon.path)" type="image/svg+xml">
            <link rel="stylesheet" href="\(DeskAsset.style.path)">
            <script src="\(DeskAsset.script.path)" defer></script>
            </head>
            <body>
            <a class="skip" href="#main">\(language("Skip to the content", "Ir para o conteúdo"))</a>
            \(header(page.section))
            <main id="main" tabindex="-1">
            <div id="notice" role="status">\(notice.map { $0.html(self) } ?? "")</div>
            \(page.content(self))
            </main>
            <footer class="foot"><p>\(footer)</p></footer>
            </body>
            </html>

            """
        return whole.source
    }

    private var footer: String {
        language(
            "Retain shows what the model expects, not what will happen. It runs on your own machine; nothing leaves it.",
            "O Retain mostra o que o modelo espera, não o que vai acontecer. Roda na sua própria máquina; nada sai dela."
        )
    }

    private func header(_ section: DeskSection?) -> HTML {
        """
        <header class="top"><div class="bar">
        <a class="brand" href="\(DeskPath.today)">Retain</a>
        \(isSignedIn ? navigation(section) : "")
        <div class="who">\(standing)</div>
        </div></header>
        """
    }

    private func navigation(_ section: DeskSection?) -> HTML {
        let links = DeskSection.allCases.map { each -> HTML in
            let current: HTML = each == section ? " aria-current=\"page\"" : ""
            return "<li><a href=\"\(each.path)\"\(current)>\(each.title(language))</a></li>\n"
        }
        return """
            <nav aria-label="\(language("Parts of the desk", "Partes da mesa"))"><ul>
            \(links)</ul></nav>
            """
    }

    private var standing: HTML {
        var parts: [HTML] = []
        if isSignedIn {
            if let campaign { parts.append("<span>\(campaign)</span>") }
            if let model {
                parts.append("<span>\(language("model \(model)", "modelo \(model)"))</span>")
            }
            if let key {
                parts.append("<span>\(language("key “\(key)”", "chave “\(key)”"))</span>")
            }
        }
        let name = otherLanguage("English", "Português")
        let link = DeskPath.language(otherLanguage, back: address)
        parts.append(
            """
            <a href="\(exact: link)" lang="\(otherLanguage.rawValue)" hreflang="\(otherLanguage.rawValue)">\(name)</a>
            """
        )
        if isSignedIn, key != nil {
            parts.append(
                """
                <form method="post" action="\(DeskPath.signOut)">\(tokenField)\
                <button class="plain">\(language("Sign out", "Sair"))</button></form>
                """
            )
        }
        return "\(parts)"
    }
}
