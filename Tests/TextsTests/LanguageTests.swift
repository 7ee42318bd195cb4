import Output
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

    @Test(arguments: [-1234.5, 0, 0.864, .nan])
    func `English forms are those of the format, Portuguese ones have their marks`(value: Double) {
        for format in [NumberFormat.fixed(2), .grouped(1), .percent(1)] {
            #expect(Language.english.form(format).text(value) == format.text(value))
            let told = value.isNaN ? "n/d" : Language.portuguese.told(format, value)
            #expect(Language.portuguese.form(format).text(value) == told)
        }
        #expect(Language.portuguese.form(.grouped(2)).text(1234.5) == "1.234,50")
        #expect(Language.portuguese.form(.fixed(2)).text(nil) == "n/d")
        #expect(Language.portuguese.marked("1,234.5e-05") == "1.234,5e-05")
    }
}
