import Markup
import Texts

/// How a customer's score came to be what it is.
public struct ScoreHistory: Sendable {
    /// The scores, the earliest first.
    public var scores: [Score]
    /// The split of the last change: what moved in the customer, and what in the model; nil for fewer than two scores.
    public var change: Waterfall?

    /// A score at a moment.
    public struct Score: Sendable {
        /// In milliseconds since 1970.
        public var date: Int64
        /// The calibrated probability.
        public var probability: Double
        /// The version that gave it.
        public var version: String

        /// Creates a score.
        public init(
            date: Int64,
            probability: Double,
            version: String
        ) {
            self.date = date
            self.probability = probability
            self.version = version
        }
    }

    /// Creates a history.
    public init(
        scores: [Score],
        change: Waterfall? = nil
    ) {
        self.scores = scores
        self.change = change
    }

    func html(_ language: Language) -> HTML {
        guard let last = scores.last else {
            return
                "<p class=\"quiet\">\(language("No score is on record yet.", "Ainda não há escore registrado."))</p>"
        }
        var split: HTML = ""
        if let change {
            let caption = language(
                "What made the last change",
                "O que fez a última mudança"
            )
            split = change.html(
                caption: caption,
                from: language("Before", "Antes"),
                to: language(
                    "Since \(language.date(last.date))",
                    "Desde \(language.date(last.date))"
                ),
                language
            )
        }
        let rows = scores.suffix(12).reversed().map { score -> HTML in
            """
            <tr><th scope="row"><time datetime="\(Language.machineMoment(score.date))">\(language.date(score.date))</time></th>\
            <td class="risk">\(RiskBar(fraction: score.probability).html)\(language.percent(score.probability, decimals: 1))</td>\
            <td>\(score.version)</td></tr>

            """
        }
        return """
            <div class="scroll" tabindex="0" role="region" aria-label="\(language("Scores", "Escores"))">\
            <table><caption class="unseen">\(language("Scores", "Escores"))</caption><thead><tr>\
            <th scope="col">\(language("Day", "Dia"))</th>\
            <th scope="col">\(language("Risk of leaving", "Risco de sair"))</th>\
            <th scope="col">\(language("Version", "Versão"))</th></tr></thead><tbody>\(Array(rows))</tbody></table></div>
            \(split)
            """
    }
}
