import Charts
import FoundationEssentials
import Reports

extension AuditTrail {
    /// The table of events, the latest first, and what does not fit.
    public var text: String {
        var text = TextTable(
            columns: [
                ("When (UTC)", .left), ("Who", .left), ("Action", .left), ("Version", .right),
                ("Champion before", .right), ("Gate", .left), ("Why", .left),
            ],
            rows: entries.reversed().map(\.event.cells)
        ).text
        text += "\nThe champion is \(champion.map { "version \($0)" } ?? "no version").\n"
        let odd = entries.compactMap { entry in
            entry.remark.map { "\(utcTime(entry.event.when)): \($0)" }
        }
        for remark in odd + remarks { text += "warning: \(remark)".printable + "\n" }
        return text
    }
}

extension AuditEvent {
    fileprivate var cells: [String] {
        let failed = gate.map { gate in
            gate.passed
                ? "passed"
                : "refused: "
                    + gate.checks.filter { !$0.passed }.map { check in
                        check.question.rawValue + (check.column.map { " \($0)" } ?? "")
                    }.joined(separator: ", ")
        }
        return [
            utcTime(when), who, action.rawValue, "\(version)", from.map { "\($0)" } ?? "",
            failed ?? "", why,
        ]
    }
}

/// A moment as `2026-01-31 09:30:00`, UTC.
public func utcTime(_ milliseconds: Int64) -> String {
    Date(timeIntervalSince1970: Double(milliseconds) / 1000)
        .formatted(
            .iso8601.year().month().day().dateTimeSeparator(.space).time(
                includingFractionalSeconds: false
            )
        )
}
