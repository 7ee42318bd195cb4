import Charts
import Markup
import Texts

/// Everybody who was scored, and the way to score more.
public struct CustomersPage: DeskPage, FramedPage {
    /// What was searched for; empty for nothing.
    public var search: String
    /// The customers that fit, at most 50, the greatest risk first.
    public var hits: [Hit]
    /// How many fit.
    public var matches: Int
    /// How many customers have scores.
    public var scoredCustomers: Int
    /// How large a file may be, in bytes.
    public var largestUpload: Int
    /// What became of the file that was uploaded last; nil for none.
    public var upload: UploadResult?

    /// A customer who was found.
    public struct Hit: Sendable {
        /// The identifier.
        public var identifier: String
        /// The latest calibrated probability.
        public var risk: Double
        /// When it was given, in milliseconds since 1970.
        public var date: Int64
        /// The version that gave it.
        public var version: String

        /// Creates a hit.
        public init(
            identifier: String,
            risk: Double,
            date: Int64,
            version: String
        ) {
            self.identifier = identifier
            self.risk = risk
            self.date = date
            self.version = version
        }
    }

    /// Creates a page.
    public init(
        search: String,
        hits: [Hit],
        matches: Int,
        scoredCustomers: Int,
        largestUpload: Int,
        upload: UploadResult? = nil
    ) {
        self.search = search
        self.hits = hits
        self.matches = matches
        self.scoredCustomers = scoredCustomers
        self.largestUpload = largestUpload
        self.upload = upload
    }

    /// The whole document.
    public func document(in frame: DeskFrame) -> String { frame.document(self) }

    var section: DeskSection? { .customers }

    func title(_ language: Language) -> String { DeskSection.customers.title(language) }

    func content(_ frame: DeskFrame) -> HTML {
        let language = frame.language
        let field = FormField(
            name: "q",
            id: "q",
            label: language("Search by customer", "Buscar por cliente"),
            control: .search,
            value: search
        )
        return """
            <div class="head"><h1>\(title(language))</h1><p class="quiet">\(language.count(scoredCustomers, ("customer has a score", "customers have a score"), ("cliente tem escore", "clientes têm escore")))</p></div>
            \(upload.map { $0.html(language) } ?? "")
            <section class="card" aria-label="\(language("Search", "Busca"))">
            <form method="get" class="line" action="\(DeskSection.customers.path)" role="search" data-live="hits" data-typed>\(field.html)\
            <button class="unlive">\(language("Search", "Buscar"))</button></form>
            <div id="hits">\(found(language))</div></section>
            \(uploading(frame))
            """
    }

    private func found(_ language: Language) -> HTML {
        guard !hits.isEmpty else {
            let words =
                scoredCustomers == 0
                ? language(
                    "Nobody has a score yet. Upload a file of customers below.",
                    "Ninguém tem escore ainda. Envie um arquivo de clientes abaixo."
                )
                : language(
                    "Nobody fits. An identifier is searched from its beginning, as the file had it.",
                    "Ninguém corresponde. O identificador é buscado desde o início, como no arquivo."
                )
            return "<div class=\"empty\"><p>\(words)</p></div>"
        }
        let rows = hits.prefix(50).map { hit -> HTML in
            """
            <tr><th scope="row"><a href="\(exact: DeskPath.customer(hit.identifier))">\(hit.identifier.clipped(to: 60))</a></th>\
            <td class="risk">\(RiskBar(fraction: hit.risk).html)\(language.percent(hit.risk))</td>\
            <td>\(language.date(hit.date))</td><td>\(hit.version.clipped(to: 40))</td></tr>

            """
        }
        let more =
            matches > rows.count
            ? language(
                "The first \(language.number(rows.count)) of \(language.number(matches)).",
                "Os primeiros \(language.number(rows.count)) de \(language.number(matches))."
            )
            : language.count(matches, ("customer", "customers"), ("cliente", "clientes"))
        return """
            <div class="scroll" tabindex="0" role="region" aria-label="\(language("Customers found", "Clientes encontrados"))"><table>
            <thead><tr><th scope="col">\(language("Customer", "Cliente"))</th><th scope="col">\(language("Risk of leaving", "Risco de sair"))</th>\
            <th scope="col">\(language("Scored on", "Pontuado em"))</th><th scope="col">\(language("Version", "Versão"))</th></tr></thead>
            <tbody>\(rows)</tbody></table></div><p class="quiet small">\(more)</p>
            """
    }

    private func uploading(_ frame: DeskFrame) -> HTML {
        let language = frame.language
        guard frame.mayAct else { return "" }
        let size = language.number(largestUpload / 1_000_000)
        let field = FormField(
            name: "file",
            id: "file",
            label: language("CSV file", "Arquivo CSV"),
            control: .file(accept: ".csv,.gz,.zst,text/csv"),
            hint: language(
                "With the columns of training, up to \(size) MB. Rows that break the rules are set aside, never guessed.",
                "Com as colunas do treino, até \(size) MB. Linhas que violam as regras são separadas, nunca adivinhadas."
            ),
            isRequired: true
        )
        return """
            <section class="card" id="upload" aria-labelledby="upload-title"><h2 id="upload-title">\(language("Upload customers", "Enviar clientes"))</h2>
            <form method="post" action="\(DeskPath.upload)" enctype="multipart/form-data">\(frame.tokenField)<div class="fields">\(field.html)\(FormField.asOf("", fault: "", language).html)</div>
            <p><button class="main">\(language("Check and score", "Verificar e pontuar"))</button></p></form></section>
            """
    }
}

/// What became of an uploaded file.
public struct UploadResult: Sendable {
    /// The file's name, as the browser told it.
    public var file: String
    /// How many customers were scored.
    public var scored: Int
    /// How many rows were set aside.
    public var refused: Int
    /// What `check` says, the first some, in the language of the page.
    public var messages: [Message]
    /// Where the rows that were set aside can be had; nil where there are none.
    public var rejects: String?
    /// Why the file as a whole was refused, with what to do; nil where it was taken.
    public var problem: String?
    /// Where a campaign is chosen from it; nil where that can't be.
    public var campaign: String?

    /// Something that `check` found.
    public struct Message: Sendable {
        /// The line of the file, from 1; nil for the file as a whole.
        public var line: Int?
        /// What it is and how to mend it.
        public var text: String

        /// Creates a message.
        public init(
            line: Int? = nil,
            text: String
        ) {
            self.line = line
            self.text = text
        }
    }

    /// Creates a result.
    public init(
        file: String,
        scored: Int,
        refused: Int,
        messages: [Message],
        rejects: String? = nil,
        problem: String? = nil,
        campaign: String? = nil
    ) {
        self.file = file
        self.scored = scored
        self.refused = refused
        self.messages = messages
        self.rejects = rejects
        self.problem = problem
        self.campaign = campaign
    }

    func html(_ language: Language) -> HTML {
        let list = messages.prefix(50).map { message -> HTML in
            let place: HTML =
                message.line.map {
                    "<span class=\"quiet\">\(language("line", "linha")) \(language.number($0))</span> "
                } ?? ""
            return "<li>\(place)\(message.text)</li>\n"
        }
        let next: HTML =
            campaign.map {
                "<a class=\"button main\" href=\"\(exact: $0)\">\(language("Choose whom to call", "Escolher quem contatar"))</a>"
            } ?? ""
        let link: HTML =
            rejects.map {
                "<a class=\"button\" href=\"\(exact: $0)\" download>\(language("Download the rows set aside", "Baixar as linhas separadas"))</a>"
            } ?? ""
        let kind: HTML = problem != nil ? "problem" : refused > 0 ? "warning" : "done"
        let told: HTML = list.isEmpty ? "" : "<ul class=\"findings\">\(list)</ul>"
        return """
            <section class="card" aria-labelledby="result"><h2 id="result">\(language("What became of your file", "O que aconteceu com o seu arquivo"))</h2>
            <p class="notice \(kind)">\(problem ?? summary(language))</p>\(told)<div class="actions">\(next)\(link)</div></section>
            """
    }

    private func summary(_ language: Language) -> String {
        let name = file.clipped(to: 80)
        let good = language.count(
            scored,
            ("customer was scored", "customers were scored"),
            ("cliente foi pontuado", "clientes foram pontuados")
        )
        guard refused > 0 else { return "\(name): \(good)." }
        let bad = language.count(
            refused,
            ("row was set aside", "rows were set aside"),
            ("linha foi separada", "linhas foram separadas")
        )
        return "\(name): \(good), \(bad)."
    }
}
