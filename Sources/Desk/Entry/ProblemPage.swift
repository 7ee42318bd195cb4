import Charts
import Markup
public import Texts

/// What went wrong, why, and what to do.
public struct ProblemPage: DeskPage, FramedPage {
    /// What went wrong, in a few words, in the language of the page.
    public var what: String
    /// Why, in a sentence or more.
    public var why: String
    /// What can be done, in a sentence or more.
    public var remedy: String
    /// Names the request in the service's log; nil for none.
    public var request: String?

    /// Creates a page.
    public init(
        what: String,
        why: String,
        remedy: String,
        request: String? = nil
    ) {
        self.what = what
        self.why = why
        self.remedy = remedy
        self.request = request
    }

    /// A page for an address that leads nowhere.
    public static func missing(_ language: Language) -> ProblemPage {
        ProblemPage(
            what: language("There is no such page", "Esta página não existe"),
            why: language(
                "The address leads nowhere, or what it showed is gone.",
                "O endereço não leva a lugar nenhum, ou o que mostrava se foi."
            ),
            remedy: language(
                "Go on from Today, or look the customer up under Customers.",
                "Continue em Hoje, ou procure o cliente em Clientes."
            )
        )
    }

    /// The whole document.
    public func document(in frame: DeskFrame) -> String { frame.document(self) }

    var section: DeskSection? { nil }

    func title(_ language: Language) -> String { what.clipped(to: 80) }

    func content(_ frame: DeskFrame) -> HTML {
        let language = frame.language
        let trace: HTML =
            request.map {
                "<p class=\"quiet small\">\(language("Request", "Pedido")) \($0)</p>"
            } ?? ""
        return """
            <div class="narrow card"><h1>\(what)</h1><p>\(why)</p>
            <h2>\(language("What to do", "O que fazer"))</h2><p>\(remedy)</p>
            <p><a class="button main" href="\(DeskPath.today)">\(DeskSection.today.title(language))</a></p>\(trace)</div>
            """
    }
}
