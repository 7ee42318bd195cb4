import Charts
import Markup
import Texts

/// How customers change against those of training.
public struct LiveDriftPage: DeskPage, FramedPage {
    /// What it comes to, in a sentence, in the language of the page.
    public var verdict: String
    /// Whether somebody must look.
    public var isAlarming: Bool
    /// How many customers were looked at.
    public var customers: Int
    /// The columns, those that moved most first.
    public var columns: [Column]
    /// How many columns have drifted, day by day, the earliest first.
    public var history: [Day]
    /// Whether the newest whole rows can be told from those before; nil where that was not asked.
    public var rows: Rows?
    /// What the model is expected to earn for each customer now, without waiting for labels; nil where that can't be said.
    public var profit: Estimate?
    /// The same as it was in training.
    public var referenceProfit: Double?

    /// What came of comparing whole rows.
    public struct Rows: Sendable {
        /// How well a network tells them apart: 0.5 is not at all; nil where there are too few.
        public var area: Estimate?
        /// What that means, in a sentence, in the language of the page.
        public var verdict: String

        /// Creates a result.
        public init(area: Estimate?, verdict: String) {
            self.area = area
            self.verdict = verdict
        }
    }

    /// A column.
    public struct Column: Sendable {
        /// Its name.
        public var name: String
        /// How far it has moved: the population stability index.
        public var distance: Double
        /// Whether it matters.
        public var verdict: Verdict
        /// How it moved, in a few words, in the language of the page.
        public var change: String

        /// Creates a column.
        public init(
            name: String,
            distance: Double,
            verdict: Verdict,
            change: String
        ) {
            self.name = name
            self.distance = distance
            self.verdict = verdict
            self.change = change
        }
    }

    /// Whether a move matters.
    public enum Verdict: Sendable {
        /// Nothing that matters.
        case steady
        /// It moved, and is to be watched.
        case watched
        /// It moved by more than chance, and far.
        case drifted
    }

    /// A day.
    public struct Day: Sendable {
        /// In milliseconds since 1970.
        public var date: Int64
        /// How many columns had drifted.
        public var drifted: Int

        /// Creates a day.
        public init(
            date: Int64,
            drifted: Int
        ) {
            self.date = date
            self.drifted = drifted
        }
    }

    /// Creates a page.
    public init(
        verdict: String,
        isAlarming: Bool,
        customers: Int,
        columns: [Column],
        history: [Day],
        rows: Rows? = nil,
        profit: Estimate? = nil,
        referenceProfit: Double? = nil
    ) {
        self.verdict = verdict
        self.isAlarming = isAlarming
        self.customers = customers
        self.columns = columns
        self.history = history
        self.rows = rows
        self.profit = profit
        self.referenceProfit = referenceProfit
    }

    /// The whole document.
    public func document(in frame: DeskFrame) -> String { frame.document(self) }

    var section: DeskSection? { .drift }

    func title(_ language: Language) -> String { DeskSection.drift.title(language) }

    func content(_ frame: DeskFrame) -> HTML {
        let language = frame.language
        guard customers > 0 else {
            let words = language(
                "Nobody has been scored since the service began, so there is nothing to compare with training.",
                "Ninguém foi pontuado desde que o serviço começou, então não há o que comparar com o treino."
            )
            return """
                <h1>\(title(language))</h1><div class="card empty"><p>\(words)</p></div>
                \(rows.map { Tile.html([$0.tile(language)]) } ?? ask(language))\(figure(language))
                """
        }
        let alarm: HTML = isAlarming ? " alarm" : ""
        let many = language.count(customers, ("customer", "customers"), ("cliente", "clientes"))
        return """
            <div class="head"><h1>\(title(language))</h1><p class="quiet">\(many)</p></div>
            <section class="card\(alarm)" aria-label="\(language("Verdict", "Veredito"))"><p class="verdict">\(verdict)</p></section>
            \(Tile.html(tiles(language)))\(rows == nil ? ask(language) : "")
            <div class="pair">\(table(language))\(figure(language))</div>
            """
    }

    /// Comparing whole rows takes a second or two: only who asks waits for it.
    private func ask(_ language: Language) -> HTML {
        let words = language(
            "Each column alone can look as before where their combinations do not.",
            "Cada coluna sozinha pode parecer igual quando as combinações não são."
        )
        return """
            <p class="line"><a class="button" href="\(DeskSection.drift.path)?rows=1">\(language("Compare whole rows", "Comparar linhas inteiras"))</a> \
            <span class="quiet">\(words)</span></p>
            """
    }

    private func tiles(_ language: Language) -> [Tile] {
        var tiles: [Tile] = []
        if let profit {
            let (low, high) = (
                language.number(profit.low, decimals: 2), language.number(profit.high, decimals: 2)
            )
            let before = referenceProfit.map {
                let amount = language.number($0, decimals: 2)
                return language("; \(amount) in training", "; \(amount) no treino")
            }
            tiles.append(
                Tile(
                    title: language("Expected gain by customer", "Ganho esperado por cliente"),
                    value: language.number(profit.value, decimals: 2),
                    note: language("between \(low) and \(high)", "entre \(low) e \(high)")
                        + (before ?? "")
                )
            )
        }
        if let rows { tiles.append(rows.tile(language)) }
        let drifted = columns.filter { $0.verdict == .drifted }.count
        tiles.append(
            Tile(
                title: language("Columns that drifted", "Colunas que mudaram"),
                value: language.number(drifted),
                note: language(
                    "of \(language.number(columns.count))",
                    "de \(language.number(columns.count))"
                )
            )
        )
        return tiles
    }

    private func table(_ language: Language) -> HTML {
        let rows = columns.prefix(60).map { column -> HTML in
            """
            <tr><th scope="row">\(column.name.clipped(to: 60))</th><td class="number">\(language.number(column.distance, decimals: 3))</td>\
            <td>\(column.verdict.html(language))</td><td>\(column.change.clipped(to: 120))</td></tr>

            """
        }
        return """
            <section class="card" aria-labelledby="columns"><h2 id="columns">\(language("Columns", "Colunas"))</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="\(language("Table of columns", "Tabela de colunas"))"><table><thead><tr>\
            <th scope="col">\(language("Column", "Coluna"))</th><th scope="col" class="number">\(language("Distance", "Distância"))</th>\
            <th scope="col">\(language("State", "Situação"))</th><th scope="col">\(language("How it moved", "Como mudou"))</th></tr></thead>
            <tbody>\(rows)</tbody></table></div></section>
            """
    }

    private func figure(_ language: Language) -> HTML {
        guard history.count > 1, let first = history.first, let last = history.last else {
            return
                "<div class=\"card empty\"><p>\(language("No verdict has changed so far.", "Nenhum veredito mudou até agora."))</p></div>"
        }
        let now = language.number(last.drifted)
        let chart = LineChart(
            title: language("Day by day", "Dia a dia"),
            summary: language(
                "Columns that had drifted, since \(language.date(first.date)); now \(now).",
                "Colunas que tinham mudado, desde \(language.date(first.date)); agora \(now)."
            ),
            xAxis: Axis(language("days", "dias"), language: language),
            yAxis: Axis(
                language("columns", "colunas"),
                range: 0 ... Double(max(4, history.map(\.drifted).max() ?? 4)),
                language: language
            ),
            series: [
                LineChart.Series(
                    language("drifted", "mudaram"),
                    points: history.map {
                        PlotPoint(
                            Double($0.date - first.date) / 86_400_000,
                            Double($0.drifted)
                        )
                    },
                    tone: .leave,
                    isFilled: true
                )
            ]
        )
        return ChartFigure(chart: chart, id: "drift-history").html
    }
}

extension LiveDriftPage.Rows {
    func tile(_ language: Language) -> Tile {
        Tile(
            title: language("Whole rows told apart", "Linhas inteiras distinguidas"),
            value: area.map { language.number($0.value, decimals: 3) } ?? "–",
            note: verdict
        )
    }
}

extension LiveDriftPage.Verdict {
    func html(_ language: Language) -> HTML {
        switch self {
        case .steady: "<span class=\"quiet\">\(language("steady", "estável"))</span>"
        case .watched: "<span class=\"tag\">\(language("watch", "observar"))</span>"
        case .drifted: "<span class=\"tag bad\">\(language("drifted", "mudou"))</span>"
        }
    }
}
