import Campaign
import Record
import Testing

/// What each store must do with campaigns and their members.
@Suite struct CampaignContractTests {
    @Test(arguments: RecordKind.allCases)
    func `a campaign comes back as it was decided`(_ kind: RecordKind) async throws {
        try await kind.withRecord { record, _ in
            let members = (1 ... 45).map {
                CampaignMember.of("ü \(46 - $0)", rank: $0, arm: $0 % 5 == 0 ? .heldOut : .contact)
            }
            let entry = CampaignEntry.of("Weihnachten 🎄")
            try await record.add(entry, members: members.reversed())
            #expect(try await record.campaign(named: entry.name) == entry)
            #expect(try await record.members(of: entry.name) == members)
            let (campaign, nobody) = (
                try await record.campaign(named: "other"), try await record.members(of: "other")
            )
            #expect(campaign == nil && nobody.isEmpty)
        }
    }

    @Test(arguments: RecordKind.allCases)
    func `a record without campaigns has none`(_ kind: RecordKind) async throws {
        try await kind.withRecord { record, _ in
            let campaigns = try await record.campaigns()
            let open = try await record.openCampaigns(of: ["a"])
            #expect(campaigns.isEmpty && open.isEmpty)
        }
    }

    @Test(arguments: RecordKind.allCases)
    func `campaigns come the newest first`(_ kind: RecordKind) async throws {
        try await kind.withRecord { record, _ in
            for (name, day) in [("a", 3), ("b", 7), ("c", 5), ("d", 7)] as [(String, Int64)] {
                try await record.add(.of(name, day: day), members: [])
            }
            #expect(try await record.campaigns().map(\.name) == ["d", "b", "c", "a"])
        }
    }

    @Test(arguments: RecordKind.allCases)
    func `a name is taken once, and a broken list leaves nothing`(_ kind: RecordKind) async throws {
        try await kind.withRecord { record, _ in
            try await record.add(.of("a"), members: [.of("1")])
            let error = await #expect(throws: RecordStoreError.self) {
                try await record.add(.of("a", day: 200), members: [.of("2")])
            }
            #expect(error?.description.contains("give this one another name") == true)
            #expect(try await record.campaign(named: "a")?.created == days(100))
            await #expect(throws: RecordStoreError.self) {
                try await record.add(.of("b"), members: [.of("3"), .of("3", rank: 2)])
            }
            #expect(try await record.campaigns().map(\.name) == ["a"])
            #expect(try await record.openCampaigns(of: ["3"]).isEmpty)
        }
    }

    @Test(arguments: RecordKind.allCases)
    func `open campaigns are found by customer, in the order asked`(
        _ kind: RecordKind
    ) async throws {
        try await kind.withRecord { record, _ in
            try await record.add(.of("late", day: 9), members: [.of("1"), .of("2", rank: 2)])
            try await record.add(.of("early", day: 5), members: [.of("2"), .of("3", rank: 2)])
            try await record.add(.of("over", day: 1, closed: days(2)), members: [.of("3")])
            let found = try await record.openCampaigns(of: ["3", "none", "2", "1"])
            #expect(found.map(\.customer) == ["3", "2", "2", "1"])
            #expect(found.map(\.campaign) == ["early", "early", "late", "late"])
        }
    }

    @Test(arguments: RecordKind.allCases)
    func `a closed campaign stays closed since then`(_ kind: RecordKind) async throws {
        try await kind.withRecord { record, _ in
            try await record.add(.of("a"), members: [.of("1")])
            try await record.close("a", at: days(103))
            try await record.close("a", at: days(120))
            #expect(try await record.campaign(named: "a")?.closed == days(103))
            #expect(try await record.openCampaigns(of: ["1"]).isEmpty)
            #expect(try await record.members(of: "a").count == 1)
            let error = await #expect(throws: RecordStoreError.self) {
                try await record.close("b", at: 0)
            }
            #expect(error?.description.contains("there is no campaign \"b\"") == true)
        }
    }

    @Test(arguments: RecordKind.allCases)
    func `members stay when the predictions that they were chosen by go`(
        _ kind: RecordKind
    ) async throws {
        try await kind.withRecord { record, fixture in
            try await record.append([
                fixture.batch("a", time: days(100), customers: ["1"]),
                fixture.batch("b", time: days(100), customers: ["2"]),
            ])
            try await record.add(.of("a"), members: [.of("1")])
            try await record.record(
                ["1", "2"].map {
                    Outcome(
                        subject: .customer($0),
                        date: days(111),
                        left: true,
                        occurred: days(105)
                    )
                }
            )
            #expect(try await record.prune(now: days(300), horizonDays: nil) == 2)
            let counts = try await record.counts()
            #expect(counts.predictions == 0 && counts.outcomes == 0)
            let truths = try await record.truths(of: "a", asOf: days(300))
            #expect(truths == [MemberTruth(customer: "1", state: .matured, left: true)])
        }
    }
}
