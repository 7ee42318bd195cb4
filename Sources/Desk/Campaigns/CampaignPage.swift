import Charts
import Markup
import Texts

/// One campaign, as it was drawn.
public struct CampaignPage: DeskPage, FramedPage {
    /// How it stands.
    public var item: CampaignItem
    /// Whether it was drawn just now.
    public var isNew: Bool
    /// What the decision stood on, as names and values in the language of the page: data, terms, constraint, lot.
    public var facts: [Fact]
    /// The command that makes the same list again; nil where its file is not kept.
    public var command: String?
    /// Files to download, besides the list.
    public var files: [FieldOption]

    /// A name and what stands for it.
    public struct Fact: Sendable {
        /// What it is.
        public var name: String
        /// Its value, as it is read.
        public var value: String

        /// Creates a fact.
        public init(
            name: String,
            value: String
        ) {
            self.name = name
            self.value = value
        }
    }

    /// Creates a page.
    public init(
        item: CampaignItem,
        isNew: Bool,
        facts: [Fact],
        command: String? = nil,
        files: [FieldOption]
    ) {
        self.item = item
        self.isNew = isNew
        self.facts = facts
        self.command = command
        self.files = files
    }

    /// The whole document.
    public func document(in frame: DeskFrame) -> String { frame.document(self) }

    var section: DeskSection? { .campaigns }

    func title(_ language: Language) -> String {
        language("Campaign \(item.name.clipped(to: 60))", "Campanha \(item.name.clipped(to: 60))")
    }

    func content(_ frame: DeskFrame) -> HTML {
        let language = frame.language
        let words =
            isNew
            ? language(
                "Drawn and recorded. The list is under Today.",
                "Sorteada e registrada. A lista está em Hoje."
            )
            : language(
                "Drawn on \(language.date(item.created)) with \(item.model).",
                "Sorteada em \(language.date(item.created)) com \(item.model)."
            )
        let ended =
            item.closed.map {
                language(" Closed on \(language.date($0)).", " Encerrada em \(language.date($0)).")
            } ?? ""
        let again: HTML =
            command.map {
                """
                <h2>\(language("The same list again", "A mesma lista de novo"))</h2>
                <p class="quiet">\(language("This command gives the same bytes on any machine.", "Este comando dá os mesmos bytes em qualquer máquina."))</p>
                <pre tabindex="0"><code>\($0)</code></pre>
                """
            } ?? ""
        return """
            <p class="crumb"><span aria-hidden="true">← </span><a href="\(DeskSection.campaigns.path)">\(DeskSection.campaigns.title(language))</a></p>
            <section class="card hero" aria-labelledby="campaign"><div><h1 id="campaign">\(title(language))</h1>
            <p class="lead">\(words)\(ended)</p>
            <div class="actions">\(actions(language))</div>\(closing(frame))</div>
            <div class="progress">\(RiskBar(fraction: share, style: "bar wide model").html)
            <p class="quiet">\(progress(language))</p></div></section>
            <section class="card" aria-labelledby="facts"><h2 id="facts">\(language("What it stands on", "Em que se baseia"))</h2>
            \(Facts(pairs: facts.map { ($0.name, $0.value) }).html)\(again)</section>
            """
    }

    private var share: Double {
        item.customers > 0 ? Double(item.called) / Double(item.customers) : 0
    }

    private func progress(_ language: Language) -> String {
        let (called, all, out) = (
            language.number(item.called), language.number(item.customers),
            language.number(item.heldOut)
        )
        return language(
            "\(called) of \(all) called · \(out) held out",
            "\(called) de \(all) contatados · \(out) de fora"
        )
    }

    /// Ends it, after a second look: it can't be opened again.
    private func closing(_ frame: DeskFrame) -> HTML {
        guard frame.mayAct, item.closed == nil else { return "" }
        let language = frame.language
        let words = language(
            "Nobody of it is called any more, and other campaigns may choose its customers. What was said stays, and its worth goes on being told. It can’t be opened again.",
            "Ninguém dela é mais contatado, e outras campanhas podem escolher seus clientes. O que foi dito fica, e o seu valor continua sendo medido. Não dá para reabrir."
        )
        return """
            <details class="closing"><summary>\(language("Close the campaign", "Encerrar a campanha"))</summary>
            <form method="post" action="\(DeskPath.close)">\(frame.tokenField)<input type="hidden" name="campaign" value="\(exact: item.name)">
            <p class="hint">\(words)</p><button>\(language("Close it", "Encerrar"))</button></form></details>
            """
    }

    private func actions(_ language: Language) -> HTML {
        let today: HTML =
            item.closed == nil
            ? "<a class=\"button main\" href=\"\(DeskPath.today)\">\(language("Open the list", "Abrir a lista"))</a>"
            : ""
        let more = files.map { file -> HTML in
            "<a class=\"button\" href=\"\(exact: file.value)\" download>\(file.text)</a>\n"
        }
        return """
            \(today)<a class="button" href="\(exact: DeskPath.export(item.name))" download>\(language("Export list", "Exportar lista"))</a>
            \(more)<a class="button" href="\(exact: DeskPath.worth(item.name))">\(DeskSection.worth.title(language))</a>
            """
    }
}
