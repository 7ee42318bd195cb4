import Charts
import Tracking

extension RunComparison {
    /// Runs that still stand side by side; of more, each has a line.
    static let mostColumns = 4
    /// Columns of a table in which each run has a line.
    private static let mostKeys = 7

    /// The comparison for a terminal.
    ///
    /// - Parameter now: Milliseconds since 1970.
    /// - Returns: Tables and a sentence, ended by a line break.
    public func text(now: Int64) -> String {
        let short = ShortIDs(runs)
        let overview = TextTable(
            columns: [
                ("RUN", .left), ("ID", .left), ("STATUS", .left), ("STARTED", .left),
                ("TOOK", .right),
            ],
            rows: runs.enumerated().map { place, run in
                [
                    labels[place], short.text(run), run.info.status.rawValue.lowercased(),
                    RunTime.ago(run.info.start, now: now),
                    RunTime.duration(from: run.info.start, to: run.info.end, now: now),
                ]
            },
            keepsCase: true
        ).text
        var blocks = [overview]
        blocks.append(
            params.isEmpty
                ? "No parameter differs.\n"
                : table("PARAMETER", params.map { ($0.key, $0.values.map { $0 ?? "-" }) }, .left)
        )
        blocks.append(
            metrics.isEmpty
                ? "No metric was logged.\n"
                : table("METRIC", metrics.map { ($0.key.name, cells($0)) }, .right) + legend
        )
        if let verdict { blocks.append(verdict + "\n") }
        return blocks.joined(separator: "\n")
    }

    private var legend: String {
        let marks = metrics.contains { !$0.best.isEmpty } ? ["* best."] : []
        let signs = runs.count > 1 && isWide ? ["Signed: difference from \(labels[0])."] : []
        let text = (marks + signs).joined(separator: " ")
        return text.isEmpty ? "" : text + "\n"
    }

    /// Whether runs stand side by side.
    private var isWide: Bool { runs.count <= Self.mostColumns }

    private func cells(_ row: MetricRow) -> [String] {
        row.values.indices.map { run in
            let mark = row.best.contains(run) ? "* " : ""
            let difference = isWide ? row.difference(run) : ""
            return mark + MetricText.text(row.values[run])
                + (difference.isEmpty ? "" : " " + difference)
        }
    }

    private func table(
        _ title: String,
        _ rows: [(key: String, cells: [String])],
        _ alignment: TextTable.Alignment
    ) -> String {
        guard !isWide else {
            return TextTable(
                columns: [(title, .left)] + labels.map { ($0, alignment) },
                rows: rows.map { [$0.key] + $0.cells },
                keepsCase: true
            ).text
        }
        let shown = rows.prefix(Self.mostKeys)
        let rest = rows.count - shown.count
        let more =
            rest > 0
            ? "\(rest) more: see --html, or compare at most \(Self.mostColumns) runs.\n" : ""
        return TextTable(
            columns: [("RUN", .left)] + shown.map { ($0.key, alignment) },
            rows: runs.indices.map { run in [labels[run]] + shown.map { $0.cells[run] } },
            keepsCase: true
        ).text + more
    }
}
