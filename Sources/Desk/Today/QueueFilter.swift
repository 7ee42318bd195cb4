import Markup
import Texts

/// Which part of the list is shown, as the page's address says it: `q`, `state`, `in.COLUMN`, `order`, `page`, `customer`.
public struct QueueFilter: Sendable {
    /// What the customer's identifier or reasons are to hold; empty for anything.
    public var search: String = ""
    /// Whose state is to be this; nil for any.
    public var state: ContactState? = nil
    /// The columns of levels that the list can be narrowed by.
    public var levels: [LevelFilter] = []
    /// In which order.
    public var order: Order = .rank
    /// The page, from 1.
    public var page: Int = 1
    /// How many pages there are, at least 1.
    public var pageCount: Int = 1
    /// How many customers fit.
    public var matches: Int

    /// A column of levels, and which of them is shown.
    public struct LevelFilter: Sendable {
        /// The column's name, in the form's field `in.COLUMN`.
        public var column: String
        /// Its levels, as a file has them and as people read them.
        public var options: [FieldOption]
        /// The level shown; empty for all.
        public var chosen: String = ""

        /// Creates a filter.
        public init(
            column: String,
            options: [FieldOption],
            chosen: String = ""
        ) {
            self.column = column
            self.options = options
            self.chosen = chosen
        }
    }

    /// An order of the list.
    public enum Order: String, CaseIterable, Sendable {
        /// By expected gain, the greatest first: as the campaign chose.
        case rank
        /// By identifier.
        case customer
        /// By probability, the greatest first.
        case risk
        /// By expected gain, the least first.
        case gain

        var isDescending: Bool { self == .risk }
    }

    /// Creates a filter.
    public init(
        search: String = "",
        state: ContactState? = nil,
        levels: [LevelFilter] = [],
        order: Order = .rank,
        page: Int = 1,
        pageCount: Int = 1,
        matches: Int
    ) {
        self.search = search
        self.state = state
        self.levels = levels
        self.order = order
        self.page = page
        self.pageCount = pageCount
        self.matches = matches
    }

    var isNarrow: Bool {
        !search.isEmpty || state != nil || levels.contains { !$0.chosen.isEmpty }
    }

    /// The address of another part of the same list.
    func address(order: Order? = nil, page: Int? = nil, customer: String = "") -> String {
        let (order, page) = (order ?? self.order, page ?? (order == nil ? self.page : 1))
        return DeskPath.query(
            DeskPath.today,
            [("q", search), ("state", state?.rawValue ?? "")]
                + levels.map { ("in." + $0.column, $0.chosen) }
                + [
                    ("order", order == .rank ? "" : order.rawValue),
                    ("page", page == 1 ? "" : String(page)), ("customer", customer),
                ]
        )
    }

    func html(_ frame: DeskFrame, campaign: String) -> HTML {
        let language = frame.language
        let states =
            [FieldOption(value: "", text: language("Any outcome", "Qualquer resultado"))]
            + ContactState.allCases.map {
                FieldOption(value: $0.rawValue, text: $0.title(language))
            }
        let narrowing = levels.prefix(2).enumerated().map { field($1, place: $0, language) }
        let more = levels.dropFirst(2).enumerated().map { field($1, place: $0 + 2, language) }
        let fold: HTML =
            more.isEmpty
            ? ""
            : """
            <details class="fold"\(levels.dropFirst(2).contains { !$0.chosen.isEmpty } ? " open" : "")>\
            <summary>\(language("More filters", "Mais filtros"))</summary><div>\(more)</div></details>
            """
        let kept: HTML =
            order == .rank
            ? "" : "<input type=\"hidden\" name=\"order\" value=\"\(order.rawValue)\">"
        let search = FormField(
            name: "q",
            id: "search",
            label: language("Search by customer or reason", "Buscar por cliente ou motivo"),
            control: .search,
            value: search
        )
        let choice = FormField(
            name: "state",
            id: "state",
            label: language("Outcome", "Resultado"),
            control: .choice(states),
            value: state?.rawValue ?? ""
        )
        let upload: HTML =
            frame.mayAct
            ? "<a class=\"button\" href=\"\(DeskSection.customers.path)#upload\">\(language("Upload customers", "Enviar clientes"))</a>"
            : ""
        return """
            <div class="tools"><form method="get" action="\(DeskPath.today)" role="search" data-live="queue-list" data-typed>
            \(search.html)\(Array(narrowing))\(choice.html)\(fold)\(kept)
            <button class="unlive">\(language("Show", "Mostrar"))</button></form>
            \(upload)<a class="button" href="\(exact: DeskPath.export(campaign))" download>\(language("Export list", "Exportar lista"))</a></div>
            """
    }

    private func field(_ filter: LevelFilter, place: Int, _ language: Language) -> HTML {
        let all = FieldOption(value: "", text: language("All", "Todos"))
        return FormField(
            name: "in." + filter.column,
            id: "level-\(place)",
            label: filter.column,
            control: .choice([all] + filter.options),
            value: filter.chosen
        ).html
    }

    /// Where in the list this page is, and the way to its neighbours.
    func pages(_ frame: DeskFrame) -> HTML {
        let language = frame.language
        let count = language.count(matches, ("customer", "customers"), ("cliente", "clientes"))
        guard pageCount > 1 else { return "<p class=\"pages quiet\">\(count)</p>" }
        let here = language(
            "page \(language.number(page)) of \(language.number(pageCount))",
            "página \(language.number(page)) de \(language.number(pageCount))"
        )
        let before: HTML =
            page > 1
            ? "<a class=\"button\" rel=\"prev\" href=\"\(exact: address(page: page - 1))\">\(language("Previous", "Anterior"))</a>"
            : ""
        let after: HTML =
            page < pageCount
            ? "<a class=\"button\" rel=\"next\" href=\"\(exact: address(page: page + 1))\">\(language("Next", "Próxima"))</a>"
            : ""
        return """
            <nav class="pages" aria-label="\(language("Pages of the list", "Páginas da lista"))">\(before)\
            <span class="quiet">\(count), \(here)</span>\(after)</nav>
            """
    }
}
