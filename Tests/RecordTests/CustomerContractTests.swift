import Campaign
import Record
import Testing

/// What each store must do for people who work through a list.
@Suite struct CustomerContractTests {
    /// A campaign of four to contact and one held out, with two of whom the record has predictions.
    private func fill(_ record: any RecordStore, _ fixture: RecordFixture) async throws {
        let rows: [[Double]] = [[42, 0, 1], [43, 1, 0], [44, 0, 1]]
        try await record.append([
            fixture.batch("a", time: days(99), rows: rows, customers: ["1", "2", "20"])
        ])
        let members = (1 ... 5).map {
            CampaignMember.of("\($0)", rank: $0, arm: $0 == 5 ? .heldOut : .contact)
        }
        try await record.add(.of("spring"), members: members)
    }

    private func mark(
        _ customer: String,
        _ state: MemberState,
        by source: String = "ana",
        seen: Int64,
        at time: Int64
    ) -> ContactMark {
        ContactMark(
            campaign: "spring",
            customer: customer,
            state: state,
            source: source,
            seen: days(seen),
            time: days(time)
        )
    }

    @Test(arguments: RecordKind.allCases)
    func `what people say is the state of the list`(_ kind: RecordKind) async throws {
        try await kind.withRecord { record, fixture in
            try await fill(record, fixture)
            for (customer, state) in zip(
                ["1", "2", "3"],
                [MemberState.accepted, .left, .notReached]
            ) {
                let receipt = try await record.mark(mark(customer, state, seen: 101, at: 102))
                #expect(receipt == .kept(heldOut: false))
            }
            let standing = try #require(try await record.standing(of: "spring"))
            #expect(standing.contacts == 4 && standing.heldOut == 1)
            #expect(standing.states == [.accepted: 1, .left: 1, .notReached: 1])
            #expect(abs(standing.waitingProfit - 12.125 / 4) < 1e-12)
            let page = try await record.queue(QueueQuery(campaign: "spring"))
            #expect(page.matches == 4)
            #expect(page.entries.map(\.state) == [.accepted, .left, .notReached, .waiting])
            #expect(page.entries.map(\.source) == ["ana", "ana", "ana", nil])
            // They are outcomes like any other.
            let truths = try await record.truths(of: "spring", asOf: days(103))
            #expect(truths[0].contacted == true && truths[0].offerTaken == true)
            #expect(truths[2].contacted == false)
            #expect(try await record.standing(of: "autumn") == nil)
        }
    }

    @Test(arguments: RecordKind.allCases)
    func `a list is narrowed, ordered and cut into pages`(_ kind: RecordKind) async throws {
        try await kind.withRecord { record, fixture in
            try await fill(record, fixture)
            _ = try await record.mark(mark("3", .declined, seen: 101, at: 102))
            try await record.keep([2: MemberNote(reasons: "100% Land_Ost")], of: "spring")
            func found(_ change: (inout QueueQuery) -> Void) async throws -> [String] {
                var query = QueueQuery(campaign: "spring")
                change(&query)
                let page = try await record.queue(query)
                #expect(page.matches >= page.entries.count)
                return page.entries.map(\.member.customer)
            }
            #expect(try await found { $0.state = .declined } == ["3"])
            #expect(try await found { $0.state = .waiting } == ["1", "2", "4"])
            #expect(try await found { $0.search = "0% land_" } == ["2"])
            #expect(try await found { $0.search = "%" } == ["2"])
            #expect(try await found { $0.search = "4" } == ["4"])
            #expect(
                try await found { $0.levels = [.init(column: "Land", level: #"Île "x""#)] } == ["1"]
            )
            #expect(try await found { $0.levels = [.init(column: "Land", level: "Nord")] } == [])
            #expect(try await found { $0.order = .gain } == ["4", "3", "2", "1"])
            #expect(
                try await found {
                    $0.first = 1
                    $0.count = 2
                } == ["2", "3"]
            )
            #expect(try await record.queue(QueueQuery(campaign: "autumn")).matches == 0)
            let note = try await record.queue(QueueQuery(campaign: "spring")).entries[1].note
            #expect(note == MemberNote(reasons: "100% Land_Ost"))
        }
    }

    @Test(arguments: RecordKind.allCases)
    func `what is taken back does not count, and is not lost`(_ kind: RecordKind) async throws {
        try await kind.withRecord { record, fixture in
            try await fill(record, fixture)
            _ = try await record.mark(mark("1", .left, seen: 101, at: 102))
            #expect(try fixture.texts("SELECT \"left\" FROM outcome") == ["1"])
            let receipt = try await record.mark(mark("1", .waiting, seen: 102, at: 103))
            #expect(receipt == .takenBack)
            #expect(try fixture.texts("SELECT prediction FROM outcome").isEmpty)
            #expect(
                try await record.mark(mark("1", .waiting, seen: 103, at: 104)) == .nothing
            )
            let history = try #require(try await record.history(of: "1", most: 10))
            #expect(history.sayings.map(\.withdrawn) == [days(103)])
            #expect(history.sayings[0].state == .left)
            #expect(history.predictions.map(\.probability) == [Double(Float(0.1))])
            #expect(history.memberships.map(\.member.rank) == [1])
        }
    }

    @Test(arguments: RecordKind.allCases)
    func `what stood before counts again`(_ kind: RecordKind) async throws {
        try await kind.withRecord { record, fixture in
            try await fill(record, fixture)
            _ = try await record.record([
                Outcome(subject: .customer("1"), date: days(100), left: false, source: "crm")
            ])
            _ = try await record.mark(mark("1", .left, seen: 101, at: 102))
            #expect(try fixture.texts("SELECT \"left\" || ' ' || source FROM outcome") == ["1 ana"])
            _ = try await record.mark(mark("1", .waiting, seen: 102, at: 103))
            #expect(try fixture.texts("SELECT \"left\" || ' ' || source FROM outcome") == ["0 crm"])
        }
    }

    @Test(arguments: RecordKind.allCases)
    func `of two people who mark one customer the second is told, and so is the first`(
        _ kind: RecordKind
    ) async throws {
        try await kind.withRecord { record, fixture in
            try await fill(record, fixture)
            _ = try await record.mark(mark("1", .accepted, by: "ana", seen: 101, at: 102))
            let second = mark("1", .declined, by: "bo", seen: 101, at: 103)
            #expect(try await record.mark(second) == .setAside(by: .accepted, source: "ana"))
            #expect(
                try await record.queue(QueueQuery(campaign: "spring")).entries[0].state == .accepted
            )
            let aside = try await record.setAside(against: "ana", since: days(102))
            #expect(aside.map(\.customer) == ["1"] && aside.map(\.state) == [.declined])
            #expect(aside.map(\.source) == ["bo"] && aside.map(\.time) == [days(103)])
            #expect(try await record.setAside(against: "ana", since: days(103)).isEmpty)
            // The same said twice is no contradiction; having seen it, the second may say otherwise.
            let same = mark("1", .accepted, by: "bo", seen: 101, at: 104)
            #expect(try await record.mark(same) == .kept(heldOut: false))
            let again = mark("1", .declined, by: "bo", seen: 104, at: 105)
            #expect(try await record.mark(again) == .kept(heldOut: false))
            #expect(
                try await record.queue(QueueQuery(campaign: "spring")).entries[0].source == "bo"
            )
        }
    }

    @Test(arguments: RecordKind.allCases)
    func `strangers are no members, and a held-out customer who was called is told`(
        _ kind: RecordKind
    ) async throws {
        try await kind.withRecord { record, fixture in
            try await fill(record, fixture)
            #expect(try await record.mark(mark("9", .left, seen: 101, at: 102)) == .stranger)
            #expect(
                try await record.mark(mark("5", .accepted, seen: 101, at: 102))
                    == .kept(heldOut: true)
            )
            #expect(try await record.standing(of: "spring")?.states == [:])
        }
    }

    @Test(arguments: RecordKind.allCases)
    func `customers are found by the beginning of their names`(_ kind: RecordKind) async throws {
        try await kind.withRecord { record, fixture in
            try await fill(record, fixture)
            try await record.append([fixture.batch("b", time: days(100), customers: ["2"])])
            let all = try await record.customers(prefix: "", from: 0, count: 10)
            #expect(all.matches == 3 && all.entries.map(\.customer) == ["1", "2", "20"])
            #expect(all.entries[1].time == days(100))
            #expect(all.entries.allSatisfy { $0.features == nil })
            let whole = try await record.customers(
                prefix: "",
                from: 0,
                count: 10,
                withFeatures: true
            )
            let latest = try await record.history(of: "2", most: 1)?.predictions.first
            #expect(latest != nil && whole.entries[1].features == latest?.features)
            let some = try await record.customers(prefix: "2", from: 1, count: 1)
            #expect(some.matches == 2 && some.entries.map(\.customer) == ["20"])
            #expect(try await record.history(of: "nobody", most: 3) == nil)
        }
    }
}
