import Charts
import Drift

extension DriftReport {
    /// The table for a terminal, the worst column first, and the sentence.
    public var text: String {
        let table = TextTable(
            columns: ColumnVerdict.titles.map { ($0.title, $0.isNumber ? .right : .left) },
            rows: all.map(\.cells)
        )
        let lines = [headline] + cautions
        let text = table.text + "\n" + lines.map { $0 + "\n" }.joined()
        // No-break spaces are for pages: a terminal's tools split at the common one.
        return String(text.map { $0 == "\u{A0}" ? " " : $0 })
    }

    /// A comment for a pull request: the sentence, then the columns that drift, then all of them.
    public var markdown: String {
        let lead =
            "\(referenceName.clipped(to: 160)) → \(currentName.clipped(to: 160)): \(rule)"
            .markdownEscaped
        let warnings = cautions.map { "\n> \($0.markdownEscaped)\n" }.joined()
        return """
            ## \(verdict.hasDrifted ? "Drift" : "No drift")

            **\(headline.markdownEscaped)**

            \(lead)
            \(warnings)
            \(Self.markdownTable(all))
            """
    }

    private static func markdownTable(_ columns: [ColumnVerdict]) -> String {
        func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
        return line(ColumnVerdict.titles.map(\.title))
            + line(ColumnVerdict.titles.map { $0.isNumber ? "--:" : "---" })
            + columns.map { column in
                line(
                    column.cells.enumerated().map { place, cell in
                        let text = cell.clipped(to: 80).markdownEscaped
                        return place < 2 && column.hasDrifted ? "**\(text)**" : text
                    }
                )
            }.joined()
    }

    /// JUnit's XML, as CI systems read it: a test for each column, failed where it drifts.
    public var junit: String {
        let failures = all.count(where: \.hasDrifted)
        let cases = all.map { column in
            let name = column.name.clipped(to: 160).markupEscaped
            let open = "    <testcase classname=\"drift\" name=\"\(name)\" time=\"0\""
            guard column.hasDrifted else { return open + "/>\n" }
            let tests = column.tests.map { test in
                "\(test.kind.rawValue): effect \(NumberFormat.fixed(4).text(test.effect)), threshold "
                    + "\(NumberFormat.fixed(4).text(test.threshold)), corrected p "
                    + "\(test.adjustedPValue)\(test.hasDrifted ? ", drift" : "")"
            }
            return open + ">\n      <failure type=\"drift\" "
                + "message=\"\(column.finding.markupEscaped)\">"
                + tests.joined(separator: "; ").markupEscaped + "</failure>\n    </testcase>\n"
        }
        let counts = "tests=\"\(all.count)\" failures=\"\(failures)\" errors=\"0\""
        let suite = "\(referenceName.clipped(to: 160)) → \(currentName.clipped(to: 160))"
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites name="retain drift" \(counts)>
              <testsuite name="\(suite.markupEscaped)" \(counts) skipped="0" time="0">
            \(cases.joined())  </testsuite>
            </testsuites>

            """
    }
}
