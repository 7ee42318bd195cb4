import Markup
import Texts

/// What all allowed changes together came to: the best one, or the proof that none helps.
public struct LeverAdvice: Sendable {
    /// What was found.
    public var finding: Finding
    /// How many allowed combinations there are; all were scored but where there are too many.
    public var combinations: Int
    /// The probability to get below.
    public var target: Double

    /// What was found.
    public enum Finding: Sendable {
        /// The score is below the target as it is.
        case belowAlready
        /// The cheapest change that gets below the target.
        case reached(Change)
        /// None gets below the target; this one gets lowest.
        case lowest(Change)
        /// None lowers the score.
        case none
        /// There are more combinations than are tried.
        case tooMany
        /// No column is set as a lever.
        case noLevers
    }

    /// A change of one or more columns.
    public struct Change: Sendable {
        /// In a few words, in the language of the page: `move to 2 products`.
        public var text: String
        /// The probability with it.
        public var probability: Double
        /// What it costs.
        public var cost: Double
        /// What it gains on average beyond its cost; nil where that is not known.
        public var gain: Double?

        /// Creates a change.
        public init(
            text: String,
            probability: Double,
            cost: Double,
            gain: Double? = nil
        ) {
            self.text = text
            self.probability = probability
            self.cost = cost
            self.gain = gain
        }
    }

    /// Creates advice.
    public init(
        finding: Finding,
        combinations: Int,
        target: Double
    ) {
        self.finding = finding
        self.combinations = combinations
        self.target = target
    }

    func html(_ language: Language) -> HTML { "<p>\(sentence(language))</p>" }

    private func sentence(_ language: Language) -> HTML {
        let goal = language.percent(target)
        let tried =
            combinations == 1
            ? language(
                "The one allowed change was tried.",
                "A única mudança permitida foi testada."
            )
            : language(
                "All \(language.number(combinations)) allowed changes were tried.",
                "Todas as \(language.number(combinations)) mudanças permitidas foram testadas."
            )
        switch finding {
        case .belowAlready:
            return
                "\(language("The risk is below \(goal) as it is.", "O risco já está abaixo de \(goal)."))"
        case .reached(let change):
            let head = language("Cheapest lever:", "Alavanca mais barata:")
            return "\(head) <strong>\(change.text)</strong> \(effect(change, language)) \(tried)"
        case .lowest(let change):
            let head = language(
                "Nothing gets below \(goal). Lowest:",
                "Nada leva abaixo de \(goal). O mais baixo:"
            )
            return "\(head) <strong>\(change.text)</strong> \(effect(change, language)) \(tried)"
        case .none:
            let words = language("None lowers the risk.", "Nenhuma reduz o risco.")
            return "\(tried) <strong>\(words)</strong>"
        case .tooMany:
            return
                "\(language("There are \(language.number(combinations)) allowed changes, more than are tried for one customer.", "Há \(language.number(combinations)) mudanças permitidas, mais do que se testa para um cliente."))"
        case .noLevers:
            return
                "\(language("No column is set as a lever in retain.yaml, so nothing was tried.", "Nenhuma coluna está definida como alavanca em retain.yaml, então nada foi testado."))"
        }
    }

    private func effect(_ change: Change, _ language: Language) -> String {
        let risk = language.percent(change.probability)
        let cost = language.number(change.cost, decimals: 2)
        guard let gain = change.gain else {
            return language("(risk \(risk), cost \(cost)).", "(risco \(risk), custo \(cost)).")
        }
        let amount = language.number(gain, decimals: 2)
        return language(
            "(risk \(risk), cost \(cost), gain \(amount)).",
            "(risco \(risk), custo \(cost), ganho \(amount))."
        )
    }
}
