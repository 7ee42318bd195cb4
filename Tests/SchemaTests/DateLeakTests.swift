import Schema
import Tabular
import Testing

@Suite struct DateLeakTests {
    private func finding(
        _ ages: [Double],
        _ labels: [Bool],
        mayBeAhead: Bool = false
    ) -> LeakFinding? {
        let schema = Schema(
            target: .init(column: "Left", positive: "1", negative: "0"),
            identifier: nil,
            columns: [
                ColumnSchema(name: "X", role: .feature, type: .date(.iso, mayBeAhead: mayBeAhead))
            ]
        )
        let table = Table([("X", .number(ages))], rowCount: labels.count)
        return LeakTest().findings(in: table, labels: labels, schema: schema).first
    }

    private let labels = (0 ..< 1_000).map { $0 % 5 == 0 }

    private func age(_ row: Int) -> Double { Double(row * 37 % 400) }

    @Test func `a date that only some of the leavers have gives them away`() {
        let found = finding((0 ..< 1_000).map { $0 % 10 == 0 ? age($0) : .nan }, labels)
        #expect(found?.sign == "of 100 customers who have a date, 100 left")
        #expect((found?.auc ?? 1) < 0.8)
    }

    @Test func `so does a date that only leavers lack`() {
        let found = finding((0 ..< 1_000).map { $0 % 10 == 0 ? .nan : age($0) }, labels)
        #expect(found?.sign == "of 100 customers who have no date, 100 left")
    }

    @Test func `gaps without a pattern and a few by chance do not`() {
        #expect(finding((0 ..< 1_000).map { $0 % 3 == 0 ? .nan : age($0) }, labels) == nil)
        #expect(finding((0 ..< 1_000).map { $0 == 5 || $0 == 10 ? age($0) : .nan }, labels) == nil)
        #expect(finding((0 ..< 1_000).map(age), labels) == nil)
    }

    @Test func `dates after the reference date are suspect unless they may lie ahead`() {
        let ages = (0 ..< 1_000).map { $0 % 20 == 3 ? -5 : age($0) }
        let found = finding(ages, labels)
        #expect(found?.sign?.hasPrefix("50 of 1,000 dates lie after the reference date") == true)
        #expect(finding(ages, labels, mayBeAhead: true) == nil)
        // A typing mistake is none.
        #expect(finding((0 ..< 1_000).map { $0 == 3 ? -5 : age($0) }, labels) == nil)
    }
}
