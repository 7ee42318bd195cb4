import Markup
import Texts

/// Something that was said of a customer.
public struct CustomerEvent: Sendable {
    /// When it was said, in milliseconds since 1970.
    public var date: Int64
    /// What was said.
    public var kind: Kind
    /// Who said so; nil where that is not known.
    public var by: String?
    /// For which campaign; nil for none.
    public var campaign: String?

    /// What can be said.
    public enum Kind: Sendable {
        /// What became of a contact.
        case mark(ContactState)
        /// What came second, after somebody had said something else, and does not count.
        case setAside(ContactState)
        /// A mark was taken back.
        case undone
        /// The customer was still there.
        case stayed
        /// The lot left the customer alone.
        case heldOut
        /// A campaign put the customer on its list.
        case listed
    }

    /// Creates an event.
    public init(
        date: Int64,
        kind: Kind,
        by: String? = nil,
        campaign: String? = nil
    ) {
        self.date = date
        self.kind = kind
        self.by = by
        self.campaign = campaign
    }

    func html(_ language: Language) -> HTML {
        let words =
            switch kind {
            case .mark(let state): state.action(language)
            case .setAside(let state):
                language(
                    "\(state.action(language)): came second and is set aside",
                    "\(state.action(language)): veio depois e foi deixado de lado"
                )
            case .undone: language("Mark taken back", "Marca desfeita")
            case .stayed: language("Still a customer", "Continua cliente")
            case .heldOut: language("Held out by lot", "Fora do contato por sorteio")
            case .listed: language("Put on the list", "Entrou na lista")
            }
        let rest = [campaign, by].compactMap(\.self).joined(separator: ", ")
        let tail: HTML = rest.isEmpty ? "" : " <span class=\"quiet\">\(rest)</span>"
        return """
            <li><time datetime="\(Language.machineMoment(date))">\(language.moment(date))</time> \(words)\(tail)</li>

            """
    }
}
