import Desk
import Testing
import Texts

@Suite struct WaterfallTests {
    /// Numbers from 0 to 1 without an order of their own.
    private static func scattered(_ place: Int) -> Double {
        Double((place * 7_919 + 104_729) % 10_007) / 10_007
    }

    @Test func `what is shown adds up to the digit, and each is nearly what it was`() {
        for place in 0 ..< 500 {
            let (start, end) = (Self.scattered(place), Self.scattered(place * 3 + 1))
            let points = (0 ..< place % 7).map { 60 * (Self.scattered(place * 11 + $0) - 0.5) }
            let waterfall = Waterfall(
                start: start,
                end: end,
                steps: points.map { .init(text: "a", points: $0) },
                others: 4
            )
            let shown = waterfall.digits
            #expect(shown.start + shown.steps.reduce(0, +) + shown.others == shown.end)
            #expect(abs(Double(shown.end) - 1_000 * end) <= 0.5)
            for (tenths, exact) in zip(shown.steps, points) {
                #expect(abs(Double(tenths) - 10 * exact) < 1)
            }
        }
    }

    @Test func `numbers that are none are shown as nothing`() {
        let waterfall = Waterfall(
            start: .nan,
            end: 0.5,
            steps: [.init(text: "a", points: .infinity)],
            others: 0
        )
        let shown = waterfall.digits
        #expect(shown.start + shown.steps.reduce(0, +) + shown.others == shown.end)
    }

    @Test(arguments: Language.allCases)
    func `the page shows these digits`(language: Language) {
        let sample = SamplePages(language: language)
        let page = PageText(sample.today.document(in: sample.frame))
        let shown = sample.reasons.digits
        #expect(shown.steps == [340, 214, 91, 78, -14])
        #expect(shown.others == -42)
        let document = sample.today.document(in: sample.frame)
        #expect(document.contains(language.signed(-4.2, decimals: 1)))
        #expect(page.tags("rect").allSatisfy { $0.attributes["width"]?.hasSuffix("%") == true })
    }
}
