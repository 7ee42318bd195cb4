import Campaign
import Record
import Testing

/// What each store must make of a horizon: only what has matured counts.
@Suite struct HorizonContractTests {
    /// A prediction on day 100 with the horizon of ten days, what was said, and how it is judged on day 110.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let said: [Outcome]
        /// Whether the customer counts as having left; nil where the prediction does not count.
        var left: Bool?
    }

    private static func said(
        _ left: Bool?,
        _ day: Int64,
        occurred: Int64? = nil,
        contacted: Bool? = nil
    ) -> Outcome {
        Outcome(
            subject: .customer("1"),
            date: days(day + 1) - 1,
            left: left,
            occurred: occurred.map(days),
            contacted: contacted
        )
    }

    static let cases = [
        Case(testDescription: "nothing", said: []),
        Case(testDescription: "left within", said: [said(true, 103)], left: true),
        Case(testDescription: "left after", said: [said(true, 115, occurred: 112)], left: false),
        Case(testDescription: "still there", said: [said(false, 110)], left: false),
        Case(testDescription: "there once, then unknown", said: [said(false, 105)]),
        Case(testDescription: "treated", said: [said(true, 103, contacted: true)]),
        Case(
            testDescription: "treated, and then the truth",
            said: [said(nil, 101, contacted: true), said(true, 103)]
        ),
        Case(testDescription: "left alone", said: [said(true, 103, contacted: false)], left: true),
    ]

    @Test(arguments: RecordKind.allCases, cases)
    func `only what has matured is judged`(_ kind: RecordKind, _ example: Case) async throws {
        try await kind.withRecord { record, fixture in
            try await record.append([
                fixture.batch("p", time: days(100), customers: ["1"]),
                fixture.batch("q", time: days(100), customers: ["2"]),
            ])
            for outcome in example.said { try await record.record([outcome]) }
            let open = try await record.judgements(
                of: "abc",
                newest: 10,
                maturing: Maturity(days: 10, at: days(110) - 1)
            )
            #expect(open.isEmpty)
            let judged = try await record.judgements(
                of: "abc",
                newest: 10,
                maturing: Maturity(days: 10, at: days(110))
            )
            #expect(judged.map(\.left) == [example.left].compactMap(\.self))
            #expect(judged.map(\.time) == example.left.map { _ in [days(100)] } ?? [])
        }
    }

    @Test(arguments: RecordKind.allCases)
    func `each prediction of a customer is judged by its own days`(
        _ kind: RecordKind
    ) async throws {
        try await kind.withRecord { record, fixture in
            for day in [80, 95, 104, 120] as [Int64] {
                try await record.append([
                    fixture.batch("p\(day + 100)", time: days(day), customers: ["1"])
                ])
            }
            try await record.record([Self.said(true, 140, occurred: 106)])
            let maturity = Maturity(days: 10, at: days(200))
            let judged = try await record.judgements(of: "abc", newest: 10, maturing: maturity)
            // Who had left was predicted once more on day 120; that says nothing.
            #expect(judged.map(\.time) == [days(104), days(95), days(80)])
            #expect(judged.map(\.left) == [true, false, false])
            let newest = try await record.judgements(of: "abc", newest: 1, maturing: maturity)
            #expect(newest == Array(judged.prefix(1)))
            let other = try await record.judgements(of: "other", newest: 9, maturing: maturity)
            #expect(other.isEmpty)
        }
    }

    @Test(arguments: RecordKind.allCases)
    func `whom a campaign chose to be contacted counts as treated`(
        _ kind: RecordKind
    ) async throws {
        try await kind.withRecord { record, fixture in
            for customer in ["1", "2", "3"] {
                try await record.append([
                    fixture.batch("p\(customer)", time: days(100), customers: [customer])
                ])
            }
            try await record.add(
                .of("a", day: 102),
                members: [
                    .of("1", rank: 1), .of("2", rank: 2, arm: .heldOut), .of("3", rank: 3),
                ]
            )
            try await record.record(
                ["1", "2", "3"].map {
                    Outcome(
                        subject: .customer($0),
                        date: days(115),
                        left: $0 == "2",
                        contacted: $0 == "3" ? false : nil
                    )
                }
            )
            let judged = try await record.judgements(
                of: "abc",
                newest: 10,
                maturing: Maturity(days: 10, at: days(120))
            )
            #expect(judged.map(\.left).sorted { !$0 && $1 } == [false, true])
        }
    }

    @Test(arguments: RecordKind.allCases)
    func `predictions without a customer are judged by their own names`(
        _ kind: RecordKind
    ) async throws {
        try await kind.withRecord { record, fixture in
            try await record.append([
                fixture.batch("p", time: days(100), rows: [[1, 0, 1], [2, 0, 1]])
            ])
            try await record.record([
                Outcome(subject: .prediction(id: fixture.name("p-1")), date: days(104), left: true)
            ])
            let judged = try await record.judgements(
                of: "abc",
                newest: 10,
                maturing: Maturity(days: 10, at: days(120))
            )
            #expect(judged.map(\.left) == [true])
            #expect(judged.map(\.probability) == [Double(Float(0.1) + 1 / 8)])
        }
    }
}
