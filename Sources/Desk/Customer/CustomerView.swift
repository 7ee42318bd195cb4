import Charts
import Markup
import Texts

/// All that is shown of one customer.
public struct CustomerView: Sendable {
    /// The customer's identifier.
    public var identifier: String
    /// What the customer is like, in a few words each, in the language of the page; without what `retain.yaml` keeps personal.
    public var facts: [String]
    /// The calibrated probability of leaving.
    public var risk: Double
    /// From the average customer to this one.
    public var reasons: Waterfall
    /// What could be otherwise; nil where the customer's values are not at hand.
    public var whatIf: WhatIf?
    /// What the levers can do; nil where they were not tried.
    public var advice: LeverAdvice?
    /// What became of the customer in the open campaign; nil where the customer is not on its list.
    public var state: ContactState?
    /// Whether the lot left the customer alone: nobody is to call.
    public var isHeldOut: Bool
    /// When this was read from the record, in milliseconds since 1970.
    public var asOf: Int64
    /// How the score came to be what it is.
    public var history: ScoreHistory
    /// What was said, the latest first.
    public var events: [CustomerEvent]

    /// Creates a view.
    public init(
        identifier: String,
        facts: [String],
        risk: Double,
        reasons: Waterfall,
        whatIf: WhatIf? = nil,
        advice: LeverAdvice? = nil,
        state: ContactState? = nil,
        isHeldOut: Bool,
        asOf: Int64,
        history: ScoreHistory,
        events: [CustomerEvent]
    ) {
        self.identifier = identifier
        self.facts = facts
        self.risk = risk
        self.reasons = reasons
        self.whatIf = whatIf
        self.advice = advice
        self.state = state
        self.isHeldOut = isHeldOut
        self.asOf = asOf
        self.history = history
        self.events = events
    }

    var name: String { identifier.clipped(to: 80) }

    /// Beside the list, in its column.
    func panel(_ frame: DeskFrame, campaign: String) -> HTML {
        let language = frame.language
        let link = DeskPath.customer(identifier)
        return """
            <div class="card panel">
            <div class="part"><p class="eyebrow">\(language("Customer", "Cliente"))</p>
            <h2>\(name)</h2><p class="quiet">\(facts.joined(separator: " · "))</p></div>
            <div class="part">\(waterfall(language))</div>
            \(whatIfPart(frame, heading: "h3"))
            <div class="part"><h3>\(language("What became of it?", "O que aconteceu?"))</h3>\(marks(frame, campaign: campaign))</div>
            <div class="part"><p><a href="\(exact: link)">\(language("Everything about this customer", "Tudo sobre este cliente"))</a></p></div>
            </div>
            """
    }

    func waterfall(_ language: Language) -> HTML {
        let percent = language.percent(risk)
        let table = reasons.html(
            caption: language(
                "Why \(percent): from the average customer to this one",
                "Por que \(percent): do cliente médio a este"
            ),
            from: language("Average customer", "Cliente médio"),
            to: language("This customer", "Este cliente"),
            language
        )
        let words = language(
            "The parts add up exactly. They say how the model sees this customer, not what causes leaving.",
            "As partes somam exatamente. Dizem como o modelo vê este cliente, não o que causa a saída."
        )
        return "\(table)<p class=\"quiet small\">\(words)</p>"
    }

    func whatIfPart(_ frame: DeskFrame, heading: HTML) -> HTML {
        let language = frame.language
        let form = whatIf.map { $0.html(frame, customer: identifier, risk: risk) }
        let words = advice.map { $0.html(language) }
        guard form != nil || words != nil else { return "" }
        return """
            <div class="part" id="what-if"><\(heading)>\(language("What if?", "E se?"))</\(heading)>
            \(form ?? "")<div class="advice">\(words ?? "")</div></div>
            """
    }

    func marks(_ frame: DeskFrame, campaign: String?) -> HTML {
        let language = frame.language
        guard !isHeldOut else {
            return
                "<p class=\"warn\">\(language("Held out by lot. Please do not call: only so does the comparison stay honest.", "Fora do contato por sorteio. Por favor, não ligue: só assim a comparação fica honesta."))</p>"
        }
        guard let state, let campaign else {
            return
                "<p class=\"quiet\">\(language("Not on the list of an open campaign.", "Não está na lista de uma campanha aberta."))</p>"
        }
        guard frame.mayAct else { return "<p>\(state.title(language))</p>" }
        let buttons = ContactState.marks.map { mark -> HTML in
            let pressed: HTML = " aria-pressed=\"\(mark == state ? "true" : "false")\""
            return
                "<button name=\"mark\" value=\"\(mark.rawValue) \(exact: identifier)\"\(pressed)>\(mark.action(language))</button>"
        }
        let undo: HTML =
            state == .waiting
            ? ""
            : "<button class=\"plain\" name=\"mark\" value=\"undo \(exact: identifier)\">\(language("Undo", "Desfazer"))</button>"
        return """
            <form method="post" class="marks" action="\(DeskPath.marks)" data-live="notice summary queue-list customer">\(frame.tokenField)\
            <input type="hidden" name="campaign" value="\(exact: campaign)">\
            <input type="hidden" name="seen" value="\(String(asOf))">\
            <input type="hidden" name="back" value="\(exact: frame.address)">
            \(buttons)\(undo)</form>
            """
    }
}
