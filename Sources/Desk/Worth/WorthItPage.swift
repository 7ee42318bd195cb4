import Charts
import Markup
import Texts

/// Whether a campaign was worth it.
public struct WorthItPage: DeskPage, FramedPage {
    /// The campaign's name; nil where there is none to judge.
    public var campaign: String?
    /// All campaigns, to choose another.
    public var campaigns: [String]
    /// The verdict in a sentence, in the language of the page.
    public var verdict: String
    /// Whether somebody must act: calling does harm, or the comparison is spoilt.
    public var isAlarming: Bool
    /// What there is to know, a sentence each.
    public var findings: [String]
    /// What to know before relying on it, the worst first.
    public var cautions: [String]
    /// How many customers calling has kept; nil before that can be said.
    public var saved: Estimate?
    /// What that earned beyond its cost; nil before that can be said.
    public var money: Estimate?
    /// About how many more customers must mature for a verdict; nil where there is one, or it can't be said.
    public var customersMissing: Int?
    /// How the evidence grew with the customers whose days are over, the fewest first.
    public var evidence: [Evidence]
    /// Those called and those left alone.
    public var arms: [Arm]

    /// The evidence of so many customers.
    public struct Evidence: Sendable {
        /// Whose days were over.
        public var customers: Int
        /// The e-value for calling to help; 20 claims.
        public var worksValue: Double
        /// The e-value for calling to harm.
        public var harmsValue: Double

        /// Creates a point.
        public init(
            customers: Int,
            worksValue: Double,
            harmsValue: Double
        ) {
            self.customers = customers
            self.worksValue = worksValue
            self.harmsValue = harmsValue
        }
    }

    /// One of the two groups.
    public struct Arm: Sendable {
        /// Whether its customers are called.
        public var isContacted: Bool
        /// How many customers it has.
        public var members: Int
        /// Of how many the horizon is over and the outcome known.
        public var matured: Int
        /// How many of those left.
        public var left: Int
        /// The part that left, with its interval; nil where nobody has matured.
        public var rate: Estimate?

        /// Creates a group.
        public init(
            isContacted: Bool,
            members: Int,
            matured: Int,
            left: Int,
            rate: Estimate? = nil
        ) {
            self.isContacted = isContacted
            self.members = members
            self.matured = matured
            self.left = left
            self.rate = rate
        }
    }

    /// Creates a page.
    public init(
        campaign: String? = nil,
        campaigns: [String],
        verdict: String,
        isAlarming: Bool,
        findings: [String],
        cautions: [String],
        saved: Estimate? = nil,
        money: Estimate? = nil,
        customersMissing: Int? = nil,
        evidence: [Evidence],
        arms: [Arm]
    ) {
        self.campaign = campaign
        self.campaigns = campaigns
        self.verdict = verdict
        self.isAlarming = isAlarming
        self.findings = findings
        self.cautions = cautions
        self.saved = saved
        self.money = money
        self.customersMissing = customersMissing
        self.evidence = evidence
        self.arms = arms
    }

    /// The whole document.
    public func document(in frame: DeskFrame) -> String { frame.document(self) }

    var section: DeskSection? { .worth }

    func title(_ language: Language) -> String { DeskSection.worth.title(language) }

    func content(_ frame: DeskFrame) -> HTML {
        let language = frame.language
        guard let campaign else {
            let words = language(
                "There is no campaign to judge yet. Once its days are over for some customers, this page tells whether calling kept them.",
                "Ainda não há campanha para julgar. Quando os dias terminarem para alguns clientes, esta página diz se contatar os manteve."
            )
            return "<h1>\(title(language))</h1><div class=\"card empty\"><p>\(words)</p></div>"
        }
        let warnings: HTML =
            cautions.isEmpty
            ? ""
            : """
            <section class="card caution" aria-labelledby="cautions"><h2 id="cautions">\(language("Before you rely on it", "Antes de confiar"))</h2>
            <ul class="findings">\(cautions.map { "<li>\($0)</li>\n" as HTML })</ul></section>
            """
        let alarm: HTML = isAlarming ? " alarm" : ""
        return """
            <div class="head"><h1>\(title(language))</h1>\(choice(campaign, language))</div>
            <section class="card\(alarm)" aria-label="\(language("Verdict", "Veredito"))"><p class="verdict">\(verdict)</p>
            <ul class="findings">\(findings.map { "<li>\($0)</li>\n" as HTML })</ul></section>
            \(Tile.html(tiles(language)))
            <div class="pair">\(curve(language))<div class="card">\(groups(language).html)
            <p class="quiet small">\(language("Who is left alone was drawn by lot, so what differs between the groups is calling, and chance.", "Quem fica de fora foi sorteado; assim, o que difere entre os grupos é o contato, e o acaso."))</p></div></div>
            \(warnings)
            """
    }

    private func choice(_ campaign: String, _ language: Language) -> HTML {
        guard campaigns.count > 1 else { return "<p class=\"quiet\">\(campaign)</p>" }
        let field = FormField(
            name: "campaign",
            id: "campaign",
            label: language("Campaign", "Campanha"),
            control: .choice(campaigns.map { FieldOption(value: $0, text: $0.clipped(to: 60)) }),
            value: campaign
        )
        return """
            <form method="get" class="line" action="\(DeskSection.worth.path)">\(field.html)<button>\(language("Show", "Mostrar"))</button></form>
            """
    }
}
