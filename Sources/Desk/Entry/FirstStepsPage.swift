import Markup
import Texts

/// What a fresh service shows instead of a list: how to get the first one.
public struct FirstStepsPage: DeskPage, FramedPage {
    /// Whether a model answers.
    public var hasModel: Bool
    /// How many customers have been scored.
    public var scoredCustomers: Int
    /// How many simulated customers the button loads; nil where they are not offered.
    public var simulatedCustomers: Int?

    /// Creates a page.
    public init(
        hasModel: Bool,
        scoredCustomers: Int,
        simulatedCustomers: Int? = nil
    ) {
        self.hasModel = hasModel
        self.scoredCustomers = scoredCustomers
        self.simulatedCustomers = simulatedCustomers
    }

    /// The whole document.
    public func document(in frame: DeskFrame) -> String { frame.document(self) }

    var section: DeskSection? { .today }

    func title(_ language: Language) -> String { language("First steps", "Primeiros passos") }

    func content(_ frame: DeskFrame) -> HTML {
        let language = frame.language
        return """
            <section class="card hero" aria-labelledby="first"><div>
            <h1 id="first">\(language("Three steps to your first list", "Três passos até a primeira lista"))</h1>
            <p class="lead">\(language("There is no open campaign yet. A campaign says whom to call, why, and later whether it was worth it.", "Ainda não há campanha aberta. Uma campanha diz a quem ligar, por quê e, depois, se valeu a pena."))</p>
            </div></section>
            <ol class="steps">\(model(language))\(customers(frame))\(campaign(frame))</ol>
            """
    }

    private func step(
        _ number: String,
        _ title: String,
        _ isDone: Bool,
        _ language: Language,
        _ body: HTML
    )
        -> HTML
    {
        let done: HTML =
            isDone ? " <span class=\"tag\">\(language("done", "feito"))</span>" : ""
        return """
            <li class="card"><p class="ordinal" aria-hidden="true">\(number)</p><h2>\(title)\(done)</h2>
            \(body)</li>

            """
    }

    private func model(_ language: Language) -> HTML {
        step(
            "1",
            language("A model answers", "Um modelo responde"),
            hasModel,
            language,
            hasModel
                ? "<p>\(language("It is ready to score customers.", "Está pronto para pontuar clientes."))</p>"
                : """
                <p>\(language("Train one from your customers’ file, then start the service with it:", "Treine um com o arquivo dos seus clientes e inicie o serviço com ele:"))</p>
                <pre><code>retain train customers.csv
                retain serve</code></pre>
                """
        )
    }

    private func customers(_ frame: DeskFrame) -> HTML {
        let language = frame.language
        let number = language.count(
            scoredCustomers,
            ("customer has a score.", "customers have a score."),
            ("cliente tem escore.", "clientes têm escore.")
        )
        var body: HTML =
            scoredCustomers > 0
            ? "<p>\(number)</p>"
            : "<p>\(language("Upload a CSV file of today’s customers, with the same columns as in training.", "Envie um arquivo CSV dos clientes de hoje, com as mesmas colunas do treino."))</p>"
        if frame.mayAct {
            body +=
                "<p><a class=\"button\" href=\"\(DeskSection.customers.path)#upload\">\(language("Upload customers", "Enviar clientes"))</a></p>"
            if let simulatedCustomers {
                let many = language.number(simulatedCustomers)
                body += """
                    <form method="post" action="\(DeskPath.simulate)">\(frame.tokenField)<p>\
                    \(language("No file at hand?", "Sem arquivo à mão?")) \
                    <button>\(language("Load \(many) simulated customers", "Carregar \(many) clientes simulados"))</button></p></form>
                    """
            }
        }
        return step(
            "2",
            language("Customers have scores", "Clientes têm escores"),
            scoredCustomers > 0,
            language,
            body
        )
    }

    private func campaign(_ frame: DeskFrame) -> HTML {
        let language = frame.language
        let isReady = hasModel && scoredCustomers > 0 && frame.mayAct
        let way: HTML =
            isReady
            ? "<p><a class=\"button main\" href=\"\(DeskPath.newCampaign)\">\(language("Plan the first campaign", "Planejar a primeira campanha"))</a></p>"
            : ""
        return step(
            "3",
            language("A campaign makes the list", "Uma campanha faz a lista"),
            false,
            language,
            """
            <p>\(language("Say what a contact costs and how many you can make. Some customers are left alone by lot, so that you learn whether calling helps.", "Diga quanto custa um contato e quantos você consegue fazer. Alguns clientes ficam de fora por sorteio, para você saber se contatar ajuda."))</p>
            \(way)
            """
        )
    }
}
