import Charts
import Reports
import Tabular

extension ModelDiff {
    /// The tables for a terminal.
    ///
    /// - Parameters:
    ///   - first: What the first model is called.
    ///   - second: What the second model is called.
    /// - Returns: The text, ended by a line break.
    public func text(first: String, second: String) -> String {
        let count = NumberFormat.grouped(0)
        var text =
            "Top \(count.text(top)) of \(count.text(rows)) customers: "
            + "\(count.text(top - entering.count)) stay"
            + (overlap.map { " (\(NumberFormat.percent(1).text($0)))" } ?? "")
            + ", \(count.text(entering.count)) enter and as many leave when \(second) takes the place"
            + " of \(first).\n"
            + "Rank correlation over all customers: \(NumberFormat.fixed(4).text(rankCorrelation)).\n"
        for (name, unread) in [(first, unreadByFirst), (second, unreadBySecond)] where unread > 0 {
            text +=
                "\(count.text(unread)) customers break the schema of \(name) and have no score by"
                + " it; `retain check --unlabelled` tells why.\n"
        }
        if !entering.isEmpty { text += "\nEnter:\n" + table(entering) }
        if !leaving.isEmpty { text += "\nLeave:\n" + table(leaving) }
        return String(text.map { $0 == "\u{A0}" ? " " : $0 })
    }

    private func table(_ customers: [Customer]) -> String {
        TextTable(
            columns: [("Row", .right)] + identifiers.map { ($0, .left) }
                + [
                    ("Probability before", .right), ("Rank", .right),
                    ("Probability after", .right), ("Rank", .right),
                ],
            rows: customers.map { customer in
                ["\(customer.row)"] + customer.identifiers
                    + [customer.first, customer.second].flatMap { score in
                        [
                            score.map { NumberFormat.fixed(4).text(Double($0.probability)) }
                                ?? "none",
                            score.map { "\($0.rank)" } ?? "none",
                        ]
                    }
            }
        ).text
    }

    /// The customers as CSV: `change` (enters, leaves), `row`, the identifiers, and probability and rank
    /// under both models, empty where there is none.
    public var csv: [UInt8] {
        var bytes: [UInt8] = []
        func line(_ fields: [String]) {
            for (place, field) in fields.enumerated() {
                if place > 0 { bytes.append(UInt8(ascii: ",")) }
                bytes.appendCSVField(field)
            }
            bytes.append(UInt8(ascii: "\n"))
        }
        line(
            ["change", "row"] + identifiers
                + ["probability_before", "rank_before", "probability_after", "rank_after"]
        )
        for (change, customers) in [("enters", entering), ("leaves", leaving)] {
            for customer in customers {
                line(
                    [change, "\(customer.row)"] + customer.identifiers
                        + [customer.first, customer.second].flatMap { score in
                            [
                                score.map { "\($0.probability)" } ?? "",
                                score.map { "\($0.rank)" } ?? "",
                            ]
                        }
                )
            }
        }
        return bytes
    }
}
