import Charts
import Drift
import Evaluation
import Output
import Texts

extension RowVerdict {
    /// The name under which whole rows stand beside columns.
    static func name(_ language: Language) -> String {
        language("(whole rows)", "(linhas inteiras)")
    }

    /// How many columns a sentence names.
    private static let mostNames = 5

    /// How well the rows can be told apart, in words.
    func finding(_ language: Language) -> String {
        let (fixed, count) = (language.form(.fixed(3)), language.form(.grouped(0)))
        let (now, before) = (count.text(currentRows), count.text(referenceRows))
        let (auc, low, high) = (
            fixed.text(area), fixed.text(interval.low), fixed.text(interval.high)
        )
        return language(
            "on \(now) current rows and \(before) of the reference that it has not learned from, the network tells both apart with AUC \(auc) (95 %: \(low) to \(high))",
            "em \(now) linhas atuais e \(before) da referência com que não aprendeu, a rede distingue umas das outras com AUC \(auc) (95 %: \(low) a \(high))"
        )
    }

    /// The columns by which the rows are told apart, the first first; nil where there is no drift.
    func telling(_ language: Language) -> String? {
        guard hasDrifted else { return nil }
        let names = columns.prefix(Self.mostNames).filter { $0.importance > 0 }.map {
            "\($0.name.printable.clipped(to: 40)) (\(language.form(.fixed(3)).text($0.importance)))"
        }
        return names.isEmpty ? nil : language("by ", "por ") + names.joined(separator: ", ")
    }

    /// What is found, as one sentence.
    func sentence(_ language: Language) -> String {
        language("Whole rows: ", "Linhas inteiras: ") + finding(language)
            + (telling(language).map { ", " + $0 } ?? "") + "."
    }

    /// The cells of a table, as a column's after its name.
    func cells(_ language: Language) -> [String] {
        let percent = language.form(.percent(1))
        return [
            Self.name(language), hasDrifted ? language("yes", "sim") : language("no", "não"),
            language("classifier", "classificador"), percent.text(effect),
            percent.text(threshold), ColumnVerdict.chance(pValue, language), "", "", "",
        ]
    }

    /// What each column gives away, as bars.
    func chart(_ language: Language) -> BarsChart {
        BarsChart(
            title: hasDrifted
                ? language("Columns that give it away", "Colunas que denunciam a mudança")
                : language("Nothing gives it away", "Nada denuncia a mudança"),
            summary: sentence(language),
            axis: Axis(
                language(
                    "fall of the AUC when the column is shuffled",
                    "queda da AUC ao embaralhar a coluna"
                ),
                language: language
            ),
            bars: columns.map { BarsChart.Bar($0.name, value: $0.importance) }
        )
    }
}
