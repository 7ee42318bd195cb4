import Markup
import Texts

/// The form of a new campaign.
public struct NewCampaignPage: DeskPage, FramedPage {
    /// What stands in the form.
    public var form: CampaignForm
    /// How many customers have scores that are recent enough.
    public var scoredCustomers: Int
    /// The columns that may hold what a customer is worth.
    public var valueColumns: [String]
    /// Why fields were refused, by the field's name, in the language of the page.
    public var faults: [String: String]

    /// Creates a page.
    public init(
        form: CampaignForm,
        scoredCustomers: Int,
        valueColumns: [String],
        faults: [String: String]
    ) {
        self.form = form
        self.scoredCustomers = scoredCustomers
        self.valueColumns = valueColumns
        self.faults = faults
    }

    /// The whole document.
    public func document(in frame: DeskFrame) -> String { frame.document(self) }

    var section: DeskSection? { .campaigns }

    func title(_ language: Language) -> String { language("New campaign", "Nova campanha") }

    func content(_ frame: DeskFrame) -> HTML {
        let language = frame.language
        return """
            <p class="crumb"><span aria-hidden="true">← </span><a href="\(DeskSection.campaigns.path)">\(DeskSection.campaigns.title(language))</a></p>
            <div class="card measure"><h1>\(title(language))</h1>
            <p class="lead">\(language("Nothing is drawn yet: the next page shows whom it would choose and what that earns.", "Nada é sorteado ainda: a próxima página mostra quem seria escolhido e quanto isso rende."))</p>
            \(frame.mayAct ? fields(frame) : refusal(language))</div>
            """
    }

    private func fields(_ frame: DeskFrame) -> HTML {
        let language = frame.language
        return """
            \(problems(language))
            <form method="post" action="\(DeskPath.newCampaign)" enctype="multipart/form-data">\(frame.tokenField)
            \(choice(language))
            <fieldset><legend>\(language("How much", "Quanto"))</legend><div class="fields">\(amounts(language))</div></fieldset>
            <fieldset><legend>\(language("What it is worth", "Quanto vale"))</legend><div class="fields">\(worth(language))</div></fieldset>
            <fieldset><legend>\(language("So that you learn from it", "Para aprender com ela"))</legend><div class="fields">\(learning(language))</div></fieldset>
            <p><button class="main">\(language("Preview", "Ver prévia"))</button></p></form>
            """
    }

    private func refusal(_ language: Language) -> HTML {
        let words = language(
            "Your key may only look. Ask for one with the scope “desk” to plan a campaign.",
            "Sua chave só permite ver. Peça uma com o escopo “desk” para planejar uma campanha."
        )
        return "<p class=\"warn\">\(words)</p>"
    }

    private func problems(_ language: Language) -> HTML {
        guard !faults.isEmpty else { return "" }
        let words = language(
            "Some fields need another look.",
            "Alguns campos precisam de atenção."
        )
        return "<p class=\"notice problem\" role=\"alert\">\(words)</p>"
    }

    private func choice(_ language: Language) -> HTML {
        let many = language.count(
            scoredCustomers,
            ("customer on record", "customers on record"),
            ("cliente registrado", "clientes registrados")
        )
        func radio(_ source: CampaignForm.Source, _ label: String) -> HTML {
            let checked: HTML = form.source == source ? " checked" : ""
            return """
                <label for="source-\(source.rawValue)"><input type="radio" id="source-\(source.rawValue)" name="source" value="\(source.rawValue)"\(checked)>\(label)</label>
                """
        }
        let file = FormField(
            name: "file",
            id: "file",
            label: language("CSV file", "Arquivo CSV"),
            control: .file(accept: ".csv,.gz,.zst,text/csv"),
            hint: form.upload.isEmpty
                ? "" : language("Already uploaded: \(form.upload)", "Já enviado: \(form.upload)"),
            fault: faults["file"] ?? ""
        )
        let name = FormField(
            name: "name",
            id: "name",
            label: language("Name of the campaign", "Nome da campanha"),
            control: .text,
            value: form.name,
            fault: faults["name"] ?? "",
            isRequired: true
        )
        return """
            <fieldset><legend>\(language("Whom", "Quem"))</legend>
            <div class="choices">\(radio(.scored, language("The latest scores: \(many)", "Os últimos escores: \(many)")))
            \(radio(.file, language("A file of customers", "Um arquivo de clientes")))</div>
            <div class="fields">\(file.html)\(FormField.asOf(form.asOf, fault: faults["as-of"] ?? "", language).html)\(name.html)</div>
            <input type="hidden" name="upload" value="\(exact: form.upload)"></fieldset>
            """
    }

    private func number(
        _ name: String,
        _ label: String,
        _ value: String,
        _ hint: String = "",
        required: Bool = false,
        maximum: Double? = nil
    ) -> HTML {
        FormField(
            name: name,
            id: name,
            label: label,
            control: .number(minimum: 0, maximum: maximum, step: "any"),
            value: value,
            hint: hint,
            fault: faults[name] ?? "",
            isRequired: required
        ).html
    }

    private func amounts(_ language: Language) -> HTML {
        """
        \(number("contacts", language("Contacts at most", "Contatos, no máximo"), form.contacts, required: true))\
        \(number("budget", language("Budget", "Verba"), form.budget, language("empty for no limit", "vazio para sem limite")))\
        \(number("contact-cost", language("Cost of a contact", "Custo de um contato"), form.contactCost, required: true))\
        \(number("offer-cost", language("Cost of the offer", "Custo da oferta"), form.offerCost, language("where it is taken", "quando é aceita")))
        """
    }

    private func worth(_ language: Language) -> HTML {
        let same = FieldOption(
            value: "",
            text: language("the same for all", "o mesmo para todos")
        )
        let column = FormField(
            name: "value-column",
            id: "value-column",
            label: language("Value stands in column", "Valor está na coluna"),
            control: .choice([same] + valueColumns.map { FieldOption(value: $0, text: $0) }),
            value: form.valueColumn,
            fault: faults["value-column"] ?? ""
        )
        return """
            \(number("value", language("Value of a kept customer", "Valor de um cliente mantido"), form.value))\(column.html)\
            \(number("success", language("Success in percent", "Sucesso em porcentagem"), form.success, language("of those who would leave, how many stay when called", "dos que sairiam, quantos ficam se contatados"), maximum: 100))
            """
    }

    private func learning(_ language: Language) -> HTML {
        """
        \(number("hold-out", language("Held out in percent", "De fora em porcentagem"), form.holdOut, language("left alone by lot, to compare with", "deixados de fora por sorteio, para comparar"), required: true, maximum: 100))\
        \(number("horizon", language("Days in which leaving counts", "Dias em que sair conta"), form.horizonDays, required: true))
        """
    }
}
