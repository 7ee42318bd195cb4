import Charts
import Drift
import Evaluation
import Output

extension RowVerdict {
    /// The name under which whole rows stand beside columns.
    static let name = "(whole rows)"

    /// How many columns a sentence names.
    private static let mostNames = 5

    /// How well the rows can be told apart, in words.
    var finding: String {
        let fixed = NumberFormat.fixed(3)
        let count = NumberFormat.grouped(0)
        return "on \(count.text(currentRows)) current rows and \(count.text(referenceRows)) of the "
            + "reference that it has not learned from, the network tells both apart with AUC \(fixed.text(area)) "
            + "(95 %: \(fixed.text(interval.low)) to \(fixed.text(interval.high)))"
    }

    /// The columns by which the rows are told apart, the first first; nil where there is no drift.
    var telling: String? {
        guard hasDrifted else { return nil }
        let names = columns.prefix(Self.mostNames).filter { $0.importance > 0 }.map {
            "\($0.name.printable.clipped(to: 40)) (\(NumberFormat.fixed(3).text($0.importance)))"
        }
        return names.isEmpty ? nil : "by " + names.joined(separator: ", ")
    }

    /// What is found, as one sentence.
    var sentence: String {
        "Whole rows: " + finding + (telling.map { ", " + $0 } ?? "") + "."
    }

    /// The cells of a table, as a column's.
    var cells: [String] {
        let percent = NumberFormat.percent(1)
        return [
            Self.name, hasDrifted ? "yes" : "no", "classifier", percent.text(effect),
            percent.text(threshold), ColumnVerdict.chance(pValue), "", "", "",
        ]
    }

    /// What each column gives away, as bars.
    var chart: BarsChart {
        BarsChart(
            title: hasDrifted ? "Columns that give it away" : "Nothing gives it away",
            summary: sentence,
            axis: Axis("fall of the AUC when the column is shuffled"),
            bars: columns.map { BarsChart.Bar($0.name, value: $0.importance) }
        )
    }
}

extension DriftReport {
    /// What is said of whole rows: the result, or why there is none.
    var rowSentence: String {
        if let rows = verdict.rows { return rows.sentence }
        return hasRows
            ? "Whole rows are not compared: each side needs \(2 * RowVerdict.leastRows) rows."
            : "Whole rows are not compared: a model has none of the reference's; give them with --rows FILE."
    }

    /// One line of a table for each column, the score, and whole rows.
    var lines: [(cells: [String], hasDrifted: Bool)] {
        all.map { ($0.cells, $0.hasDrifted) }
            + (verdict.rows.map { [($0.cells, $0.hasDrifted)] } ?? [])
    }
}
