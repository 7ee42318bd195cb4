import Markup
import Texts

/// How the open campaign's list stands.
public struct QueueSummary: Sendable {
    /// The campaign's name.
    public var campaign: String
    /// How many customers the list has.
    public var customers: Int
    /// How many of them are in each state; states that nobody is in may be absent.
    public var states: [ContactState: Int]
    /// What those still to be called are expected to earn together; nil where that is not known.
    public var expected: Estimate?
    /// How many customers were left alone at random.
    public var heldOut: Int
    /// When the next list comes, in milliseconds since 1970; nil where none is planned.
    public var nextList: Int64?
    /// The version that the list was made with, where another answers now; nil where it is the same.
    public var madeWith: String?
    /// When this was read from the record, in milliseconds since 1970: marks that others make later are not overwritten.
    public var asOf: Int64

    /// Creates a summary.
    public init(
        campaign: String,
        customers: Int,
        states: [ContactState: Int],
        expected: Estimate? = nil,
        heldOut: Int,
        nextList: Int64? = nil,
        madeWith: String? = nil,
        asOf: Int64
    ) {
        self.campaign = campaign
        self.customers = customers
        self.states = states
        self.expected = expected
        self.heldOut = heldOut
        self.nextList = nextList
        self.madeWith = madeWith
        self.asOf = asOf
    }

    var waiting: Int { max(0, customers - called) }
    var called: Int { ContactState.marks.map { states[$0] ?? 0 }.reduce(0, +) }

    func html(_ frame: DeskFrame) -> HTML {
        let language = frame.language
        return """
            <section class="card hero" id="summary" aria-labelledby="summary-title">
            <div><h1 id="summary-title">\(headline(language))</h1>
            <p class="lead">\(sentences(language).joined(separator: " "))</p></div>
            <div class="progress">\(RiskBar(fraction: fraction, style: "bar wide model").html)
            <p class="quiet">\(progress(language))</p></div>
            </section>
            """
    }

    private var fraction: Double { customers > 0 ? Double(called) / Double(customers) : 0 }

    private func headline(_ language: Language) -> String {
        let (left, all) = (language.number(waiting), language.number(customers))
        guard waiting > 0 else {
            return language(
                "All \(all) of this list have been called.",
                "Todos os \(all) desta lista já foram contatados."
            )
        }
        return waiting == 1
            ? language(
                "One of today’s \(all) is still to be called.",
                "Falta contatar um dos \(all) de hoje."
            )
            : language(
                "\(left) of today’s \(all) are still to be called.",
                "Faltam contatar \(left) dos \(all) de hoje."
            )
    }

    private func sentences(_ language: Language) -> [String] {
        var told: [String] = []
        if let expected, waiting > 0 {
            let amount = expected.told(language)
            told.append(
                language(
                    "Together they are expected to earn \(amount).",
                    "Juntos, devem render \(amount)."
                )
            )
        }
        let parts = ContactState.marks.filter { (states[$0] ?? 0) > 0 }
            .map { $0.told(states[$0] ?? 0, language) }
        if !parts.isEmpty {
            let list = parts.joined(separator: ", ")
            let number = language.number(called)
            told.append(
                language("\(number) called: \(list).", "\(number) contatados: \(list).")
            )
        }
        if heldOut > 0 {
            let number = language.count(heldOut, ("customer", "customers"), ("cliente", "clientes"))
            told.append(
                language(
                    "\(number) \(heldOut == 1 ? "is" : "are") held out at random, so that we learn whether calling helps.",
                    "\(number) fora do contato por sorteio, para sabermos se contatar ajuda."
                )
            )
        }
        if let madeWith {
            told.append(
                language(
                    "A newer model answers now; this list keeps \(madeWith), with which it was made.",
                    "Um modelo mais novo responde agora; esta lista mantém \(madeWith), com o qual foi feita."
                )
            )
        }
        return told
    }

    private func progress(_ language: Language) -> HTML {
        let done = language(
            "\(language.number(called)) of \(language.number(customers)) called",
            "\(language.number(called)) de \(language.number(customers)) contatados"
        )
        let next: HTML =
            nextList.map {
                let day = "\(language.weekday($0)), \(language.date($0))"
                return " · \(language("next list on \(day)", "próxima lista: \(day)"))"
            } ?? ""
        let outside = language("who stands just outside", "quem ficou logo fora")
        return "\(done)\(next) · <a href=\"#outside\">\(outside)</a>"
    }
}
