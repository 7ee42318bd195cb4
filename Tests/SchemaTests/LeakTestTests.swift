import Evaluation
import Schema
import Tabular
import Testing

@Suite struct LeakTestTests {
    private func labels(_ count: Int, rate: Double, seed: UInt64 = 5) -> [Bool] {
        var random = Weyl(seed)
        return (0 ..< count).map { _ in Double.random(in: 0 ..< 1, using: &random) < rate }
    }

    private func findings(
        _ column: Column,
        _ labels: [Bool],
        allowed: Bool = false
    ) -> [LeakFinding] {
        let schema = Schema(
            target: .init(column: "Left", positive: "1", negative: "0"),
            identifier: nil,
            columns: [
                ColumnSchema(
                    name: "X",
                    role: .feature,
                    type: .number(minimum: nil, maximum: nil),
                    leakAllowed: allowed
                )
            ]
        )
        let table = Table([("X", column)], rowCount: labels.count)
        return LeakTest().findings(in: table, labels: labels, schema: schema)
    }

    @Test func `says what, how strong and what to do`() {
        let finding = LeakFinding(column: "Complain", auc: 0.99812, disagreement: 0.0014)
        #expect(
            finding.description
                == "column \"Complain\" gives the target away (alone: AUC 0.998, disagrees with the "
                + "target in 0.14 % of rows); exclude it with role: leak in retain.yaml, or write "
                + "leak: allowed if it is truly known before a customer leaves"
        )
    }

    @Test(arguments: [0.2, 0.5, 0.005], [true, false])
    func `finds a copy of the target`(rate: Double, isInverted: Bool) {
        let labels = labels(5_000, rate: rate)
        let copy = labels.map { $0 != isInverted ? 1.0 : 0.0 }
        #expect(findings(.number(copy), labels).map(\.auc) == [1])
        let codes = labels.map { Int32($0 != isInverted ? 1 : 0) }
        let found = findings(.level(codes: codes, levels: ["a", "b"]), labels)
        #expect(found.map(\.disagreement) == [0])
        #expect(findings(.number(copy), labels, allowed: true).isEmpty)
    }

    @Test func `finds a score that separates`() {
        var random = Weyl(9)
        let labels = labels(2_000, rate: 0.2)
        let scores = labels.map { ($0 ? 3.0 : 0) + Double.random(in: 0 ... 3.2, using: &random) }
        let found = findings(.number(scores), labels)
        #expect(found.count == 1)
        #expect(found.first?.auc == rocAUC(labels: labels, scores: scores))
    }

    @Test func `finds nulls that tell`() {
        let labels = labels(1_000, rate: 0.2)
        var random = Weyl(2)
        let dates = labels.map { $0 ? Double.random(in: 1 ... 300, using: &random) : .nan }
        #expect(findings(.number(dates), labels).count == 1)
        let reasons = labels.map { $0 ? Int32.random(in: 0 ... 3, using: &random) : -1 }
        #expect(findings(.level(codes: reasons, levels: ["a", "b", "c", "d"]), labels).count == 1)
    }

    @Test func `finds codes without order`() {
        let labels = labels(2_000, rate: 0.3)
        var random = Weyl(2)
        let codes = labels.map { $0 ? 2.0 : Bool.random(using: &random) ? 1 : 3 }
        #expect(findings(.number(codes), labels).count == 1)
    }

    @Test(arguments: [20, 100, 3_000], [0.003, 0.02, 0.2, 0.5])
    func `noise is no leak`(count: Int, rate: Double) {
        for seed in 1 ... 5 as ClosedRange<UInt64> {
            let labels = labels(count, rate: rate, seed: seed)
            var random = Weyl(seed + 100)
            let number = (0 ..< count).map { _ in Double.random(in: 0 ... 1, using: &random) }
            #expect(findings(.number(number), labels).isEmpty)
            let few = (0 ..< count).map { _ in Double(Int.random(in: 0 ... 4, using: &random)) }
            #expect(findings(.number(few), labels).isEmpty)
            // Nearly as many levels as rows: rates from the same rows would tell all.
            let levels = max(2, count / 2)
            let codes = (0 ..< count).map { _ in Int32(Int.random(in: 0 ..< levels, using: &random))
            }
            #expect(
                findings(.level(codes: codes, levels: (0 ..< levels).map(String.init)), labels)
                    .isEmpty
            )
            let constant = [Double](repeating: 1, count: count)
            #expect(findings(.number(constant), labels).isEmpty)
        }
    }

    @Test func `a rare flag is no leak of a rare target`() {
        // Both are rarer than 1 %, so they agree in 98 % of rows or more without any relation.
        let labels = labels(10_000, rate: 0.005)
        let flag = self.labels(10_000, rate: 0.004, seed: 77).map { $0 ? 1.0 : 0 }
        #expect(findings(.number(flag), labels).isEmpty)
    }

    @Test func `one class or no rows is no leak`() {
        #expect(findings(.number([1, 2, 3]), [true, true, true]).isEmpty)
        #expect(findings(.number([]), []).isEmpty)
        #expect(findings(.text(["a", "b"]), [true, false]).isEmpty)
    }

    @Test func `limits are the caller's`() {
        var random = Weyl(9)
        let labels = labels(2_000, rate: 0.2)
        let scores = labels.map { ($0 ? 1.0 : 0) + Double.random(in: 0 ... 3, using: &random) }
        #expect(findings(.number(scores), labels).isEmpty)
        let schema = Schema(
            target: .init(column: "Left", positive: "1", negative: "0"),
            identifier: nil,
            columns: []
        )
        let strict = LeakTest(aucLimit: 0.7)
        let table = Table([("X", .number(scores))], rowCount: labels.count)
        #expect(strict.findings(in: table, labels: labels, schema: schema).count == 1)
    }

    @Test(arguments: 1 ... 20)
    func `the area equals Evaluation's`(seed: UInt64) {
        var random = Weyl(seed)
        let labels = (0 ..< 50).map { _ in Bool.random(using: &random) }
        let scores = labels.map { _ in Double(Int.random(in: 0 ... 9, using: &random)) }
        #expect(
            OrderedGroups(scores: scores, labels: labels).auc
                == rocAUC(labels: labels, scores: scores)
        )
    }

    @Test func `tables join`() {
        let one = Table(
            [("a", .number([1])), ("b", .level(codes: [0], levels: ["x"]))],
            rowCount: 1
        )
        let two = Table(
            [("a", .number([2, 3])), ("b", .level(codes: [-1, 0], levels: ["x"]))],
            rowCount: 2
        )
        let joined = Table(joining: [one, two])
        #expect(joined.rowCount == 3)
        #expect(joined["a"] == .number([1, 2, 3]))
        #expect(joined["b"] == .level(codes: [0, -1, 0], levels: ["x"]))
        #expect(Table(joining: []).rowCount == 0)
    }
}
