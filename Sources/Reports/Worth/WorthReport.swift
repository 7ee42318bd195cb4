public import Campaign
import Evaluation
public import Texts

/// Whether a campaign was worth it, for the people who called: sentences, tables and charts in their language.
public struct WorthReport: Sendable {
    /// The campaign's name.
    public let name: String
    /// Within how many days leaving counts.
    public let horizonDays: Int
    /// The day for which it is told, as 2026-11-29.
    public let asOf: String
    /// What there is to tell.
    public let worth: CampaignWorth
    /// In which language it is told.
    public let language: Language

    /// Creates a report.
    public init(
        name: String,
        horizonDays: Int,
        asOf: String,
        worth: CampaignWorth,
        language: Language = .english
    ) {
        self.name = name
        self.horizonDays = horizonDays
        self.asOf = asOf
        self.worth = worth
        self.language = language
    }

    /// What can be said, in one sentence.
    public var headline: String {
        switch worth.verdict {
        case .nothingYet where worth.members > 0 && worth.contact.open + worth.heldOut.open == 0:
            language(
                "Nothing can be said: nobody told what became of the customers.",
                "Nada se pode dizer: ninguém informou o que aconteceu com os clientes."
            )
        case .nothingYet:
            language(
                "Nothing can be said yet: no customer's \(horizonDays) days are over with a known outcome.",
                "Ainda não se pode dizer nada: para nenhum cliente os \(horizonDays) dias terminaram com resultado conhecido."
            )
        case .oneArm where worth.heldOut.members == 0:
            language(
                "Nobody was held out, so there is nothing to compare with.",
                "Ninguém ficou no grupo de controle, então não há com o que comparar."
            )
        case .oneArm:
            language(
                "There is nothing to compare yet: so far only \(worth.heldOut.matured == 0 ? "contacted" : "held-out") customers have matured.",
                "Ainda não há o que comparar: até agora só maturaram clientes \(worth.heldOut.matured == 0 ? "contatados" : "do grupo de controle")."
            )
        case .works: worksHeadline
        case .harms:
            language(
                "It does harm: more customers leave where they are contacted. Stop contacting.",
                "Faz mal: mais clientes saem quando são contatados. Pare de contatar."
            )
        case .noEvidence:
            language(
                "No evidence: the difference may well be chance.",
                "Sem evidência: a diferença pode muito bem ser acaso."
            )
        case .noEvidenceYet(let more): waitingHeadline(more)
        }
    }

    private var worksHeadline: String {
        let money = worth.isFinished ? worth.money?.interval : worth.moneySequence.interval
        if let money, money.low > 0 {
            return language(
                "It was worth it: customers stayed because they were contacted, and that earned more than it cost.",
                "Valeu a pena: clientes ficaram porque foram contatados, e isso rendeu mais do que custou."
            )
        }
        if let money, money.high < 0 {
            return language(
                "It keeps customers and does not pay: it costs more than they bring.",
                "Retém clientes e não compensa: custa mais do que eles trazem."
            )
        }
        return language(
            "It keeps customers; whether it pays can't be told yet.",
            "Retém clientes; se compensa, ainda não se pode dizer."
        )
    }

    private func waitingHeadline(_ more: Int?) -> String {
        guard let more else {
            return language(
                "No evidence yet, and nothing points to an effect so far.",
                "Ainda sem evidência, e nada até agora aponta para um efeito."
            )
        }
        let count = language.number(Self.rounded(more))
        let lead = language(
            "No evidence yet: about \(count) more matured customers at this rate",
            "Ainda sem evidência: cerca de \(count) clientes maturados a mais neste ritmo"
        )
        guard more > worth.missing else { return lead + "." }
        return lead
            + language(
                "; only \(language.number(worth.missing)) are to come.",
                "; só faltam \(language.number(worth.missing))."
            )
    }

    /// Two digits are all that an estimate of customers to come is good for.
    static func rounded(_ count: Int) -> Int {
        var unit = 1
        while count / unit >= 100 { unit *= 10 }
        return (count + unit / 2) / unit * unit
    }

    /// An amount of money: whole from a hundred on.
    func money(_ value: Double) -> String {
        language.number(value, decimals: value.magnitude >= 99.5 ? 0 : 2)
    }

    /// A difference of rates in points: `8.9`.
    func points(_ value: Double) -> String { language.number(value * 100, decimals: 1) }

    /// An interval in brackets.
    func bracketed(
        _ interval: ConfidenceInterval?,
        anyTime: Bool = false,
        _ text: (Double) -> String
    ) -> String {
        guard let interval else { return "" }
        let lead =
            anyTime ? language("95 % at any time", "95 % a qualquer momento") : "95 %"
        return
            " (\(lead): \(text(interval.low)) \(language("to", "a")) \(text(interval.high)))"
    }
}
