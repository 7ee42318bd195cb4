import Drift
import Foundation
import Reports
import Schema
import Tabular
import Testing

@Suite struct DriftReportTests {
    /// Two columns, of which the first has grown by half and the second lost a level to an unlisted one.
    static func report(
        names: [String] = ["size", "colour"],
        moves: Bool = true,
        count: Int = 1,
        rows: Int? = nil
    ) throws -> DriftReport {
        let levels = ["blue", "green"]
        let numbers = (0 ..< count).map { count == 1 ? names[0] : "\(names[0]) \($0)" }
        let schema = Schema(
            target: .init(column: "left", positive: "1", negative: "0"),
            identifier: nil,
            columns: numbers.map {
                ColumnSchema(name: $0, role: .feature, type: .number(minimum: nil, maximum: nil))
            } + [ColumnSchema(name: names[1], role: .feature, type: .levels(levels))]
        )
        func table(scale: Double, unseen: Int) -> Table {
            let sizes = (0 ..< 2_000).map { scale * Double($0 * 37 % 2_000) + 0.5 }
            let codes = (0 ..< 2_000).map { Int32($0 % 2 == 0 ? 0 : $0 % 20 < unseen ? -2 : 1) }
            return Table(
                numbers.map { ($0, .number(sizes)) }
                    + [(names[1], .level(codes: codes, levels: levels))],
                rowCount: 2_000
            )
        }
        func profile(scale: Double, unseen: Int) -> DriftProfile {
            var profile = DriftProfile(schema)
            profile.add(
                table(scale: scale, unseen: unseen),
                scores: (0 ..< 2_000).map { Float(scale) * Float($0) / 4_000 }
            )
            return profile
        }
        func sample(_ rows: Int, scale: Double, unseen: Int) -> RowSample {
            var sample = RowSample(schema)
            let table = table(scale: scale, unseen: unseen)
            sample.add(table.selecting(Array(0 ..< rows)), first: 0)
            return sample
        }
        let reference = DriftReference(profile(scale: 1, unseen: 0), points: 64)
        return try DriftReport(
            reference: ("model", reference),
            current: ("new|customers.csv", profile(scale: moves ? 1.5 : 1, unseen: moves ? 6 : 0)),
            unreadableRows: moves ? 3 : 0,
            refusedRows: moves ? 300 : 0,
            rows: rows.map {
                (
                    sample($0, scale: 1, unseen: 0),
                    sample($0, scale: moves ? 1.5 : 1, unseen: moves ? 6 : 0)
                )
            }
        )
    }

    @Test func `the terminal gets a table, the worst first, and a sentence`() throws {
        let text = try Self.report().text
        let lines = text.split(separator: "\n").map(String.init)
        #expect(lines[0].hasPrefix("COLUMN  DRIFT  WHAT"))
        #expect(lines[1].hasPrefix("colour  yes    unseen"))
        #expect(lines[1].contains("< 0.0001"))
        #expect(lines[2].hasPrefix("size    yes    distribution"))
        #expect(lines[3].hasPrefix("score   yes    distribution"))
        #expect(text.contains("2 of 2 columns drift: colour, size; so does the score."))
        #expect(
            text.contains("3 rows can't be read") && text.contains("300 rows break the model's")
        )
        #expect(!text.contains("\u{A0}"))
        #expect(text.contains("Whole rows are not compared: a model has none"))
        let calm = try Self.report(moves: false)
        #expect(calm.text.contains("No drift in 2 columns."))
        #expect(!calm.verdict.hasDrifted)
    }

    @Test func `Markdown escapes what names bring`() throws {
        let text = try Self.report(names: ["si|ze_<b>", "col*our"]).markdown
        #expect(text.hasPrefix("## Drift\n\n**2 of 2 columns drift: "))
        #expect(text.contains("new\\|customers.csv"))
        #expect(text.contains("| **si\\|ze\\_&lt;b&gt;** | **yes** |"))
        #expect(!text.contains("<b>"))
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("|") }
        // Escaped bars are no ends of cells.
        #expect(rows.count == 5)
        #expect(Set(rows.map { $0.replacing("\\|", with: "").count { $0 == "|" } }) == [10])
        #expect(try Self.report(moves: false).markdown.hasPrefix("## No drift\n"))
    }

    @Test func `JUnit has a test for each column, failed where it drifts`() throws {
        let report = try Self.report(names: ["a<b>\u{1B}", "c&d"])
        let xml = report.junit
        let reader = MarkupReader()
        #expect(reader.read(xml), "\(reader.problem)")
        #expect(reader.elements.count { $0 == "testcase" } == 3)
        #expect(reader.elements.count { $0 == "failure" } == 3)
        #expect(
            xml.contains(
                "<testsuites name=\"retain drift\" tests=\"3\" failures=\"3\" errors=\"0\">"
            )
        )
        #expect(xml.contains("unseen: effect "))
        let calm = try Self.report(moves: false).junit
        #expect(calm.contains("tests=\"3\" failures=\"0\"") && !calm.contains("<failure"))
    }

    @Test(arguments: [1, 400])
    func `the page draws both distributions and stays small`(count: Int) throws {
        let hostile = ReportTests.hostile
        let page = DriftPage(try Self.report(names: [hostile, "colour"], count: count)).document
        let reader = MarkupReader()
        #expect(reader.read(page), "\(reader.problem)")
        #expect(page.utf8.count < 300_000, "\(page.utf8.count) bytes")
        #expect(Set(reader.identifiers).count == reader.identifiers.count)
        #expect(!reader.elements.contains("script") && reader.untitledDrawings == 0)
        // The score, and at most 24 columns.
        #expect(reader.elements.count { $0 == "svg" } == min(count + 1, 24) + 1)
        let bare = page.replacing("http://www.w3.org/2000/svg", with: "")
        for forbidden in ["http:", "https:", "<script", "@import", "url(", "src=", "\u{1B}"] {
            #expect(!bare.contains(forbidden), "\(forbidden)")
        }
        #expect(page.contains("prefers-color-scheme:dark"))
    }

    @Test func `JSON holds every test`() throws {
        let bytes = try JSONEncoder().encode(Self.report())
        let found = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
        #expect(found["current"] as? String == "new|customers.csv")
        #expect(found["unreadableRows"] as? Int == 3)
        let verdict = try #require(found["verdict"] as? [String: Any])
        #expect(verdict["hasDrifted"] as? Bool == true)
        let columns = try #require(verdict["columns"] as? [[String: Any]])
        #expect(columns.map { $0["name"] as? String } == ["colour", "size"])
        let tests = try #require(columns[0]["tests"] as? [[String: Any]])
        #expect(tests.compactMap { $0["kind"] as? String } == ["distribution", "unseen"])
        #expect(tests.last?["currentRate"] as? Double == 0.15)
    }

    @Test func `whole rows stand beside the columns in every form`() throws {
        let report = try Self.report(names: ["si|ze<b>", "colour"], rows: 2_000)
        let rows = try #require(report.verdict.rows)
        #expect(rows.hasDrifted && rows.columns[0].name == "si|ze<b>")
        #expect(report.headline.hasSuffix("; so do the score and whole rows."))
        let line = try #require(report.text.split(separator: "\n").first { $0.hasPrefix("(whole") })
        #expect(line.contains("(whole rows)  yes    classifier"))
        let sentence = "Whole rows: on 1,000 current rows and 1,000 of the reference"
        #expect(report.text.contains(sentence))
        #expect(report.text.contains(", by si|ze<b> (0."))
        #expect(report.markdown.contains("| **(whole rows)** | **yes** | classifier |"))
        #expect(report.markdown.contains(", by si\\|ze&lt;b&gt; (0."))
        let xml = report.junit
        let reader = MarkupReader()
        #expect(reader.read(xml), "\(reader.problem)")
        #expect(xml.contains("tests=\"4\" failures=\"4\""))
        #expect(xml.contains("classifier: effect "))
        let page = DriftPage(report).document
        let pageReader = MarkupReader()
        #expect(pageReader.read(page), "\(pageReader.problem)")
        #expect(page.contains("id=\"rows\"") && page.contains("Columns that give it away"))
        #expect(pageReader.untitledDrawings == 0 && !page.contains("<b>"))
        let bytes = try JSONEncoder().encode(report)
        let found = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
        let verdict = try #require(found["verdict"] as? [String: Any])
        let told = try #require(verdict["rows"] as? [String: Any])
        #expect(told["hasDrifted"] as? Bool == true && told["area"] as? Double == rows.area)
        #expect((told["columns"] as? [[String: Any]])?.first?["name"] as? String == "si|ze<b>")
    }

    @Test func `calm and few rows are said to be so`() throws {
        let calm = try Self.report(moves: false, rows: 2_000)
        #expect(calm.headline == "No drift in 2 columns." && !calm.verdict.hasDrifted)
        #expect(calm.text.contains("(whole rows)  no") && calm.text.contains("with AUC 0.500"))
        #expect(!DriftPage(calm).document.contains("id=\"rows\""))
        #expect(calm.junit.contains("tests=\"4\" failures=\"0\""))
        let few = try Self.report(moves: false, rows: 150)
        #expect(few.verdict.rows == nil)
        #expect(few.text.contains("Whole rows are not compared: each side needs 200 rows."))
    }
}
