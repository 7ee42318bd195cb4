import Charts
import Markup
import Texts

/// The runs that made models.
public struct RunsPage: DeskPage, FramedPage {
    /// The names of the metrics that are shown, as runs have them.
    public var metrics: [String]
    /// The latest first, at most 100.
    public var runs: [Run]
    /// How many there are.
    public var count: Int

    /// A run.
    public struct Run: Sendable {
        /// Names it, in the form's field `run`.
        public var id: String
        /// As it was called.
        public var name: String
        /// When it began, in milliseconds since 1970.
        public var date: Int64
        /// How it ended.
        public var state: State
        /// Its metrics, in the order of their names; nil where it has none.
        public var values: [Double?]

        /// Creates a run.
        public init(
            id: String,
            name: String,
            date: Int64,
            state: State,
            values: [Double?]
        ) {
            self.id = id
            self.name = name
            self.date = date
            self.state = state
            self.values = values
        }
    }

    /// How a run ended.
    public enum State: Sendable {
        /// It did what it was to do.
        case finished
        /// It is still at it.
        case running
        /// It did not.
        case failed
    }

    /// Creates a page.
    public init(
        metrics: [String],
        runs: [Run],
        count: Int
    ) {
        self.metrics = metrics
        self.runs = runs
        self.count = count
    }

    /// The whole document.
    public func document(in frame: DeskFrame) -> String { frame.document(self) }

    var section: DeskSection? { .runs }

    func title(_ language: Language) -> String { DeskSection.runs.title(language) }

    func content(_ frame: DeskFrame) -> HTML {
        let language = frame.language
        guard !runs.isEmpty else {
            let words = language(
                "No run is on record. Train with a tracking address, and each run stands here with its figures.",
                "Não há treino registrado. Treine com um endereço de rastreamento, e cada treino aparece aqui com seus números."
            )
            return "<h1>\(title(language))</h1><div class=\"card empty\"><p>\(words)</p></div>"
        }
        let heads = metrics.map {
            "<th scope=\"col\" class=\"number\">\($0.clipped(to: 40))</th>" as HTML
        }
        return """
            <div class="head"><h1>\(title(language))</h1><p class="quiet">\(language.count(count, ("run", "runs"), ("treino", "treinos")))</p></div>
            <section class="card" aria-label="\(language("All runs", "Todos os treinos"))"><form method="get" action="\(DeskPath.compareRuns)">
            <div class="scroll" tabindex="0" role="region" aria-label="\(language("Table of runs", "Tabela de treinos"))"><table>
            <thead><tr><th scope="col">\(language("Run", "Treino"))</th><th scope="col">\(language("Began", "Início"))</th>\
            <th scope="col">\(language("State", "Situação"))</th>\(heads)</tr></thead>
            <tbody>\(runs.prefix(100).enumerated().map { row($1, place: $0, language) })</tbody></table></div>
            <div class="actions"><button>\(language("Compare those chosen", "Comparar os escolhidos"))</button></div></form></section>
            """
    }

    private func row(_ run: Run, place: Int, _ language: Language) -> HTML {
        let cells = run.values.map { value -> HTML in
            let text = value.map { language.number($0, decimals: 4) } ?? "–"
            return "<td class=\"number\">\(text)</td>"
        }
        return """
            <tr><th scope="row"><label for="run-\(String(place))"><input type="checkbox" id="run-\(String(place))" name="run" value="\(exact: run.id)">\(run.name.clipped(to: 60))</label></th>\
            <td>\(language.moment(run.date))</td><td>\(state(run.state, language))</td>\(cells)</tr>

            """
    }

    private func state(_ state: State, _ language: Language) -> HTML {
        switch state {
        case .finished: "<span class=\"tag good\">\(language("finished", "concluído"))</span>"
        case .running: "<span class=\"tag\">\(language("running", "em curso"))</span>"
        case .failed: "<span class=\"tag bad\">\(language("failed", "falhou"))</span>"
        }
    }
}

/// Runs beside each other.
public struct RunComparePage: DeskPage, FramedPage {
    /// The names of the runs, from left to right.
    public var runs: [String]
    /// What they ended with: a metric, and its value in each run; nil for none.
    public var metrics: [(name: String, values: [Double?])]
    /// In what they were set otherwise: a parameter, and its value in each run; empty for none.
    public var parameters: [(name: String, values: [String])]

    /// Creates a page.
    public init(
        runs: [String],
        metrics: [(name: String, values: [Double?])],
        parameters: [(name: String, values: [String])]
    ) {
        self.runs = runs
        self.metrics = metrics
        self.parameters = parameters
    }

    /// The whole document.
    public func document(in frame: DeskFrame) -> String { frame.document(self) }

    var section: DeskSection? { .runs }

    func title(_ language: Language) -> String { language("Runs compared", "Treinos comparados") }

    func content(_ frame: DeskFrame) -> HTML {
        let language = frame.language
        let back: HTML = """
            <p class="crumb"><span aria-hidden="true">← </span><a href="\(DeskSection.runs.path)">\(DeskSection.runs.title(language))</a></p>
            <div class="head"><h1>\(title(language))</h1></div>
            """
        guard runs.count > 1 else {
            let words = language(
                "Choose two runs or more to compare them.",
                "Escolha dois treinos ou mais para compará-los."
            )
            return "\(back)<div class=\"card empty\"><p>\(words)</p></div>"
        }
        func table(_ caption: String, _ head: String, _ rows: [[String]]) -> HTML {
            guard !rows.isEmpty else { return "" }
            let table = HTMLTable(
                caption: caption,
                columns: [.text(head)] + runs.map { .number($0) },
                rows: rows,
                language: language
            )
            return "<div class=\"card\">\(table.html)</div>"
        }
        return """
            \(back)\(table(language("What they ended with", "Com que terminaram"), language("Metric", "Métrica"), metrics.map { [$0.name] + $0.values.map { $0.map { language.number($0, decimals: 4) } ?? "–" } }))
            \(table(language("What was set otherwise", "O que foi definido diferente"), language("Setting", "Ajuste"), parameters.map { [$0.name] + $0.values }))
            """
    }
}
