import Charts
import Markup
import Texts

/// All campaigns.
public struct CampaignsPage: DeskPage, FramedPage {
    /// The latest first.
    public var campaigns: [CampaignItem]

    /// Creates a page.
    public init(
        campaigns: [CampaignItem]
    ) {
        self.campaigns = campaigns
    }

    /// The whole document.
    public func document(in frame: DeskFrame) -> String { frame.document(self) }

    var section: DeskSection? { .campaigns }

    func title(_ language: Language) -> String { DeskSection.campaigns.title(language) }

    func content(_ frame: DeskFrame) -> HTML {
        let language = frame.language
        let new: HTML =
            frame.mayAct
            ? "<a class=\"button main\" href=\"\(DeskPath.newCampaign)\">\(language("New campaign", "Nova campanha"))</a>"
            : ""
        return """
            <div class="head"><h1>\(title(language))</h1>\(new)</div>
            <section class="card" aria-label="\(language("All campaigns", "Todas as campanhas"))">\(list(language))</section>
            """
    }

    private func list(_ language: Language) -> HTML {
        guard !campaigns.isEmpty else {
            let words = language(
                "No campaign yet. A campaign chooses whom to call within a budget, leaves some alone by lot, and later tells what calling was worth.",
                "Ainda não há campanha. Uma campanha escolhe a quem ligar dentro da verba, deixa alguns de fora por sorteio e depois diz quanto valeu contatar."
            )
            return "<div class=\"empty\"><p>\(words)</p></div>"
        }
        let heads = [
            language("Campaign", "Campanha"), language("Drawn", "Sorteada"),
            language("State", "Situação"), language("To call", "A contatar"),
            language("Held out", "De fora"), language("Expected gain", "Ganho esperado"),
            language("Model", "Modelo"), language("More", "Mais"),
        ].enumerated().map { place, head -> HTML in
            let style: HTML = (3 ... 5).contains(place) ? " class=\"number\"" : ""
            return "<th scope=\"col\"\(style)>\(head)</th>"
        }
        let name = language("Table of campaigns", "Tabela de campanhas")
        return """
            <div class="scroll" tabindex="0" role="region" aria-label="\(name)"><table>
            <thead><tr>\(heads)</tr></thead><tbody>\(campaigns.map { $0.html(language) })</tbody></table></div>
            """
    }
}

/// A campaign in a list of them.
public struct CampaignItem: Sendable {
    /// Its name.
    public var name: String
    /// When it was drawn, in milliseconds since 1970.
    public var created: Int64
    /// When it was closed, in milliseconds since 1970; nil while it is open.
    public var closed: Int64?
    /// How many customers are to be called.
    public var customers: Int
    /// How many of them have been.
    public var called: Int
    /// How many were left alone by lot.
    public var heldOut: Int
    /// What calling them is expected to earn; nil where that is not known.
    public var expected: Double?
    /// The model and version that scored them.
    public var model: String

    /// Creates an item.
    public init(
        name: String,
        created: Int64,
        closed: Int64? = nil,
        customers: Int,
        called: Int,
        heldOut: Int,
        expected: Double? = nil,
        model: String
    ) {
        self.name = name
        self.created = created
        self.closed = closed
        self.customers = customers
        self.called = called
        self.heldOut = heldOut
        self.expected = expected
        self.model = model
    }

    func html(_ language: Language) -> HTML {
        let state: HTML =
            closed.map { "\(language("closed", "encerrada")) \(language.date($0))" }
            ?? "<span class=\"tag good\">\(language("open", "aberta"))</span>"
        let gain = expected.map { language.number($0) } ?? language("not known", "não se sabe")
        let progress = language(
            "\(language.number(called)) of \(language.number(customers))",
            "\(language.number(called)) de \(language.number(customers))"
        )
        return """
            <tr><th scope="row"><a href="\(exact: DeskPath.campaign(name))">\(name.clipped(to: 60))</a></th>\
            <td>\(language.date(created))</td><td>\(state)</td><td class="number">\(progress)</td>\
            <td class="number">\(language.number(heldOut))</td><td class="number">\(gain)</td>\
            <td>\(model.clipped(to: 60))</td>\
            <td><a href="\(exact: DeskPath.worth(name))" aria-label="\(DeskSection.worth.title(language)) \(name.clipped(to: 60))">\(DeskSection.worth.title(language))</a></td></tr>

            """
    }
}
