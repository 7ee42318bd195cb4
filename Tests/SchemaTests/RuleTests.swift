import Schema
import Testing

@Suite struct RangeRuleTests {
    @Test(
        arguments: [
            (18.0, 92.0, 0.0, 170.0), (350, 850, 0, 1400), (0, 250_898.09, 0, 510_000),
            (1, 4, 0, 7), (-20, 139, -180, 300), (-5, -1, -9, 0), (0, 0, 0, 1), (7, 7, 0, 14),
            (0.1, 0.35, 0, 0.6), (0, 0.000_3, 0, 0.000_6),
        ] as [(Double, Double, Double, Double)]
    )
    func `leaves room on both sides`(minimum: Double, maximum: Double, lower: Double, upper: Double)
    {
        let bounds = RangeRule.bounds(minimum: minimum, maximum: maximum)
        #expect(bounds?.minimum == lower)
        #expect(bounds?.maximum == upper)
    }

    @Test func `huge values have no bounds`() {
        #expect(RangeRule.bounds(minimum: -1e308, maximum: 1.7e308) == nil)
    }

    @Test func `bounds hold what was seen`() throws {
        var random = Weyl(11)
        for _ in 0 ..< 2_000 {
            let scales: [Double] = [0.001, 1, 1_000, 1e9]
            let scale = scales.randomElement(using: &random) ?? 1
            let one = Double.random(in: -1 ... 1, using: &random) * scale
            let other = Double.random(in: -1 ... 1, using: &random) * scale
            let (least, greatest) = (min(one, other), max(one, other))
            let bounds = try #require(RangeRule.bounds(minimum: least, maximum: greatest))
            #expect(bounds.minimum <= least)
            #expect(bounds.maximum >= greatest)
        }
    }
}

@Suite struct NearestNameTests {
    @Test(arguments: [
        ("age", "Age"), ("credit_score", "CreditScore"), ("Blance", "Balance"),
        ("Gnder", "Gender"), ("Geograhpy", "Geography"),
    ])
    func `finds the name that was meant`(name: String, nearest: String) {
        let names = ["CreditScore", "Age", "Balance", "Gender", "Geography"]
        #expect(nearestName(to: name, in: names) == nearest)
    }

    @Test func `far names are no help`() {
        #expect(nearestName(to: "Tenure", in: ["Age", "Balance", ""]) == nil)
        #expect(nearestName(to: "Age", in: []) == nil)
        #expect(nearestName(to: "", in: ["Age"]) == nil)
    }
}

@Suite struct TextTests {
    @Test func `counts and shares`() {
        #expect(countText(0) == "0")
        #expect(countText(999) == "999")
        #expect(countText(10_000) == "10,000")
        #expect(countText(1_234_567) == "1,234,567")
        #expect(percentText(0.2038) == "20.4 %")
    }

    @Test func `long and odd values are shortened`() {
        #expect(
            shortened(String(repeating: "x", count: 50)) == String(repeating: "x", count: 39) + "…"
        )
        #expect(shortened("a\r\nb\u{7}c\td") == "a b c d")
    }

    @Test(
        arguments: [
            ("1.5", 1.5), (" 42 ", 42), ("-3e2", -300), (".5", 0.5),
        ] as [(String, Double)]
    )
    func `reads numbers`(text: String, value: Double) {
        #expect(number(in: text, decimalComma: false) == value)
    }

    @Test(arguments: ["", "abc", "nan", "inf", "0x1A", "1,5", "1.2.3", "--1", "1e999", "e"])
    func `refuses others`(text: String) {
        #expect(number(in: text, decimalComma: false) == nil)
    }

    @Test func `decimal comma refuses points`() {
        #expect(number(in: "1,5", decimalComma: true) == 1.5)
        #expect(number(in: "1.234", decimalComma: true) == nil)
    }
}
