import Charts

extension RetrainingReport {
    /// What was found and what is done, for a reader.
    public var text: String {
        var lines = [headline]
        lines += decision.reasons.map { "  because \($0.explanation)" }
        lines += decision.remarks.map { "  \($0)" }
        if let rows { lines += rows.lines }
        if decision.verdict == .retrain, isDryRun {
            lines.append(
                "Dry run: would train \(kind.rawValue) with seed \(seed), register it as the next version of"
                    + " \(model) with the alias \(Champion.challengerAlias), and make it the champion if the gate"
                    + " lets it through. Nothing was changed."
            )
        }
        return lines.map(\.printable).joined(separator: "\n")
    }

    private var headline: String {
        let champion = "version \(champion) of \(model)"
        switch decision.verdict {
        case .nothing: return "Nothing is to be done: \(champion) stays the champion."
        case .wait:
            return
                "Not yet: \(champion) should get a challenger, but only \(decision.rows) labelled rows of"
                + " untreated customers are there, and \(decision.minRows) are needed (min_rows)."
        case .retrain: return "Time for a challenger to \(champion):"
        }
    }
}

extension RetrainingRows {
    fileprivate var lines: [String] {
        func text(_ count: Int) -> String { NumberFormat.grouped(0).text(count) }
        var lines = ["\(text(rows)) labelled rows of \(source), \(text(positives)) left."]
        switch treated {
        case let treated?:
            let handling =
                treatedWeight == 0
                ? "excluded" : "count \(treatedWeight) in learning, nobody is judged by them"
            lines.append("  treated: \(text(treated)) (\(handling))")
        case nil:
            lines.append(
                "  nobody knows who was treated (treated_column in retain.yaml), so all count as untreated"
            )
        }
        if let treatmentUnknown, treatmentUnknown > 0 {
            lines.append(
                "  not known to be treated or not: \(text(treatmentUnknown)) (count as untreated)"
            )
        }
        lines += beside.map { "  beside them: \(text($0.rows)) rows of \($0.source)" }
        lines.append("  to learn from: \(text(learned)); to judge by: \(text(judged))")
        return lines
    }
}
