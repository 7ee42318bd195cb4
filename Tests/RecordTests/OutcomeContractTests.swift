import Record
import Testing

/// What each store must do with what is said of customers.
@Suite struct OutcomeContractTests {
    private static func said(
        _ left: Bool?,
        date: Int64? = nil,
        occurred: Int64? = nil,
        contacted: Bool? = nil,
        source: String? = nil
    ) -> Outcome {
        Outcome(
            subject: .customer("1"),
            date: date.map(days),
            left: left,
            occurred: occurred.map(days),
            contacted: contacted,
            source: source
        )
    }

    /// Two outcomes of one customer: whether the second repeats the first, contradicts it, or adds to it.
    enum Relation: Sendable { case repeats, contradicts, adds }

    static let pairs: [(Outcome, Outcome, Relation)] = [
        (said(true), said(true), .repeats), (said(true), said(false), .contradicts),
        (said(false), said(true), .contradicts),
        (said(false, date: 30), said(true, date: 60), .adds),
        (said(false, date: 30), said(true, date: 60, occurred: 20), .contradicts),
        (said(true, date: 30), said(false, date: 60), .contradicts),
        (said(true, date: 30, occurred: 25), said(false, date: 20), .adds),
        (said(true, date: 30, occurred: 25), said(true, date: 40, occurred: 26), .contradicts),
        (said(true, date: 30), said(true, date: 40, occurred: 26), .adds),
        (said(nil, date: 30, contacted: true), said(nil, date: 30, contacted: false), .contradicts),
        (said(nil, date: 30, contacted: false), said(nil, date: 35, contacted: true), .adds),
        (said(true, date: 30, source: "a"), said(true, date: 30, source: "b"), .repeats),
        (said(true, date: 30, source: "a"), said(false, date: 30, source: "b"), .contradicts),
    ]

    @Test(arguments: RecordKind.allCases, pairs.indices)
    func `what is said twice is known, and contradictions are named`(
        _ kind: RecordKind,
        _ pair: Int
    ) async throws {
        let (first, second, relation) = Self.pairs[pair]
        try await kind.withRecord { record, fixture in
            try await record.append([fixture.batch("p", time: 5, customers: ["1"])])
            let one = try await record.record([first])
            #expect(
                one[0].prediction == fixture.name("p-0") && one[0].former == nil
                    && !one[0].isRepeated
            )
            let other = try await record.record([second])
            #expect(other[0].isRepeated == (relation == .repeats), "\(other)")
            #expect((other[0].former != nil) == (relation == .contradicts), "\(other)")
            if let former = other[0].former {
                #expect(former.left == first.left && former.source == first.source)
            }
            let kept = try fixture.texts("SELECT source FROM outcome_history ORDER BY id")
            #expect(kept.count == (relation == .repeats ? 1 : 2))
        }
    }

    @Test(arguments: RecordKind.allCases)
    func `the later one takes the place of the former, which stays in the history`(
        _ kind: RecordKind
    ) async throws {
        try await kind.withRecord { record, fixture in
            try await record.append([fixture.batch("p", time: 5, customers: ["1"])])
            try await record.record([Self.said(true, date: 30, source: "shop")])
            try await record.record([Self.said(false, date: 30, source: "crm")])
            let now = try fixture.texts(#"SELECT "left" || ' ' || source FROM labelled"#)
            #expect(now == ["0 crm"])
            let history = try fixture.texts(
                #"SELECT "left" || ' ' || source FROM outcome_history ORDER BY id"#
            )
            #expect(history == ["1 shop", "0 crm"])
        }
    }

    @Test(arguments: RecordKind.allCases)
    func `what was done stays when the truth comes later`(_ kind: RecordKind) async throws {
        try await kind.withRecord { record, fixture in
            try await record.append([fixture.batch("p", time: 5, customers: ["1"])])
            var call = Self.said(nil, date: 10, contacted: true)
            call.treatment = "call"
            call.cost = 1.5
            let receipts = try await record.record([call, Self.said(false, date: 40)])
            #expect(receipts.map(\.prediction) == [fixture.name("p-0"), fixture.name("p-0")])
            let told = try fixture.texts(
                #"SELECT "left" || ' ' || treated || ' ' || treatment || ' ' || cost FROM labelled"#
            )
            #expect(told == ["0 1 call 1.5"])
            try await record.record([Self.said(nil, date: 41, contacted: false)])
            #expect(try fixture.texts("SELECT treated FROM labelled") == ["0"])
        }
    }

    @Test(arguments: RecordKind.allCases)
    func `whether predictions are there is told by identifier and by customer until a date`(
        _ kind: RecordKind
    ) async throws {
        try await kind.withRecord { record, fixture in
            try await record.append([fixture.batch("a", time: days(30), customers: ["1"])])
            func knows(_ subject: Outcome.Subject, date: Int64? = nil) async throws -> Bool {
                try await record.hasPredictions(of: [
                    Outcome(subject: subject, date: date.map(days), left: true)
                ])
            }
            #expect(try await knows(.prediction(id: fixture.name("a-0"))))
            #expect(try await !knows(.prediction(id: fixture.name("a-9"))))
            #expect(try await knows(.customer("1"), date: 30))
            #expect(try await !knows(.customer("1"), date: 29))
            #expect(try await record.hasPredictions(of: []))
        }
    }

    @Test(arguments: RecordKind.allCases)
    func `what is said of nobody is kept unless identifiers are personal`(
        _ kind: RecordKind
    ) async throws {
        try await kind.withRecord { record, fixture in
            let lost = try await record.record(
                [Self.said(true, date: 40)],
                keepsStrangers: false,
                received: days(40)
            )
            #expect(!lost[0].isMatched)
            #expect(try fixture.texts("SELECT customer FROM outcome_history").isEmpty)
            let kept = try await record.record([Self.said(true, date: 40)])
            #expect(!kept[0].isMatched && !kept[0].isRepeated)
            // The prediction arrives later; what is said again is joined and kept once.
            try await record.append([fixture.batch("p", time: 5, customers: ["1"])])
            let again = try await record.record([Self.said(true, date: 40)])
            #expect(again[0].prediction == fixture.name("p-0") && again[0].isRepeated)
            #expect(try fixture.texts("SELECT id FROM labelled") == [fixture.name("p-0")])
            let nobody = try await record.record([
                Outcome(subject: .prediction(id: "none"), left: true)
            ])
            #expect(!nobody[0].isMatched)
        }
    }
}
