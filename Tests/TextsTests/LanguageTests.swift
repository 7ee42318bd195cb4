import Testing
import Texts

@Suite struct LanguageTests {
    @Test(
        arguments: [
            (Language.english, "1,234.5", "\u{2212}1,000", "86.5\u{A0}%"),
            (Language.portuguese, "1.234,5", "\u{2212}1.000", "86,5\u{A0}%"),
        ]
    )
    func `numbers have the marks of the language`(
        language: Language,
        decimal: String,
        negative: String,
        percentage: String
    ) {
        #expect(language.number(1234.5, decimals: 1) == decimal)
        #expect(language.number(-1000) == negative)
        #expect(language.percent(0.865, decimals: 1) == percentage)
    }

    @Test func `a number that is none is told in words`() {
        #expect(Language.english.number(.nan) == "not known")
        #expect(Language.portuguese.percent(.infinity) == "não se sabe")
    }
}
