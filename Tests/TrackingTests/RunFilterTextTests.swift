import Testing
import Tracking

/// MLflow's search syntax, written; and conditions as a server takes them.
@Suite struct RunFilterTextTests {
    @Test(arguments: 0 ..< 300)
    func `what is written reads the same, and fits the same`(_ seed: Int) throws {
        var source = Source(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1)
        let filter = source.filter(depth: 4)
        let text = filter.description
        let again = try RunFilter(parsing: text)
        #expect(again.description == text)
        // The shape may differ (AND and OR are associative), the meaning not.
        for _ in 0 ..< 32 {
            let truth = source.next()
            #expect(again.holds(truth) == filter.holds(truth), "\(text)")
        }
    }

    @Test(arguments: 0 ..< 300)
    func `alternatives hold no OR and together fit the same`(_ seed: Int) throws {
        var source = Source(state: UInt64(seed) &* 0xD1B5_4A32_D192_ED03 &+ 7)
        let filter = source.filter(depth: 3)
        guard let alternatives = try? filter.alternatives() else { return }
        for alternative in alternatives { #expect(!alternative.hasOr) }
        // Lists may be taken apart, so only those without are told apart by their conditions.
        guard !filter.hasList else { return }
        for _ in 0 ..< 32 {
            let truth = source.next()
            #expect(alternatives.contains { $0.holds(truth) } == filter.holds(truth))
        }
    }

    @Test
    func `alternatives that multiply have an end`() throws {
        let either = "(status = 'a' OR status = 'b')"
        let eight = try RunFilter(
            parsing: Array(repeating: either, count: 8).joined(separator: " AND ")
        )
        #expect(try eight.alternatives().count == 256)
        for text in [
            Array(repeating: either, count: 9).joined(separator: " AND "),
            Array(repeating: either, count: 60).joined(separator: " AND "),
            Array(repeating: "status = 'a'", count: 257).joined(separator: " OR "),
        ] {
            let filter = try RunFilter(parsing: text)
            let error = #expect(throws: RunFilterError.tooManyAlternatives) {
                try filter.alternatives()
            }
            #expect(error?.description.contains("256") == true)
        }
    }

    @Test(arguments: ["a\\", "it's \"x\""])
    func `texts that MLflow would misread are not sent`(_ text: String) throws {
        let odd = RunFilter.comparison(
            RunFilter.Comparison(.tag("a"), .isIn, [.text("b"), .text(text)])
        )
        for filter in [odd, .and(odd, odd), .or(try RunFilter(parsing: "status = 'x'"), odd)] {
            let error = #expect(throws: RunFilterError.unsayable(text)) {
                try filter.alternatives()
            }
            #expect(error?.description.contains("LIKE") == true)
        }
    }

    @Test(arguments: [RunFilter.Sign.isIn, .isNotIn])
    func `a list of nothing stops nothing`(_ sign: RunFilter.Sign) async throws {
        let filter = RunFilter.comparison(RunFilter.Comparison(.param("a"), sign, []))
        #expect(try filter.alternatives() == [filter])
        let folder = try StoreFolder()
        _ = try await folder.store().runs(RunQuery(filter: filter))
    }

    @Test(
        arguments: [
            ("start_time > 1700000000000", "attributes.start_time > 1700000000000"),
            ("metrics.a = 1e+20", "metrics.a = 1e20"), ("metrics.a = 1e-7", "metrics.a = 1e-07"),
            ("metrics.a = 0.1", "metrics.a = 0.1"), ("metrics.a = -2", "metrics.a = -2"),
            ("params.a = 'x'", "params.a = 'x'"), ("params.a = \"it's\"", "params.a = \"it's\""),
            ("params.a = 'say \"x\"'", "params.a = 'say \"x\"'"),
            ("tags.mlflow.user = 'a'", "tags.`mlflow.user` = 'a'"),
            ("metrics.\"1st\" = 1", "metrics.`1st` = 1"),
            ("run_id in ('a','b')", "attributes.run_id IN ('a', 'b')"),
            ("tags.a is null", "tags.a IS NULL"),
        ]
    )
    func `numbers and texts as MLflow takes them`(_ text: String, _ expected: String) throws {
        #expect(try RunFilter(parsing: text).description == expected)
    }
}

extension RunFilter {
    /// Whether it holds where each condition's truth is a bit that depends on its text.
    fileprivate func holds(_ truth: UInt64) -> Bool {
        switch self {
        case .and(let one, let other): one.holds(truth) && other.holds(truth)
        case .or(let one, let other): one.holds(truth) || other.holds(truth)
        case .comparison(let comparison):
            truth
                >> (comparison.description.utf8.reduce(UInt64(7)) { ($0 &* 31) &+ UInt64($1) } % 64)
                & 1 == 1
        }
    }

    fileprivate var hasOr: Bool {
        switch self {
        case .or: true
        case .and(let one, let other): one.hasOr || other.hasOr
        case .comparison: false
        }
    }

    fileprivate var hasList: Bool {
        switch self {
        case .or(let one, let other), .and(let one, let other): one.hasList || other.hasList
        case .comparison(let comparison): comparison.sign == .isIn || comparison.sign == .isNotIn
        }
    }
}

/// Conditions of every kind, by a linear congruential generator.
private struct Source {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ state >> 29
    }

    private mutating func one<Element>(of elements: [Element]) -> Element {
        elements[Int(next() >> 33) % elements.count]
    }

    mutating func filter(depth: Int) -> RunFilter {
        switch depth == 0 ? 0 : next() >> 40 % 3 {
        case 0: .comparison(comparison())
        case 1: .and(filter(depth: depth - 1), filter(depth: depth - 1))
        default: .or(filter(depth: depth - 1), filter(depth: depth - 1))
        }
    }

    private mutating func comparison() -> RunFilter.Comparison {
        let key = one(of: [
            "loss", "val loss", "a.b/c-d", "größe ü", "1st", "_x", "and", "mlflow.user",
        ])
        let field = one(of: [
            RunField.metric(key), .param(key), .tag(key),
            .dataset(one(of: DatasetAttribute.allCases)),
            .attribute(one(of: RunAttribute.allCases)),
        ])
        let sign = one(of: RunFilter.Sign.allCases.filter(field.takes))
        let count =
            switch sign {
            case .isNull, .isNotNull: 0
            case .isIn, .isNotIn: 1 + Int(next() >> 60)
            default: 1
            }
        return RunFilter.Comparison(field, sign, (0 ..< count).map { _ in value(field) })
    }

    private mutating func value(_ field: RunField) -> RunFilter.Value {
        if field.isNumber {
            return .number(one(of: [0, -1, 0.1, 1e-7, -3.5e20, 1.7e12, .leastNonzeroMagnitude]))
        }
        return .text(
            one(of: ["", "best", "it's", "\"x\"", "'\"", "100% _", "a) OR (b", "größe", "a\\"])
        )
    }
}
