import Charts
import Evaluation
import Markup
import Output

/// The sections for those who build and check the model.
extension HTMLSection {
    static func slices(_ evaluation: EvaluationReport) -> HTMLSection {
        let count = NumberFormat.grouped(0)
        let names: [MetricName] = [.rocAUC, .precision, .recall, .ece]
        let table = HTMLTable(
            caption: "Groups of customers",
            columns: [
                .text("Column"), .text("Level"), .number("Customers"), .number("Left"),
            ] + names.map { .number($0 == .ece ? "ECE" : $0.title) },
            rows: evaluation.slices.map { slice in
                let rate = slice.rows > 0 ? Double(slice.positives) / Double(slice.rows) : nil
                return [
                    slice.column, slice.levelName + (slice.isSmall ? " (few)" : ""),
                    count.text(slice.rows), NumberFormat.percent(1).text(rate),
                ] + names.map { $0.format.text(slice.metrics[$0]?.value) }
            },
            quiet: Set(evaluation.slices.indices.filter { evaluation.slices[$0].isSmall })
        )
        return HTMLSection(
            id: "slices",
            title: "Whether it serves every group",
            lead: "The same metrics for each level of the category columns. Small groups are set "
                + "back: their numbers say little.",
            charts: [.slices(evaluation, .rocAUC), .slices(evaluation, .recall)],
            parts: [card(table)]
        )
    }

    static func training(_ content: ReportContent) -> HTMLSection {
        HTMLSection(
            id: "training",
            title: "How it was trained",
            lead: content.modelSummary + ".",
            charts: (content.learningCurve.isEmpty ? [] : [.learning(content)])
                + (content.treeCurve.isEmpty ? [] : [.trees(content)]),
            besides: facts("Settings", content.settings)
        )
    }

    static func data(_ content: ReportContent) -> HTMLSection {
        let used = content.columns.filter(\.isUsed)
        let unused = content.columns.filter { !$0.isUsed }
        func table(_ caption: String, _ note: String, _ columns: [ReportColumn]) -> HTML {
            guard !columns.isEmpty else { return "" }
            return card(
                HTMLTable(
                    caption: caption,
                    columns: [.text("Column"), .text("Role"), .text("Type"), .text(note)],
                    rows: columns.map { [$0.name, $0.role, $0.type, $0.note] }
                )
            )
        }
        return HTMLSection(
            id: "data",
            title: "What it knows",
            lead: "The model reads \(used.count) of the \(content.columns.count) columns of "
                + "\(content.data.clipped(to: 80)).",
            charts: [],
            parts: [
                table("Columns that the model reads", "Values", used),
                table("Other columns", "Why", unused),
            ]
        )
    }

    static func reproduction(_ content: ReportContent) -> HTMLSection {
        HTMLSection(
            id: "reproduction",
            title: "How to get it again",
            lead: "The same data, seed and version give the same bytes, on any number of threads.",
            charts: [],
            parts: [facts("Provenance", content.reproduction)]
        )
    }
}
