import Charts
import Evaluation
import Markup
import Output
import Texts

/// The sections for those who build and check the model.
extension HTMLSection {
    static func slices(_ evaluation: EvaluationReport, _ language: Language) -> HTMLSection {
        let (count, percent) = (language.form(.grouped(0)), language.form(.percent(1)))
        let names: [MetricName] = [.rocAUC, .precision, .recall, .ece]
        let few = language(" (few)", " (poucos)")
        let table = HTMLTable(
            caption: language("Groups of customers", "Grupos de clientes"),
            columns: [
                .text(language("Column", "Coluna")), .text(language("Level", "Nível")),
                .number(language("Customers", "Clientes")), .number(language("Left", "Saíram")),
            ] + names.map { .number($0 == .ece ? "ECE" : $0.title(language)) },
            rows: evaluation.slices.map { slice in
                let rate = slice.rows > 0 ? Double(slice.positives) / Double(slice.rows) : nil
                return [
                    slice.column, slice.levelName(language) + (slice.isSmall ? few : ""),
                    count.text(slice.rows), percent.text(rate),
                ] + names.map { language.form($0.format).text(slice.metrics[$0]?.value) }
            },
            quiet: Set(evaluation.slices.indices.filter { evaluation.slices[$0].isSmall }),
            language: language
        )
        return HTMLSection(
            id: "slices",
            title: language("Whether it serves every group", "Se serve a todos os grupos"),
            lead: language(
                "The same metrics for each level of the category columns. Small groups are set back: their numbers say little.",
                "As mesmas métricas para cada nível das colunas de categorias. Grupos pequenos ficam em segundo plano: seus números dizem pouco."
            ),
            charts: [
                .slices(evaluation, .rocAUC, language), .slices(evaluation, .recall, language),
            ],
            parts: [card(table)]
        )
    }

    static func training(_ content: ReportContent) -> HTMLSection {
        let language = content.language
        return HTMLSection(
            id: "training",
            title: language("How it was trained", "Como foi treinado"),
            lead: content.modelSummary + ".",
            charts: (content.learningCurve.isEmpty ? [] : [.learning(content)])
                + (content.treeCurve.isEmpty ? [] : [.trees(content)]),
            besides: facts(language("Settings", "Ajustes"), content.settings, language)
        )
    }

    static func data(_ content: ReportContent) -> HTMLSection {
        let language = content.language
        let used = content.columns.filter(\.isUsed)
        let unused = content.columns.filter { !$0.isUsed }
        func table(_ caption: String, _ note: String, _ columns: [ReportColumn]) -> HTML {
            guard !columns.isEmpty else { return "" }
            return card(
                HTMLTable(
                    caption: caption,
                    columns: [
                        .text(language("Column", "Coluna")), .text(language("Role", "Papel")),
                        .text(language("Type", "Tipo")), .text(note),
                    ],
                    rows: columns.map { [$0.name, $0.role, $0.type, $0.note] },
                    language: language
                )
            )
        }
        let (read, all) = (used.count, content.columns.count)
        let data = content.data.clipped(to: 80)
        return HTMLSection(
            id: "data",
            title: language("What it knows", "O que ele conhece"),
            lead: language(
                "The model reads \(read) of the \(all) columns of \(data).",
                "O modelo lê \(read) das \(all) colunas de \(data)."
            ),
            charts: [],
            parts: [
                table(
                    language("Columns that the model reads", "Colunas que o modelo lê"),
                    language("Values", "Valores"),
                    used
                ),
                table(
                    language("Other columns", "Outras colunas"),
                    language("Why", "Por quê"),
                    unused
                ),
            ]
        )
    }

    static func reproduction(_ content: ReportContent) -> HTMLSection {
        let language = content.language
        return HTMLSection(
            id: "reproduction",
            title: language("How to get it again", "Como obtê-lo de novo"),
            lead: language(
                "The same data, seed and version give the same bytes, on any number of threads.",
                "Os mesmos dados, semente e versão dão os mesmos bytes, com qualquer número de threads."
            ),
            charts: [],
            parts: [facts(language("Provenance", "Origem"), content.reproduction, language)]
        )
    }
}
