import Schema
public import Texts

extension ReasonTeller {
    /// Why a customer has this score, a sentence a line.
    ///
    /// Points are whole and add up: the average and all of them are the score. Columns with fewer than the least points,
    /// and those that may not be named, are the last line together.
    ///
    /// - Parameters:
    ///   - reasons: Of the customer.
    ///   - count: How many columns are named at most.
    ///   - language: In which it is told.
    /// - Returns: First the score, then the columns, the greatest first.
    /// - Complexity: O(features log features).
    public func sentences(
        _ reasons: CustomerReasons,
        count: Int,
        _ language: Language
    ) -> [String] {
        let shown = told(reasons, count: count)
        var lines = [Self.score(reasons, language)]
        for (reason, points) in zip(shown.reasons, shown.points) {
            lines.append("\(Self.points(points, language)): \(sentence(reason, language))")
        }
        if shown.others != 0 {
            let words = language("all other columns.", "todas as outras colunas.")
            lines.append("\(Self.points(shown.others, language)): \(words)")
        }
        if let last = shown.reasons.last, let next = shown.equal {
            lines.append(
                language(
                    "\(next.column) counts as much as \(last.column): less than half a point lies between them.",
                    "\(next.column) pesa tanto quanto \(last.column): menos de meio ponto os separa."
                )
            )
        }
        return lines
    }

    /// What stands under reasons wherever they are shown.
    public static func disclaimer(_ language: Language) -> String {
        language(
            "The points say how the model reaches its score, not why a customer would leave, nor that changing a value would change it.",
            "Os pontos dizem como o modelo chega ao escore; não dizem por que o cliente sairia, nem que mudar um valor mudaria isso."
        )
    }

    /// How near mean scores over the reference customers are to those over the training rows.
    public static func nearness(_ error: Double, of count: Int, _ language: Language) -> String {
        let points = language.number(100 * error, decimals: 2)
        return language(
            "Points are told against \(count) reference customers who are nobody, and who stand for those of training to within about \(points) points.",
            "Os pontos são contados a partir de \(count) clientes de referência que não são ninguém e que representam os do treino com erro de cerca de \(points) ponto."
        )
    }

    /// The reasons that are told, with whole points.
    package struct Told {
        package var reasons: [Reason]
        package var points: [Int]
        package var others: Int
        /// The first column that is not named and could as well have been.
        var equal: Reason?
    }

    package func told(_ reasons: CustomerReasons, count: Int) -> Told {
        let total = Self.whole(reasons.probability) - Self.whole(reasons.base)
        let able = reasons.reasons.filter { 100 * $0.points.magnitude >= leastPoints }
        var shown = Array(able.prefix(max(0, count)))
        let sum = 100 * (reasons.probability - reasons.base)
        while true {
            let named = shown.map { 100 * $0.points }
            // The rest is what makes the whole, so that it takes up errors of rounding.
            let whole = WholePoints.rounded(named + [sum - named.reduce(0, +)], total: total)
            // No line says that a column adds nothing.
            guard let empty = whole.dropLast().lastIndex(of: 0) else {
                let next = able.dropFirst(shown.count).first
                let equal = next.flatMap { next -> Reason? in
                    guard shown.count == count, let last = shown.last else { return nil }
                    let gap = last.points.magnitude - next.points.magnitude
                    return 100 * gap < 0.5 ? next : nil
                }
                return Told(
                    reasons: shown,
                    points: Array(whole.dropLast()),
                    others: whole[whole.count - 1],
                    equal: equal
                )
            }
            shown.remove(at: empty)
        }
    }

    package static func whole(_ probability: Double) -> Int { Int((100 * probability).rounded()) }

    private static func score(_ reasons: CustomerReasons, _ language: Language) -> String {
        let (score, base) = (whole(reasons.probability), whole(reasons.base))
        let average = "\(base)\u{A0}%"
        let head = language("Score \(score)\u{A0}%", "Escore de \(score)\u{A0}%")
        let count = abs(score - base)
        guard count > 0 else {
            return head
                + language(": the average is \(average), too.", ": a média também é \(average).")
        }
        let far = amount(count, language)
        return score > base
            ? head
                + language(
                    ": \(far) above the average of \(average).",
                    ": \(far) acima da média de \(average)."
                )
            : head
                + language(
                    ": \(far) below the average of \(average).",
                    ": \(far) abaixo da média de \(average)."
                )
    }

    /// `+18 points`, `−1 ponto`.
    static func points(_ count: Int, _ language: Language) -> String {
        (count > 0 ? "+" : count < 0 ? "\u{2212}" : "") + amount(abs(count), language)
    }

    private static func amount(_ count: Int, _ language: Language) -> String {
        language("\(count) point\(count == 1 ? "" : "s")", "\(count) ponto\(count == 1 ? "" : "s")")
    }

    private func sentence(_ reason: Reason, _ language: Language) -> String {
        let place = reason.place
        let value = ColumnValue(features[place], reason.coded, reason.value, language)
        let standing = samples[place].flatMap { sample -> String? in
            guard reason.coded.isFinite else { return nil }
            return Self.told(Standing(of: reason.coded, in: sample), language)
        }
        return value.sentence + (standing.map { " (\($0))" } ?? "") + "."
    }

    /// Where a number stands, as `higher than 93 % of customers`; rounded down, so that it is true.
    package static func told(_ standing: Standing, _ language: Language) -> String {
        let (below, above) = (standing.below, standing.above)
        let share = max(below, above)
        if share >= 1 {
            return below >= 1
                ? language(
                    "higher than in all training rows",
                    "maior que em todas as linhas do treino"
                )
                : language(
                    "lower than in all training rows",
                    "menor que em todas as linhas do treino"
                )
        }
        let same = 1 - below - above
        if same > share {
            let percent = percent(same)
            return language("as \(percent) of customers have it", "como \(percent) dos clientes")
        }
        let percent = percent(share)
        return below >= above
            ? language(
                "higher than \(percent) of customers",
                "maior que o de \(percent) dos clientes"
            )
            : language(
                "lower than \(percent) of customers",
                "menor que o de \(percent) dos clientes"
            )
    }

    private static func percent(_ share: Double) -> String {
        "\(Int((100 * share + 1e-9).rounded(.down)))\u{A0}%"
    }
}
