import Output
import Testing

@Suite struct NumberTextTests {
    @Test(arguments: [
        (NumberFormat.fixed(0), 0.5, "1"), (.fixed(3), 0.8655, "0.866"),
        (.fixed(2), -0.004, "0.00"),
        (.fixed(2), -1.5, "-1.50"), (.fixed(4), .nan, "n/a"), (.fixed(1), .infinity, "n/a"),
        (.grouped(0), 1_234_567, "1,234,567"), (.grouped(2), -1234.5, "-1,234.50"),
        (.grouped(0), 999, "999"), (.percent(1), 0.2038, "20.4\u{A0}%"),
        (.percent(0), 1, "100\u{A0}%"),
        (.fixed(2), 1e20, "1e+20"),
    ])
    func `people read rounded numbers`(format: NumberFormat, value: Double, expected: String) {
        #expect(format.text(value) == expected)
    }

    @Test func `writes what is missing as such`() {
        #expect(NumberFormat.fixed(2).text(nil as Double?) == "n/a")
        #expect(NumberFormat.grouped(0).text(12_000) == "12,000")
    }

    @Test(arguments: [
        (4200, "4200"), (0.35, "0.35"), (-12, "-12"), (-0.0, "-0"), (1e15, "1000000000000000"),
        (1e16, "1e+16"), (0.1 + 0.2, "0.30000000000000004"), (.leastNonzeroMagnitude, "5e-324"),
    ])
    func `data has the shortest text that reads back`(value: Double, expected: String) {
        #expect(numberText(value) == expected)
        #expect(Double(expected) == value)
    }
}
