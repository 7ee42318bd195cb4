private import Evaluation
public import Texts

/// What a retention team reads of a decision: how many, what that earns and how surely, what the hold-out costs, what to do.
public struct CampaignText {
    let decision: CampaignDecision
    let ends: String
    let language: Language
    private let files: (list: String, heldOut: String)?

    /// Tells of a decision.
    ///
    /// - Parameters:
    ///   - decision: The decision.
    ///   - ends: The day from which on its effect can be told.
    ///   - files: Where its files are; nil where that is not known.
    ///   - language: In which it is told.
    public init(
        _ decision: CampaignDecision,
        ends: some CustomStringConvertible,
        files: (list: String, heldOut: String)?,
        language: Language = .english
    ) {
        self.decision = decision
        self.ends = "\(ends)"
        self.files = files
        self.language = language
    }

    /// Several lines, without the last one's end.
    public var text: String {
        [head, money, limits, outside, next].filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private var head: String {
        let choice = decision.choice
        let holdOut = decision.holdOut
        let (chosen, considered) = (count(choice.chosen), count(choice.considered))
        var lines = [
            language(
                "Campaign \(decision.campaign): \(chosen) of \(considered) customers are chosen (contacting \(count(choice.paying)) would pay).",
                "Campanha \(decision.campaign): \(chosen) de \(considered) clientes foram escolhidos (contatar \(count(choice.paying)) compensaria)."
            )
        ]
        lines.append(
            language("  contact     ", "  contatar          ")
                + "\(pad(holdOut.contacted)) \(customers(holdOut.contacted))"
                + (files.map { ", \($0.list)" } ?? "")
        )
        if holdOut.customers == 0 {
            lines.append(
                language(
                    "  held out    nobody, so it can't be told afterwards whether contacting paid",
                    "  grupo de controle ninguém: depois não se poderá dizer se o contato compensou"
                )
            )
        } else {
            lines.append(
                language("  held out    ", "  grupo de controle ")
                    + "\(pad(holdOut.customers)) \(customers(holdOut.customers))"
                    + language(
                        ", drawn by lot and left alone",
                        holdOut.customers == 1
                            ? ", sorteado, que não se contata" : ", sorteados, que não se contatam"
                    ) + (files.map { ", \($0.heldOut)" } ?? "")
            )
        }
        if choice.worthless > 0 {
            lines.append(
                language(
                    "  left out    \(pad(choice.worthless)) \(customers(choice.worthless)) worth no more than the offer costs",
                    "  deixados de fora  \(pad(choice.worthless)) \(customers(choice.worthless)) que não \(choice.worthless == 1 ? "vale" : "valem") mais do que a oferta custa"
                )
            )
        }
        if decision.data.rejected > 0 {
            lines.append(
                language(
                    "  not scored  \(pad(decision.data.rejected)) rows of \(decision.data.name) that break the schema (retain check names them)",
                    "  sem escore        \(pad(decision.data.rejected)) linhas de \(decision.data.name) que violam o esquema (retain check as mostra)"
                )
            )
        }
        return lines.joined(separator: "\n")
    }

    private var limits: String {
        let choice = decision.choice
        var lines: [String] = []
        if let budget = decision.constraint.budget {
            let (cost, most) = (amount(choice.cost), amount(budget))
            let isCertain = decision.constraint.certain
            lines.append(
                language(
                    "Budget: \(cost) of \(most) is planned for all who are chosen\(isCertain ? ", whoever takes the offer." : ", on average.")",
                    "Orçamento: estão previstos \(cost) de \(most) para todos os escolhidos\(isCertain ? ", aceite quem aceitar a oferta." : ", em média.")"
                )
            )
            if let price = choice.perUnitOfBudget {
                lines.append(
                    language(
                        "One more unit of budget would earn about \(amount(price)).",
                        "Mais uma unidade de orçamento renderia cerca de \(amount(price))."
                    )
                )
            }
        }
        if let price = choice.perContact {
            lines.append(
                language(
                    "One more contact would earn about \(amount(price)).",
                    "Mais um contato renderia cerca de \(amount(price))."
                )
            )
        }
        let gap = language.percent(choice.gap, decimals: 4)
        lines.append(
            choice.gap == 0
                ? language(
                    "No other list within the limits earns more.",
                    "Nenhuma outra lista dentro dos limites rende mais."
                )
                : language(
                    "No other list within the limits earns \(gap) more.",
                    "Nenhuma outra lista dentro dos limites rende \(gap) a mais."
                )
        )
        lines.append(
            language(
                "The last of the list is expected to earn \(amount(choice.cut)).",
                "Do último da lista espera-se um ganho de \(amount(choice.cut))."
            )
        )
        return lines.joined(separator: "\n")
    }

    private var outside: String {
        guard !decision.justOutside.isEmpty else { return "" }
        let rows = decision.justOutside.map { near in
            [
                near.customer, near.offer, percent(near.probability), amount(near.expectedProfit),
                amount(near.expectedCost), amount(near.distance),
                near.isSkipped
                    ? language("too dear for what it earns", "caro demais pelo que rende") : "",
            ]
        }
        let titles = [
            language("customer", "cliente"), language("offer", "oferta"),
            language("leaves", "sai"), language("earns", "rende"), language("costs", "custa"),
            language("short by", "faltam"), "",
        ]
        let table = [titles] + rows
        let widths = titles.indices.map { column in table.map { $0[column].count }.max() ?? 0 }
        let lines = table.map { row in
            let cells = row.indices.map { column in
                let blank = String(repeating: " ", count: widths[column] - row[column].count)
                return (2 ... 5).contains(column) ? blank + row[column] : row[column] + blank
            }
            return "  "
                + String(
                    cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed()
                )
        }
        return ([language("Just outside:", "Logo atrás:")] + lines).joined(separator: "\n")
    }

    func amount(_ value: Double) -> String {
        language.number(value, decimals: abs(value) < 100 ? 2 : 0)
    }

    func percent(_ share: Double) -> String { language.percent(share, decimals: 1) }

    func count(_ number: Int) -> String { language.number(number) }

    private func customers(_ number: Int) -> String {
        number == 1 ? language("customer", "cliente") : language("customers", "clientes")
    }

    /// Counts one below the other.
    private func pad(_ number: Int) -> String {
        let width = count(decision.choice.considered).count
        let text = count(number)
        return String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
