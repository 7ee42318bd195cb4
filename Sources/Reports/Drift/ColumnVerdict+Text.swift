import Drift
import Output
import Texts

extension ColumnVerdict {
    /// What is worst about it, in words.
    func finding(_ language: Language = .english) -> String {
        guard let worst else {
            return language("no values to compare", "não há valores a comparar")
        }
        let effect = language.form(.percent(1)).text(worst.effect)
        switch worst.kind {
        case .distribution:
            guard let means else {
                return language(
                    "\(effect) of the customers have another level",
                    "\(effect) dos clientes têm outro nível"
                )
            }
            let (before, now) = (
                means.reference.shortText(language), means.current.shortText(language)
            )
            return language(
                "\(effect) of the customers moved, mean \(before) → \(now)",
                "\(effect) dos clientes mudaram, média \(before) → \(now)"
            )
        case .missing: return language("empty in ", "vazia em ") + rates(worst, language)
        case .unseen:
            return language("unlisted levels in ", "níveis não listados em ")
                + rates(worst, language)
        }
    }

    private func rates(_ test: DriftTest, _ language: Language) -> String {
        let percent = language.form(.percent(1))
        let (before, now) = (percent.text(test.referenceRate), percent.text(test.currentRate))
        return language("\(before) → \(now) of the rows", "\(before) → \(now) das linhas")
    }

    /// The cells of a table after the name: drift, what, effect, threshold, p, PSI, mean before, mean now.
    func cells(_ language: Language) -> [String] {
        let percent = language.form(.percent(1))
        return [
            hasDrifted ? language("yes", "sim") : language("no", "não"),
            worst?.kind.title(language) ?? language("none", "nada"),
            percent.text(worst?.effect), percent.text(worst?.threshold),
            worst.map { Self.chance($0.adjustedPValue, language) } ?? language("n/a", "n/d"),
            language.form(.fixed(3)).text(distances.stabilityIndex),
            means?.reference.shortText(language) ?? "", means?.current.shortText(language) ?? "",
        ]
    }

    static func chance(_ p: Double, _ language: Language) -> String {
        p < 0.0001 ? language("< 0.0001", "< 0,0001") : language.form(.fixed(4)).text(p)
    }
}

extension DriftTest.Kind {
    /// What was tested, in a word; in English as programs read it.
    fileprivate func title(_ language: Language) -> String {
        switch self {
        case .distribution: language(rawValue, "distribuição")
        case .missing: language(rawValue, "vazios")
        case .unseen: language(rawValue, "não listados")
        }
    }
}

extension Double {
    /// Some four digits, enough to compare means by.
    fileprivate func shortText(_ language: Language) -> String {
        let decimals = magnitude >= 1_000 ? 0 : magnitude >= 10 ? 1 : magnitude >= 1 ? 2 : 4
        return language.form(.grouped(decimals)).text(self)
    }
}
