public import Texts

extension LeverSearch {
    /// What was found for a customer, a sentence a line; whatever is told of a score that might be ends with `promise`.
    ///
    /// - Parameters:
    ///   - finding: Of a customer.
    ///   - language: In which it is told.
    /// - Returns: At least one sentence.
    public func sentences(_ finding: LeverFinding, _ language: Language) -> [String] {
        let target = Self.percent(finding.target, language)
        let count = language.number(finding.combinations)
        let isOne = finding.combinations == 1
        let combinations = language(
            isOne ? "The 1 allowed combination" : "None of the \(count) allowed combinations",
            isOne ? "A única combinação permitida" : "Nenhuma das \(count) combinações permitidas"
        )
        let lowers = isOne ? language("does not lower", "não reduz") : language("lowers", "reduz")
        switch finding.outcome {
        case .belowAlready:
            return [
                language(
                    "The score is below \(target) as it is; no lever is needed.",
                    "O escore já está abaixo de \(target); nenhuma alavanca é necessária."
                )
            ]
        case .tooMany:
            return [
                language(
                    "The levers allow \(count) combinations for this customer, more than are tried; nothing is known of them.",
                    "As alavancas permitem \(count) combinações para este cliente, mais do que se testam; nada se sabe delas."
                )
            ]
        case .none:
            guard finding.combinations > 0 else {
                return [
                    language(
                        "No lever can be moved for this customer.",
                        "Nenhuma alavanca pode ser movida para este cliente."
                    )
                ]
            }
            return [
                language(
                    "\(combinations) \(lowers) the score.",
                    "\(combinations) \(lowers) o escore."
                )
            ]
        case .reached:
            guard let best = finding.best else { return [] }
            return [whatIf(best, language), Self.promise(language)]
                + [
                    language(
                        isOne
                            ? "It is the only allowed combination, and lies below \(target)."
                            : "Of the \(count) allowed combinations it is the cheapest below \(target).",
                        isOne
                            ? "É a única combinação permitida, e fica abaixo de \(target)."
                            : "Das \(count) combinações permitidas é a mais barata abaixo de \(target)."
                    )
                ]
        case .lowest:
            guard let best = finding.best else { return [] }
            // Rounded down: no combination is below it.
            let floor = Self.percent(best.probability, language, down: true)
            return [
                language(
                    "\(combinations) \(lowers) the score below \(floor), and the target is \(target).",
                    "\(combinations) \(lowers) o escore abaixo de \(floor), e a meta é \(target)."
                ), whatIf(best, language), Self.promise(language),
            ]
        }
    }

    /// What stands wherever a score is shown that might be.
    public static func promise(_ language: Language) -> String {
        language(
            "That is no promise: only a campaign with a hold-out can tell.",
            "Não é promessa: só uma campanha com grupo de controle pode dizer."
        )
    }

    private func whatIf(_ best: LeverCombination, _ language: Language) -> String {
        let changes = best.changes.map { change in
            let value = ColumnValue(features[change.place], change.coded, change.to, language)
            let rare = language(" (rare in training)", " (raro no treino)")
            return "\(change.column) = \(value.short)" + (change.isRare ? rare : "")
        }
        .joined(separator: ", ")
        let score = Self.percent(best.probability, language)
        // A cost may be whole or have cents.
        let decimals = best.cost == best.cost.rounded() ? 0 : 2
        let cost = language.number(best.cost, decimals: decimals)
        let price =
            best.cost > 0 ? language(", at a cost of \(cost)", ", a um custo de \(cost)") : ""
        return language(
            "With \(changes) and all else equal, the model's score would be \(score)\(price).",
            "Com \(changes) e todo o resto igual, o escore seria \(score)\(price)."
        )
    }

    /// A probability in whole percent; with a decimal below ten.
    static func percent(_ probability: Double, _ language: Language, down: Bool = false) -> String {
        let decimals = probability < 0.0995 ? 1 : 0
        guard down else { return language.percent(probability, decimals: decimals) }
        let scale = decimals == 1 ? 1_000.0 : 100.0
        return language.percent((probability * scale).rounded(.down) / scale, decimals: decimals)
    }
}
