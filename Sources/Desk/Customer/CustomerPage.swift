import Markup
import Texts

/// One customer, with everything that is known.
public struct CustomerPage: DeskPage, FramedPage {
    /// What is shown.
    public var customer: CustomerView
    /// Where the reader came from: the queue, or the search over all.
    public var origin: DeskSection

    /// Creates a page.
    public init(
        customer: CustomerView,
        origin: DeskSection
    ) {
        self.customer = customer
        self.origin = origin
    }

    /// The whole document.
    public func document(in frame: DeskFrame) -> String { frame.document(self) }

    var section: DeskSection? { origin }

    func title(_ language: Language) -> String {
        language("Customer \(customer.name)", "Cliente \(customer.name)")
    }

    func content(_ frame: DeskFrame) -> HTML {
        let language = frame.language
        let events: HTML =
            customer.events.isEmpty
            ? "<p class=\"quiet\">\(language("Nothing has been said of this customer yet.", "Ainda nada foi dito deste cliente."))</p>"
            : "<ul class=\"events\">\(customer.events.prefix(30).map { $0.html(language) })</ul>"
        let back: HTML = "<a href=\"\(origin.path)\">\(origin.title(language))</a>"
        return """
            <p class="crumb"><span aria-hidden="true">← </span>\(back)</p>
            <div id="customer">
            <section class="card hero" aria-labelledby="name"><div><p class="eyebrow">\(language("Customer", "Cliente"))</p>
            <h1 id="name">\(customer.name)</h1><p class="lead">\(customer.facts.joined(separator: " · "))</p></div>
            <div class="progress"><p class="big">\(language.percent(customer.risk))</p>\(RiskBar(fraction: customer.risk, style: "bar wide").html)
            <p class="quiet">\(language("risk of leaving", "risco de sair"))</p></div></section>
            <div class="pair">
            <section class="card" aria-label="\(language("Reasons", "Motivos"))">\(customer.waterfall(language))</section>
            <section class="card" aria-label="\(language("What if?", "E se?"))">\(customer.whatIfPart(frame, heading: "h2"))</section>
            <section class="card" aria-labelledby="became"><h2 id="became">\(language("What became of it?", "O que aconteceu?"))</h2>
            \(customer.marks(frame, campaign: frame.campaign))\(events)</section>
            <section class="card" aria-labelledby="history"><h2 id="history">\(language("Scores so far", "Escores até aqui"))</h2>
            \(customer.history.html(language))</section>
            </div></div>
            """
    }
}
