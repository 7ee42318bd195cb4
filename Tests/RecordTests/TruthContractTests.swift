import Campaign
import Record
import Testing

/// A member of a campaign that runs from day 100 to day 110.
private let created: Int64 = 100

/// What each store must make of what is said of a campaign's members.
@Suite struct TruthContractTests {
    /// What was said, in that order, and what it comes to once the horizon is over.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let said: [Outcome]
        var state = MemberTruth.State.matured
        var left: Bool?
        var contacted: Bool?
    }

    private static func said(
        _ left: Bool?,
        day: Int64?,
        occurred: Int64? = nil,
        contacted: Bool? = nil
    ) -> Outcome {
        Outcome(
            subject: .customer("1"),
            date: day.map { days($0 + 1) - 1 },
            left: left,
            occurred: occurred.map(days),
            contacted: contacted
        )
    }

    static let cases = [
        Case(testDescription: "nothing", said: [], state: .censored),
        Case(
            testDescription: "left within",
            said: [said(true, day: 120, occurred: 104)],
            left: true
        ),
        Case(
            testDescription: "on the first day",
            said: [said(true, day: 100, occurred: 100)],
            left: true
        ),
        Case(
            testDescription: "on the last day",
            said: [said(true, day: 110, occurred: 110)],
            left: true
        ),
        Case(
            testDescription: "left after",
            said: [said(true, day: 120, occurred: 111)],
            left: false
        ),
        Case(
            testDescription: "before",
            said: [said(true, day: 120, occurred: 99)],
            state: .censored
        ),
        Case(testDescription: "said before", said: [said(true, day: 98)], state: .censored),
        Case(testDescription: "left, no day, within", said: [said(true, day: 105)], left: true),
        Case(testDescription: "left, no day, after", said: [said(true, day: 130)], left: true),
        Case(testDescription: "there at the end", said: [said(false, day: 110)], left: false),
        Case(testDescription: "there once", said: [said(false, day: 109)], state: .censored),
        Case(
            testDescription: "there at the end, gone much later",
            said: [said(false, day: 110), said(true, day: 130)],
            left: false
        ),
        Case(
            testDescription: "there, then gone within",
            said: [said(false, day: 103), said(true, day: 112, occurred: 108)],
            left: true
        ),
        Case(
            testDescription: "gone, which was wrong",
            said: [said(true, day: 103), said(false, day: 105)],
            state: .censored
        ),
        Case(
            testDescription: "gone, which was wrong, and there at the end",
            said: [said(true, day: 103, occurred: 102), said(false, day: 111)],
            left: false
        ),
        Case(
            testDescription: "contacted, then the truth",
            said: [said(nil, day: 101, contacted: true), said(false, day: 111)],
            left: false,
            contacted: true
        ),
        Case(
            testDescription: "contacted before",
            said: [said(nil, day: 99, contacted: true), said(false, day: 111)],
            left: false
        ),
    ]

    @Test(arguments: RecordKind.allCases, cases)
    func `what was said comes to a truth`(_ kind: RecordKind, _ example: Case) async throws {
        try await kind.withRecord { record, _ in
            try await record.add(.of("a", day: created), members: [.of("1")])
            for outcome in example.said { try await record.record([outcome]) }
            let open = try #require(try await record.truths(of: "a", asOf: days(110) - 1).first)
            #expect(open.state == .open && open.left == nil)
            let truth = try #require(try await record.truths(of: "a", asOf: days(110)).first)
            #expect(truth.state == example.state)
            #expect(truth.left == example.left)
            #expect(truth.contacted == example.contacted)
        }
    }

    @Test(arguments: RecordKind.allCases)
    func `there is a truth for each member, by rank`(_ kind: RecordKind) async throws {
        try await kind.withRecord { record, fixture in
            try await record.append([fixture.batch("p", time: days(99), customers: ["3"])])
            try await record.add(
                .of("a", day: created),
                members: [.of("3", rank: 3), .of("1", rank: 1, arm: .heldOut), .of("2", rank: 2)]
            )
            let receipts = try await record.record([
                Outcome(
                    subject: .prediction(id: fixture.name("p-0").uppercased()),
                    date: days(111),
                    left: true,
                    occurred: days(101),
                    contacted: true,
                    offerTaken: true,
                    cost: 12.5,
                    source: "crm"
                ),
                Outcome(subject: .customer("1"), date: days(111), left: false, contacted: true),
            ])
            #expect(receipts.map(\.prediction) == [fixture.name("p-0"), nil])
            #expect(receipts.map(\.campaigns) == [["a"], ["a"]])
            #expect(receipts.map(\.heldOut) == [[], ["a"]])
            let truths = try await record.truths(of: "a", asOf: days(200))
            #expect(
                truths == [
                    MemberTruth(customer: "1", state: .matured, left: false, contacted: true),
                    MemberTruth(customer: "2", state: .censored),
                    MemberTruth(
                        customer: "3",
                        state: .matured,
                        left: true,
                        contacted: true,
                        offerTaken: true,
                        cost: 12.5
                    ),
                ]
            )
            await #expect(throws: RecordStoreError.self) {
                try await record.truths(of: "b", asOf: 0)
            }
        }
    }

    @Test(arguments: RecordKind.allCases)
    func `a contact belongs to the latest campaign that had begun`(
        _ kind: RecordKind
    ) async throws {
        try await kind.withRecord { record, _ in
            try await record.add(.of("first", day: 100), members: [.of("1", arm: .heldOut)])
            try await record.add(.of("second", day: 150), members: [.of("1")])
            let receipts = try await record.record([
                Outcome(subject: .customer("1"), date: days(155), left: nil, contacted: true),
                Outcome(subject: .customer("1"), date: days(170), left: true),
            ])
            #expect(receipts.map(\.heldOut) == [[], []])
            let first = try await record.truths(of: "first", asOf: days(200))
            // Whoever is in a later campaign was there when that began.
            #expect(first == [MemberTruth(customer: "1", state: .censored)])
            let second = try await record.truths(of: "second", asOf: days(200))
            #expect(
                second == [
                    MemberTruth(customer: "1", state: .matured, left: true, contacted: true)
                ]
            )
        }
    }
}
