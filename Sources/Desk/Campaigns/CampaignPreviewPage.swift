import Charts
import Markup
import Texts

/// What a campaign would choose, before anything is drawn.
public struct CampaignPreviewPage: DeskPage, FramedPage {
    /// What was asked for.
    public var form: CampaignForm
    /// What calling so many earns on average, by rising numbers of contacts; at most some hundred points.
    public var curve: [Point]
    /// How many would be called, those held out not among them.
    public var contacts: Int
    /// How many could be at most: the end of the slider.
    public var mostContacts: Int
    /// How many would be left alone.
    public var heldOut: Int
    /// What calling them earns.
    public var expected: Estimate
    /// What calling them costs on average.
    public var cost: Double
    /// The smallest part of those who would leave that must be saved for the comparison to show it; nil where nobody is held out.
    public var detectable: Double?
    /// The first of the list.
    public var rows: [QueueRow]
    /// What to know before it is drawn, in the language of the page.
    public var cautions: [String]

    /// A place of the profit curve.
    public struct Point: Sendable {
        /// How many are called.
        public var contacts: Int
        /// What that earns on average.
        public var profit: Double

        /// Creates a place.
        public init(
            contacts: Int,
            profit: Double
        ) {
            self.contacts = contacts
            self.profit = profit
        }
    }

    /// Creates a page.
    public init(
        form: CampaignForm,
        curve: [Point],
        contacts: Int,
        mostContacts: Int,
        heldOut: Int,
        expected: Estimate,
        cost: Double,
        detectable: Double? = nil,
        rows: [QueueRow],
        cautions: [String]
    ) {
        self.form = form
        self.curve = curve
        self.contacts = contacts
        self.mostContacts = mostContacts
        self.heldOut = heldOut
        self.expected = expected
        self.cost = cost
        self.detectable = detectable
        self.rows = rows
        self.cautions = cautions
    }

    /// The whole document.
    public func document(in frame: DeskFrame) -> String { frame.document(self) }

    var section: DeskSection? { .campaigns }

    func title(_ language: Language) -> String {
        language(
            "Preview of \(form.name.clipped(to: 60))",
            "Prévia de \(form.name.clipped(to: 60))"
        )
    }

    func content(_ frame: DeskFrame) -> HTML {
        let language = frame.language
        return """
            <p class="crumb"><span aria-hidden="true">← </span><a href="\(exact: DeskPath.query(DeskPath.newCampaign, form.fields))">\(language("Change the campaign", "Mudar a campanha"))</a></p>
            <div class="head"><h1>\(title(language))</h1></div>
            <div id="preview">\(Tile.html(tiles(language)))
            <div class="pair">\(ChartFigure(chart: chart(language), id: "profit").html)
            <section class="card" aria-labelledby="decide"><h2 id="decide">\(language("How many to choose", "Quantos escolher"))</h2>
            \(slider(frame))\(notes(language))\(draw(frame))</section></div>
            \(first(language))</div>
            """
    }

    /// Whom the form's number counts: all that are chosen.
    private var chosen: Int { contacts + heldOut }

    private func tiles(_ language: Language) -> [Tile] {
        [
            Tile(
                title: language("To call", "A contatar"),
                value: language.number(contacts),
                note: language(
                    "\(language.number(heldOut)) more are left alone",
                    "mais \(language.number(heldOut)) ficam de fora"
                )
            ),
            Tile(
                title: language("Expected gain", "Ganho esperado"),
                value: language.number(expected.value),
                note: language(
                    "between \(language.number(expected.low)) and \(language.number(expected.high))",
                    "entre \(language.number(expected.low)) e \(language.number(expected.high))"
                )
            ),
            Tile(
                title: language("Expected cost", "Custo esperado"),
                value: language.number(cost),
                note: language("contacts and offers", "contatos e ofertas")
            ),
        ]
    }

    private func chart(_ language: Language) -> LineChart {
        let place = PlotPoint(Double(contacts), expected.value)
        let best = curve.max { $0.profit < $1.profit }
        let most = best.map { language.number($0.contacts) } ?? ""
        return LineChart(
            title: language("What more contacts earn", "Quanto mais contatos rendem"),
            summary: language(
                "Calling \(language.number(contacts)) earns \(language.number(expected.value)) on average; the most is earned with \(most).",
                "Contatar \(language.number(contacts)) rende \(language.number(expected.value)) em média; o máximo é com \(most)."
            ),
            xAxis: Axis(language("customers called", "clientes contatados"), language: language),
            yAxis: Axis(language("expected gain", "ganho esperado"), language: language),
            series: [
                LineChart.Series(
                    language("gain", "ganho"),
                    points: curve.map { PlotPoint(Double($0.contacts), $0.profit) },
                    isFilled: true
                )
            ],
            marks: [
                LineChart.Mark(place, note: language.number(contacts), isDropped: true)
            ]
        )
    }

    private func slider(_ frame: DeskFrame) -> HTML {
        guard frame.mayAct else { return "" }
        let language = frame.language
        return """
            <form method="post" action="\(DeskPath.newCampaign)" data-live="preview" data-typed>\(frame.tokenField)\(form.hidden(but: ["contacts"]))
            <div class="field"><label for="contacts">\(language("Chosen, those left alone among them", "Escolhidos, com os que ficam de fora"))</label>
            <input type="range" id="contacts" name="contacts" min="1" max="\(String(max(1, mostContacts)))" value="\(String(chosen))" data-shows="contacts-told">
            <p class="range"><output id="contacts-told" for="contacts">\(language.number(chosen))</output> \
            <span class="quiet">\(language("of at most", "de no máximo")) \(language.number(mostContacts))</span></p></div>
            <button class="unlive">\(language("Show", "Mostrar"))</button></form>
            """
    }

    private func notes(_ language: Language) -> HTML {
        var notes = cautions
        if let detectable {
            let share = language.percent(detectable)
            notes.insert(
                language(
                    "With \(language.number(heldOut)) left alone the comparison shows an effect that saves \(share) or more of those who would leave.",
                    "Com \(language.number(heldOut)) de fora, a comparação mostra um efeito que salve \(share) ou mais dos que sairiam."
                ),
                at: 0
            )
        } else {
            notes.insert(
                language(
                    "Nobody is left alone, so nobody will know whether calling helped.",
                    "Ninguém fica de fora, então ninguém saberá se contatar ajudou."
                ),
                at: 0
            )
        }
        return "<ul class=\"findings\">\(notes.map { "<li>\($0)</li>\n" as HTML })</ul>"
    }

    private func draw(_ frame: DeskFrame) -> HTML {
        guard frame.mayAct else { return "" }
        let language = frame.language
        return """
            <form method="post" action="\(DeskPath.draw)">\(frame.tokenField)\(form.hidden(but: ["contacts"]))\
            <input type="hidden" name="contacts" value="\(String(chosen))">
            <button class="main">\(language("Draw and record", "Sortear e registrar"))</button>
            <p class="hint">\(language("Who is left alone is drawn by lot and recorded. It can be drawn again from the same key, but not changed.", "Quem fica de fora é sorteado e registrado. Pode ser sorteado de novo com a mesma chave, mas não mudado."))</p></form>
            """
    }

    private func first(_ language: Language) -> HTML {
        guard !rows.isEmpty else { return "" }
        let table = HTMLTable(
            caption: language("First on the list", "Primeiros da lista"),
            columns: [
                .text(language("Customer", "Cliente")),
                .number(language("Risk of leaving", "Risco de sair")),
                .number(language("Expected gain", "Ganho esperado")),
            ],
            rows: rows.prefix(10).map { row in
                [
                    row.identifier, language.percent(row.risk),
                    language.number(row.gain, decimals: 2),
                ]
            },
            language: language
        )
        return "<div class=\"card\">\(table.html)</div>"
    }
}
