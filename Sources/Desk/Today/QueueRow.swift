import Charts
import Markup
import Texts

/// A customer of the list.
public struct QueueRow: Sendable {
    /// Place by expected gain, from 1.
    public var rank: Int
    /// The customer's identifier.
    public var identifier: String
    /// The calibrated probability of leaving, as it was when the list was made.
    public var risk: Double
    /// What contacting the customer earns on average.
    public var gain: Double
    /// Why, the greatest first; three are shown.
    public var reasons: [ReasonChip]
    /// What could help.
    public var lever: LeverHint
    /// What became of the customer.
    public var state: ContactState
    /// Who said so; nil where nobody did or that is not known.
    public var by: String?

    /// Creates a row.
    public init(
        rank: Int,
        identifier: String,
        risk: Double,
        gain: Double,
        reasons: [ReasonChip],
        lever: LeverHint,
        state: ContactState,
        by: String? = nil
    ) {
        self.rank = rank
        self.identifier = identifier
        self.risk = risk
        self.gain = gain
        self.reasons = reasons
        self.lever = lever
        self.state = state
        self.by = by
    }

    /// What could help, in a few words.
    public enum LeverHint: Sendable, Equatable {
        /// This change, in the language of the page.
        case change(String)
        /// All allowed changes were tried, and none lowers the risk.
        case nothingHelps
        /// There are no levers, or they were not tried.
        case unknown
    }

    func html(_ filter: QueueFilter, _ frame: DeskFrame, chosen: String?) -> HTML {
        let language = frame.language
        let style: HTML =
            identifier == chosen
            ? " class=\"chosen\"" : state == .waiting ? "" : " class=\"done\""
        let current: HTML = identifier == chosen ? " aria-current=\"true\"" : ""
        let link = filter.address(customer: identifier) + "#customer"
        return """
            <tr\(style)><td>\(language.number(rank))</td>\
            <th scope="row"><a href="\(exact: link)"\(current)>\(identifier.clipped(to: 40))</a></th>\
            <td>\(RiskBar(fraction: risk).html)\(language.percent(risk))</td>\
            <td data-label="\(language("Expected gain", "Ganho esperado"))">\(language.number(gain, decimals: 2))</td>\
            <td>\(reasons.prefix(3).map { $0.html(language) })</td>\
            <td>\(told(language))</td><td>\(marking(frame))</td></tr>

            """
    }

    private func told(_ language: Language) -> HTML {
        switch lever {
        case .change(let text): "\(text.clipped(to: 60))"
        case .nothingHelps:
            "<span class=\"quiet\">\(language("nothing helps", "nada ajuda"))</span>"
        case .unknown: "<span class=\"quiet\">\(language("not known", "não se sabe"))</span>"
        }
    }

    private func marking(_ frame: DeskFrame) -> HTML {
        let language = frame.language
        guard state == .waiting else {
            let who: HTML = by.map { "\($0.clipped(to: 24)) " } ?? ""
            let undo: HTML =
                frame.mayAct
                ? """
                <button class="plain" name="mark" value="undo \(exact: identifier)" \
                aria-label="\(language("Undo", "Desfazer")): \(identifier.clipped(to: 40))">\(language("Undo", "Desfazer"))</button>
                """ : ""
            return "\(state.title(language))<small>\(who)\(undo)</small>"
        }
        guard frame.mayAct else {
            return "<span class=\"quiet\">\(ContactState.waiting.title(language))</span>"
        }
        let buttons = ContactState.marks.map { mark -> HTML in
            "<button name=\"mark\" value=\"\(mark.rawValue) \(exact: identifier)\">\(mark.action(language))</button>"
        }
        return """
            <details name="mark"><summary>\(language("Called…", "Contatado…"))\
            <span class="unseen"> \(identifier.clipped(to: 40))</span></summary><div>\(buttons)</div></details>
            """
    }
}
