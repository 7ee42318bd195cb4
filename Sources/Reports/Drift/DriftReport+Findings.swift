import Charts
import Drift
import Output
import Texts

/// What was found, in sentences of a language: English for terminals and programs, either on pages.
extension DriftReport {
    func headline(in language: Language) -> String {
        let (drifted, all) = (verdict.drifted, verdict.columns.count)
        let others = [
            verdict.score?.hasDrifted == true ? language("the score", "o escore") : nil,
            verdict.rows?.hasDrifted == true ? language("whole rows", "as linhas inteiras") : nil,
        ].compactMap(\.self)
        let rest = others.joined(separator: language(" and ", " e "))
        // "The score does", "whole rows do".
        let isOne = others.count == 1 && verdict.score?.hasDrifted == true
        let (verb, verbo) = (isOne ? "does" : "do", isOne ? "mudou" : "mudaram")
        guard !drifted.isEmpty else {
            return others.isEmpty
                ? language(
                    "No drift in \(all) columns.",
                    "Nenhuma deriva em \(all) \(all == 1 ? "coluna" : "colunas")."
                )
                : language(
                    "No column drifts, but \(rest) \(verb).",
                    "Nenhuma coluna mudou, mas \(rest) \(verbo)."
                )
        }
        let names = drifted.prefix(5).map { $0.name.printable.clipped(to: 40) }
        let left = drifted.count - names.count
        let more = left > 0 ? language(" and \(left) more", " e mais \(left)") : ""
        let count = drifted.count
        return language(
            "\(count) of \(all) columns \(count == 1 ? "drifts" : "drift"): ",
            "\(count) de \(all) \(all == 1 ? "coluna" : "colunas") \(count == 1 ? "mudou" : "mudaram"): "
        )
            + names.joined(separator: ", ") + more
            + (others.isEmpty
                ? "." : language("; so \(verb) \(rest).", "; também \(rest) \(verbo)."))
    }

    func rule(in language: Language) -> String {
        let count = language.form(.grouped(0))
        let (now, before) = (count.text(verdict.currentRows), count.text(verdict.referenceRows))
        let rate = language.form(.percent(0)).text(verdict.rate)
        let floor = language.form(.percent(1)).text(verdict.floor)
        return language(
            "\(now) customers compared with \(before). A column drifts where chance is no explanation (of all alarms at most \(rate) are expected to be false) and more of the customers moved than \(floor) and than chance moves between random parts of the reference.",
            "\(now) clientes comparados com \(before). Uma coluna mudou onde o acaso não explica (de todos os alarmes, espera-se no máximo \(rate) falsos) e mudaram mais clientes do que \(floor) e do que o acaso muda entre partes aleatórias da referência."
        )
    }

    func cautions(in language: Language) -> [String] {
        let count = language.form(.grouped(0))
        var cautions: [String] = []
        if unreadableRows > 0 {
            let rows = count.text(unreadableRows)
            cautions.append(
                language(
                    "\(rows) rows can't be read and are left out.",
                    unreadableRows == 1
                        ? "1 linha não pode ser lida e fica de fora."
                        : "\(rows) linhas não podem ser lidas e ficam de fora."
                )
            )
        }
        if let refusedRows, refusedRows > 0 {
            let rows = count.text(refusedRows)
            cautions.append(
                language(
                    "\(rows) rows break the model's schema: they count in the columns but have no score.",
                    refusedRows == 1
                        ? "1 linha viola o esquema do modelo: conta nas colunas, mas não tem escore."
                        : "\(rows) linhas violam o esquema do modelo: contam nas colunas, mas não têm escore."
                )
            )
        }
        return cautions
    }

    /// What is said of whole rows: the result, or why there is none.
    func rowSentence(_ language: Language) -> String {
        if let rows = verdict.rows { return rows.sentence(language) }
        let least = 2 * RowVerdict.leastRows
        return hasRows
            ? language(
                "Whole rows are not compared: each side needs \(least) rows.",
                "Linhas inteiras não são comparadas: cada lado precisa de \(least) linhas."
            )
            : language(
                "Whole rows are not compared: a model has none of the reference's; give them with --rows FILE.",
                "Linhas inteiras não são comparadas: um modelo não guarda as da referência; informe-as com --rows ARQUIVO."
            )
    }

    /// What a reader calls a column; the score is none of the file's.
    func name(of column: ColumnVerdict, _ language: Language) -> String {
        column == verdict.score ? language(column.name, "escore") : column.name
    }

    /// One line of a table for each column, the score, and whole rows.
    func lines(_ language: Language = .english) -> [(cells: [String], hasDrifted: Bool)] {
        all.map { ([name(of: $0, language)] + $0.cells(language), $0.hasDrifted) }
            + (verdict.rows.map { [($0.cells(language), $0.hasDrifted)] } ?? [])
    }

    /// The titles of the cells of a line; whether each is a number.
    static func titles(
        _ language: Language = .english
    ) -> [(title: String, isNumber: Bool)] {
        [
            (language("Column", "Coluna"), false), (language("Drift", "Deriva"), false),
            (language("What", "O quê"), false), (language("Effect", "Efeito"), true),
            (language("Threshold", "Limiar"), true), ("p", true), ("PSI", true),
            (language("Mean before", "Média antes"), true),
            (language("Mean now", "Média agora"), true),
        ]
    }
}
