import Campaign
import Texts

extension WorthReport {
    /// What a reader should know before relying on it, the worst first.
    public var cautions: [String] {
        [contaminated, missed, reached, unknown, imbalance, costs, alone].compactMap(\.self)
    }

    /// Why somebody must look at the campaign, in a few words; empty where nobody must.
    public var alarm: String {
        var reasons: [String] = []
        if worth.verdict == .harms {
            reasons.append(
                language("contacting does harm; stop it", "contatar faz mal; pare")
            )
        }
        let count = worth.contamination.heldOutContacted
        if count > 0 {
            reasons.append(
                language(
                    "\(language.number(count)) held-out customers were contacted; find out by whom",
                    "\(language.number(count)) clientes do grupo de controle foram contatados; descubra por quem"
                )
            )
        }
        return reasons.joined(separator: "; ")
    }

    private var contaminated: String? {
        let found = worth.contamination
        guard found.isContaminated else { return nil }
        let count = language.number(found.heldOutContacted)
        let all = language.number(worth.heldOut.members)
        return language(
            "\(count) of \(all) held-out customers were contacted all the same: \(named(found.heldOutContactedNames, of: found.heldOutContacted)). They still count as held out, so the effect looks smaller than it is; find out who contacted them.",
            "\(count) de \(all) clientes do grupo de controle foram contatados mesmo assim: \(named(found.heldOutContactedNames, of: found.heldOutContacted)). Continuam contando como controle, e o efeito parece menor do que é; descubra quem os contatou."
        )
    }

    private var missed: String? {
        let found = worth.contamination
        guard found.notReached > 0 else { return nil }
        let count = language.number(found.notReached)
        let all = language.number(worth.contact.members)
        return language(
            "\(count) of \(all) customers to be contacted were not: \(named(found.notReachedNames, of: found.notReached)). They count as contacted, for that is what was decided.",
            "\(count) de \(all) clientes a contatar não foram contatados: \(named(found.notReachedNames, of: found.notReached)). Contam como contatados, pois foi o que se decidiu."
        )
    }

    private var reached: String? {
        guard let difference = worth.differenceOfReached else { return nil }
        return language(
            "Of those who were reached because of the campaign, the share that left is \(points(-difference)) points lower.",
            "Entre os que foram alcançados por causa da campanha, a parcela que saiu é \(points(-difference)) pontos menor."
        )
    }

    private var unknown: String? {
        let count = worth.contact.censored + worth.heldOut.censored
        guard count > 0 else { return nil }
        return language(
            "Nobody told what became of \(language.number(count)) customers whose \(horizonDays) days are over; they are left out until `retain outcomes` tells.",
            "Ninguém informou o que aconteceu com \(language.number(count)) clientes cujos \(horizonDays) dias terminaram; ficam de fora até que `retain outcomes` informe."
        )
    }

    /// Where outcomes are missing more in one arm, what is left may differ by more than the contact.
    private var imbalance: String? {
        func share(_ arm: ArmTally) -> Double {
            Double(arm.censored) / Double(max(1, arm.censored + arm.matured))
        }
        let (contact, heldOut) = (share(worth.contact), share(worth.heldOut))
        guard abs(contact - heldOut) > 0.05 else { return nil }
        return language(
            "Outcomes are missing for \(rate(contact)) of the contacted and \(rate(heldOut)) of the held-out: the comparison may be wrong until both are told alike.",
            "Faltam resultados de \(rate(contact)) dos contatados e \(rate(heldOut)) do controle: a comparação pode estar errada até que ambos sejam informados por igual."
        )
    }

    private var costs: String? {
        guard let found = worth.money, found.expectedCosts > 0 else { return nil }
        let count = language.number(found.expectedCosts)
        let all = language.number(found.contacted)
        return language(
            "For \(count) of \(all) contacted customers no cost was told; what was expected when the campaign was planned stands for it.",
            "Para \(count) de \(all) clientes contatados nenhum custo foi informado; vale o que se esperava no plano."
        )
    }

    private var alone: String? {
        guard let found = worth.money, found.notCompared > 0 else { return nil }
        return language(
            "\(language.number(found.notCompared)) matured customers are in blocks where nobody of the other group has matured; they count for the rates and not for the money.",
            "\(language.number(found.notCompared)) clientes maturados estão em blocos onde ninguém do outro grupo maturou; contam nas parcelas e não no dinheiro."
        )
    }

    private func named(_ names: [String], of count: Int) -> String {
        let list = names.joined(separator: ", ")
        guard count > names.count else { return list }
        let more = language.number(count - names.count)
        return list + language(" and \(more) more", " e mais \(more)")
    }
}
