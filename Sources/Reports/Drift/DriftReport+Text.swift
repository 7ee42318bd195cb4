import Charts
import Drift
import Output
import Texts

extension DriftReport {
    /// The table for a terminal, the worst column first, and the sentence.
    public var text: String {
        let table = TextTable(
            columns: Self.titles().map { ($0.title, $0.isNumber ? .right : .left) },
            rows: lines().map(\.cells)
        )
        let sentences = [headline, rowSentence(.english)] + cautions
        let text = table.text + "\n" + sentences.map { $0 + "\n" }.joined()
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

            \(rowSentence(.english).markdownEscaped)
            \(warnings)
            \(Self.markdownTable(lines()))
            """
    }

    private static func markdownTable(
        _ lines: [(cells: [String], hasDrifted: Bool)]
    ) -> String {
        func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
        return line(titles().map(\.title))
            + line(titles().map { $0.isNumber ? "--:" : "---" })
            + lines.map { cells, hasDrifted in
                line(
                    cells.enumerated().map { place, cell in
                        let text = cell.clipped(to: 80).markdownEscaped
                        return place < 2 && hasDrifted ? "**\(text)**" : text
                    }
                )
            }.joined()
    }

    /// JUnit's XML, as CI systems read it: a test for each column, for the score and for whole rows, failed
    /// where it drifts.
    public var junit: String {
        let cases =
            all.map { column in
                Self.testCase(
                    column.name,
                    !column.hasDrifted ? nil : (column.finding(), column.tests.map(\.junit))
                )
            }
            + (verdict.rows.map { rows in
                let failure = (rows.finding(.english), [rows.junit])
                return [Self.testCase(RowVerdict.name(.english), rows.hasDrifted ? failure : nil)]
            } ?? [])
        let failures = lines().count(where: \.hasDrifted)
        let counts = "tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"0\""
        let suite = "\(referenceName.clipped(to: 160)) → \(currentName.clipped(to: 160))"
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites name="retain drift" \(counts)>
              <testsuite name="\(suite.markupEscaped)" \(counts) skipped="0" time="0">
            \(cases.joined())  </testsuite>
            </testsuites>

            """
    }

    private static func testCase(_ name: String, _ failure: (String, [String])?) -> String {
        let name = name.clipped(to: 160).markupEscaped
        let open = "    <testcase classname=\"drift\" name=\"\(name)\" time=\"0\""
        guard let (message, tests) = failure else { return open + "/>\n" }
        return open + ">\n      <failure type=\"drift\" message=\"\(message.markupEscaped)\">"
            + tests.joined(separator: "; ").markupEscaped + "</failure>\n    </testcase>\n"
    }
}

extension DriftTest {
    fileprivate var junit: String {
        "\(kind.rawValue): effect \(NumberFormat.fixed(4).text(effect)), threshold "
            + "\(NumberFormat.fixed(4).text(threshold)), corrected p \(adjustedPValue)"
            + (hasDrifted ? ", drift" : "")
    }
}

extension RowVerdict {
    fileprivate var junit: String {
        "classifier: effect \(NumberFormat.fixed(4).text(effect)), threshold "
            + "\(NumberFormat.fixed(4).text(threshold)), p \(pValue)"
            + (telling(.english).map { ", drift, " + $0 } ?? ", drift")
    }
}
