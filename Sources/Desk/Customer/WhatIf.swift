import Markup
import Texts

/// A form that asks how the model would see the customer with other values.
public struct WhatIf: Sendable {
    /// The columns that something can be done about.
    public var levers: [Field]
    /// All other columns, in a fold: they tell about the model, not about what to do.
    public var others: [Field]
    /// The probability with what was asked; nil before anything was.
    public var result: Double?
    /// What the levers asked for cost together; nil where that is not known.
    public var cost: Double?
    /// What breaks the schema or the rules of the levers, in the language of the page; empty for nothing.
    public var problems: [String]

    /// A column of the form, sent as `set.COLUMN`.
    public struct Field: Sendable {
        /// The column's name.
        public var column: String
        /// The customer's value now, as people read it.
        public var now: String
        /// The value asked for, as a file has it.
        public var value: String
        /// What can be asked for.
        public var control: Control

        /// Creates a column of the form.
        public init(
            column: String,
            now: String,
            value: String,
            control: Control
        ) {
            self.column = column
            self.now = now
            self.value = value
            self.control = control
        }
    }

    /// What can be asked for.
    public enum Control: Sendable {
        /// One of these.
        case choice([FieldOption])
        /// A number from here to there, by steps; nil for no bound or any step.
        case number(minimum: Double?, maximum: Double?, step: Double?)
        /// Anything.
        case text
    }

    /// Creates a form.
    public init(
        levers: [Field],
        others: [Field],
        result: Double? = nil,
        cost: Double? = nil,
        problems: [String]
    ) {
        self.levers = levers
        self.others = others
        self.result = result
        self.cost = cost
        self.problems = problems
    }

    func html(_ frame: DeskFrame, customer: String, risk: Double) -> HTML {
        let language = frame.language
        let rest = others.enumerated().map { field($1, place: levers.count + $0, language) }
        let fold: HTML =
            others.isEmpty
            ? ""
            : """
            <details class="fold"><summary>\(language("All columns, for experts", "Todas as colunas, para especialistas"))</summary>
            <p class="quiet">\(language("They show how the model thinks. Nobody can change an age.", "Mostram como o modelo pensa. Ninguém muda a própria idade."))</p>
            <div class="fields">\(rest)</div></details>
            """
        let first: HTML =
            levers.isEmpty
            ? "<p class=\"quiet\">\(language("No column is set as a lever in retain.yaml.", "Nenhuma coluna está definida como alavanca em retain.yaml."))</p>"
            : "<div class=\"fields\">\(levers.enumerated().map { field($1, place: $0, language) })</div>"
        return """
            <form method="post" action="\(exact: DeskPath.whatIf(customer))#what-if" data-live="what-if-result" data-typed>\(frame.tokenField)
            \(first)\(fold)
            <p><button class="unlive">\(language("Ask the model", "Perguntar ao modelo"))</button></p></form>
            <div class="answer" id="what-if-result" role="status">\(answer(risk, language))</div>
            """
    }

    private func field(_ field: Field, place: Int, _ language: Language) -> HTML {
        let control: FormField.Control =
            switch field.control {
            case .choice(let options): .choice(options)
            case .number(let minimum, let maximum, let step):
                .number(minimum: minimum, maximum: maximum, step: step.map { "\($0)" } ?? "any")
            case .text: .text
            }
        return FormField(
            name: "set." + field.column,
            id: "what-\(place)",
            label: field.column,
            control: control,
            value: field.value,
            hint: language("now \(field.now)", "hoje \(field.now)")
        ).html
    }

    private func answer(_ risk: Double, _ language: Language) -> HTML {
        let now = language.percent(risk)
        guard problems.isEmpty else {
            return "<ul class=\"fault\">\(problems.map { "<li>\($0)</li>" as HTML })</ul>"
        }
        guard let result else {
            let words = language(
                "The risk is seen as \(now). Change a value to see what the model would say.",
                "O risco é visto como \(now). Mude um valor para ver o que o modelo diria."
            )
            return "<p>\(words)</p>"
        }
        let then: HTML = "<strong>\(language.percent(result))</strong>"
        let price: HTML =
            cost.map {
                let amount = language.number($0, decimals: 2)
                return " \(language("This costs \(amount).", "Isso custa \(amount)."))"
            } ?? ""
        let sentence: HTML =
            language == .english
            ? "The risk would be seen as \(then) instead of \(now)."
            : "O risco seria visto como \(then) em vez de \(now)."
        return "<p>\(sentence)\(price)</p>"
    }
}
