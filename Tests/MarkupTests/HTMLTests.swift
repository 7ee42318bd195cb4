import Markup
import Testing
import Texts

@Suite struct HTMLTests {
    private let hostile = "<script>alert('x') & \"y\"</script>"

    @Test func `what is interpolated is text, what is literal is markup`() {
        let page: HTML = "<p title=\"\(hostile)\">\(hostile)</p>"
        let escaped = "&lt;script&gt;alert(&#39;x&#39;) &amp; &quot;y&quot;&lt;/script&gt;"
        #expect(page.source == "<p title=\"\(escaped)\">\(escaped)</p>")
    }

    @Test func `pieces are put into pages as they are`() {
        let items = ["<a>", "b"].map { "<li>\($0)</li>" as HTML }
        let page: HTML = "<ul>\(items)</ul>\("<hr>" as HTML)"
        #expect(page.source == "<ul><li>&lt;a&gt;</li><li>b</li></ul><hr>")
    }

    @Test func `a text is cut and made harmless, what a form sends stays exact`() {
        let long = String(repeating: "<", count: 500) + "\u{202E}"
        let page: HTML = "\(long)"
        let sent: HTML = "\(exact: long)"
        #expect(page.source == String(repeating: "&lt;", count: 399) + "…")
        #expect(sent.source == String(repeating: "&lt;", count: 500) + "\u{202E}")
    }

    @Test(arguments: [(Language.english, "and 2,"), (.portuguese, "e mais 2.")])
    func `a long table ends and says in the language how much is left`(
        language: Language,
        words: String
    ) {
        let table = HTMLTable(
            caption: "all",
            columns: [.text("name"), .number("n")],
            rows: (0 ..< 3_000).map { ["customer \($0)", String($0)] },
            language: language
        )
        let source = table.html.source
        #expect(source.contains(words))
        #expect(source.utf8.count < 40_000)
    }
}
