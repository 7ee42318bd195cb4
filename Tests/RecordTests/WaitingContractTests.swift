import Campaign
import Record
import Testing

/// What each store must do with outcomes that are there before their predictions.
@Suite struct WaitingContractTests {
    private static let outcome = Outcome(
        subject: .customer("1"),
        date: days(40),
        left: true,
        contacted: true,
        cost: 1.5,
        source: "crm"
    )

    private func wait(
        _ outcomes: [Outcome],
        in record: any RecordStore,
        keepsStrangers: Bool = true
    ) async throws -> [OutcomeReceipt] {
        try await record.record(
            outcomes,
            keepsStrangers: keepsStrangers,
            received: days(41),
            waitingUntil: days(42)
        )
    }

    @Test(arguments: RecordKind.allCases)
    func `an outcome waits for its prediction and is joined once`(
        _ kind: RecordKind
    ) async throws {
        try await kind.withRecord { record, fixture in
            let named = Outcome(subject: .prediction(id: fixture.name("q-0")), left: false)
            let receipts = try await wait([Self.outcome, named], in: record)
            #expect(receipts.map(\.waits) == [true, true])
            #expect(try await record.recordWaiting(now: days(41)).isEmpty)
            #expect(try await record.counts().outcomes == 0)
            // Later than the outcome's date: not the prediction that it is of.
            try await record.append([fixture.batch("r", time: days(41), customers: ["1"])])
            #expect(try await record.recordWaiting(now: days(41)).isEmpty)
            try await record.append([
                fixture.batch("p", time: 5, customers: ["1"]), fixture.batch("q", time: 6),
            ])
            let found = try await record.recordWaiting(now: days(41))
            #expect(found.map(\.outcome) == [Self.outcome, named])
            #expect(
                found.map(\.receipt.prediction) == [fixture.name("p-0"), fixture.name("q-0")]
            )
            #expect(try await record.recordWaiting(now: days(99)).isEmpty)
            let told = try fixture.texts(
                #"SELECT "left" || ' ' || coalesce(source, '-') FROM labelled ORDER BY source"#
            )
            #expect(Set(told) == ["1 crm", "0 -"])
            #expect(
                try fixture.texts("SELECT received FROM outcome_history")
                    == ["\(days(41))", "\(days(41))"]
            )
        }
    }

    @Test(arguments: RecordKind.allCases, [true, false])
    func `who waited in vain is a stranger`(_ kind: RecordKind, _ isKept: Bool) async throws {
        try await kind.withRecord { record, fixture in
            _ = try await wait([Self.outcome], in: record, keepsStrangers: isKept)
            #expect(try await record.recordWaiting(now: days(42) - 1).isEmpty)
            let found = try await record.recordWaiting(now: days(42))
            #expect(found.map(\.receipt.isMatched) == [false])
            #expect(try await record.recordWaiting(now: days(99)).isEmpty)
            let kept = try fixture.texts("SELECT customer FROM outcome_history")
            #expect(kept == (isKept ? ["1"] : []))
        }
    }

    @Test(arguments: RecordKind.allCases)
    func `who is known does not wait, and neither does what can be of nobody`(
        _ kind: RecordKind
    ) async throws {
        try await kind.withRecord { record, fixture in
            try await record.append([fixture.batch("p", time: 5, customers: ["1"])])
            try await record.add(.of("a"), members: [.of("2")])
            let receipts = try await wait(
                [Self.outcome, Outcome(subject: .customer("2"), left: true)],
                in: record
            )
            #expect(receipts.map(\.waits) == [false, false])
            #expect(receipts.map(\.isMatched) == [true, true])
            #expect(try fixture.texts("SELECT id FROM outcome_waiting").isEmpty)
        }
    }

    @Test(arguments: RecordKind.allCases)
    func `of several who look each outcome is recorded by one`(_ kind: RecordKind) async throws {
        try await kind.withRecord { record, fixture in
            let outcomes = (0 ..< 40).map { Outcome(subject: .customer("\($0)"), left: true) }
            _ = try await wait(outcomes, in: record)
            let path = fixture.path
            let counts = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0 ..< 4 {
                    group.addTask {
                        let other = try openRecord(path)
                        let count = try await other.recordWaiting(now: days(50)).count
                        try other.close()
                        return count
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(counts.reduce(0, +) == 40)
        }
    }
}
