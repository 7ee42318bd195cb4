import Campaign
import Charts
import Texts

extension WorthReport {
    /// The report for a terminal.
    public var text: String {
        let title = language(
            "Campaign \(name) on \(asOf)",
            "Campanha \(name) em \(asOf)"
        )
        let head = [title, "", headline].map { $0.printable + "\n" }.joined()
        let table = TextTable(
            columns: [("", .left)] + arms.titles.map { ($0, .right) },
            rows: arms.rows
        )
        let found = findings.map { "- " + $0 + "\n" }.joined()
        var text = head + "\n" + table.text + "\n" + found + "\n" + rule + "\n"
        if !cautions.isEmpty {
            text += "\n" + language("Before you rely on it:", "Antes de confiar:") + "\n"
            text += cautions.map { "- " + $0.printable + "\n" }.joined()
        }
        // No-break spaces are for pages: a terminal's tools split at the common one.
        return String(text.map { $0 == "\u{A0}" ? " " : $0 })
    }

    /// What counts.
    var rule: String {
        language(
            "Customers count as the lot assigned them, and only once their \(horizonDays) days are over.",
            "Os clientes contam como o sorteio os designou, e só quando seus \(horizonDays) dias terminaram."
        )
    }

    /// Both groups side by side.
    var arms: (titles: [String], rows: [[String]]) {
        func row(_ title: String, _ value: (ArmTally) -> Int) -> [String] {
            [title, language.number(value(worth.contact)), language.number(value(worth.heldOut))]
        }
        let titles = [language("contacted", "contatados"), language("held out", "controle")]
        var rows = [
            row(language("customers", "clientes"), \.members),
            row(language("days not over", "dias não terminados"), \.open),
        ]
        if worth.contact.censored + worth.heldOut.censored > 0 {
            rows.append(row(language("outcome not told", "resultado não informado"), \.censored))
        }
        rows += [
            row(language("matured", "maturados"), \.matured),
            row(language("left", "saíram"), \.left),
            [
                language("left, of the matured", "saíram, dos maturados"),
                rate(worth.rates.contactedRate), rate(worth.rates.heldOutRate),
            ],
        ]
        return (titles, rows)
    }
}
