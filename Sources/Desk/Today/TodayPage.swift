import Markup
import Texts

/// The open campaign's queue, and one of its customers beside it.
public struct TodayPage: DeskPage, FramedPage {
    /// How the list stands.
    public var summary: QueueSummary
    /// What the list shows, and how it can be asked for other parts.
    public var filter: QueueFilter
    /// The customers of this page of the list, at most 50.
    public var rows: [QueueRow]
    /// Whoever comes next after the list, the nearest first; empty where that is not known.
    public var outside: [QueueRow]
    /// Whether the company has said what it can change; without that no column tells what could help.
    public var hasLevers: Bool
    /// The customer beside the list; nil for none.
    public var customer: CustomerView?

    /// Creates a page.
    public init(
        summary: QueueSummary,
        filter: QueueFilter,
        rows: [QueueRow],
        outside: [QueueRow],
        hasLevers: Bool = true,
        customer: CustomerView? = nil
    ) {
        self.summary = summary
        self.filter = filter
        self.rows = rows
        self.outside = outside
        self.hasLevers = hasLevers
        self.customer = customer
    }

    /// The whole document.
    public func document(in frame: DeskFrame) -> String { frame.document(self) }

    var section: DeskSection? { .today }

    func title(_ language: Language) -> String { DeskSection.today.title(language) }

    func content(_ frame: DeskFrame) -> HTML {
        let beside: HTML = customer == nil ? "" : " beside"
        return """
            \(summary.html(frame))
            <div class="split\(beside)">
            <div class="card list">
            \(filter.html(frame, campaign: summary.campaign))
            <div id="queue-list">\(table(frame))
            \(filter.pages(frame))</div>
            </div>
            <aside id="customer" aria-label="\(frame.language("Customer", "Cliente"))">\(panel(frame))</aside>
            </div>
            \(nearby(frame))
            """
    }

    private func panel(_ frame: DeskFrame) -> HTML {
        guard let customer else { return "" }
        return customer.panel(frame, campaign: summary.campaign)
    }

    private func table(_ frame: DeskFrame) -> HTML {
        let language = frame.language
        guard !rows.isEmpty else { return empty(frame) }
        let form: HTML =
            frame.mayAct
            ? """
            <form method="post" action="\(DeskPath.marks)" data-live="notice summary queue-list customer">\(frame.tokenField)\
            <input type="hidden" name="campaign" value="\(exact: summary.campaign)">\
            <input type="hidden" name="seen" value="\(String(summary.asOf))">\
            <input type="hidden" name="back" value="\(exact: frame.address)">
            """ : ""
        let close: HTML = frame.mayAct ? "</form>" : ""
        let hasLevers = hasLevers || rows.contains { $0.lever != .unknown }
        let style: HTML = hasLevers ? "" : " no-levers"
        return """
            \(form)<table class="queue\(style)">
            <caption class="unseen">\(language("Customers to call", "Clientes a contatar"))</caption>
            <thead><tr>\(QueueColumn.allCases.map { $0.head(filter, frame) })</tr></thead>
            <tbody>
            \(rows.map { $0.html(filter, frame, chosen: customer?.identifier) })</tbody></table>\(close)
            """
    }

    private func empty(_ frame: DeskFrame) -> HTML {
        let language = frame.language
        let words =
            filter.isNarrow
            ? language(
                "Nobody on the list fits this search.",
                "Ninguém da lista corresponde a esta busca."
            )
            : language(
                "Everybody of this list has been called. The next one comes with the next campaign.",
                "Todos desta lista já foram contatados. A próxima vem com a próxima campanha."
            )
        let way: HTML =
            filter.isNarrow
            ? "<a href=\"\(DeskPath.today)\">\(language("Show the whole list", "Mostrar a lista inteira"))</a>"
            : "<a href=\"\(DeskPath.newCampaign)\">\(language("Plan a campaign", "Planejar uma campanha"))</a>"
        return "<div class=\"empty\"><p>\(words)</p><p>\(way)</p></div>"
    }

    private func nearby(_ frame: DeskFrame) -> HTML {
        let language = frame.language
        guard !outside.isEmpty else { return "" }
        let rows = outside.prefix(10).map { row -> HTML in
            """
            <tr><th scope="row"><a href="\(exact: DeskPath.customer(row.identifier))">\(row.identifier)</a></th>\
            <td class="number">\(language.percent(row.risk))</td>\
            <td class="number">\(language.number(row.gain, decimals: 2))</td>\
            <td class="why">\(row.reasons.prefix(2).map { $0.html(language) })</td></tr>

            """
        }
        let words = language(
            "They would be next if there were budget for one more contact. They are not on the list and nobody was told to call them.",
            "Seriam os próximos se houvesse verba para mais um contato. Não estão na lista, e ninguém foi orientado a ligar para eles."
        )
        return """
            <section class="card" id="outside">
            <h2 id="outside-title">\(language("Just outside the list", "Logo fora da lista"))</h2>
            <p class="quiet">\(words)</p>
            <div class="scroll" tabindex="0" role="region" aria-labelledby="outside-title"><table>
            <thead><tr><th scope="col">\(language("Customer", "Cliente"))</th>\
            <th scope="col" class="number">\(language("Risk of leaving", "Risco de sair"))</th>\
            <th scope="col" class="number">\(language("Expected gain", "Ganho esperado"))</th>\
            <th scope="col">\(language("Why", "Por quê"))</th></tr></thead>
            <tbody>\(Array(rows))</tbody></table></div></section>
            """
    }
}
