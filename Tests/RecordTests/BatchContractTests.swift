import Campaign
import Foundation
import Record
import Schema
import Testing

/// What each store must do with files that enter the record.
@Suite struct BatchContractTests {
    private static let now = Int64(Date.now.timeIntervalSince1970 * 1000)

    private func write(
        _ names: [String],
        pieces: Int = 1,
        time: Int64 = now,
        to record: any RecordStore,
        _ fixture: RecordFixture
    ) throws -> any BatchWriter {
        let writer = try record.beginBatch(of: fixture.model, source: "a.csv", at: time)
        for piece in 0 ..< pieces {
            try writer.append(
                customers: names.map { "\($0)\(piece)" },
                asOf: names.map { _ in Day(number: 20_000) },
                rows: CodedRows(width: 3, values: names.flatMap { _ in [1, 0, 1] }),
                probabilities: names.indices.map { Float($0) / 8 }
            )
        }
        return writer
    }

    @Test(arguments: RecordKind.allCases)
    func `a file is there with its customers, its day and its model`(
        _ kind: RecordKind
    ) async throws {
        try await kind.withRecord { record, fixture in
            try write(["a", "b"], pieces: 3, to: record, fixture).end()
            let found = try fixture.texts(
                """
                SELECT customer || ' ' || as_of || ' ' || model.name || ' ' || features
                FROM prediction JOIN model ON model.id = prediction.model ORDER BY customer
                """
            )
            #expect(found.count == 6)
            #expect(
                found.first
                    == #"a0 2024-10-04 churn {"Age \"y\"":1,"Land":"Île \"x\"","Card":"1"}"#
            )
            #expect(
                try fixture.texts("SELECT rows || source FROM batch WHERE ended > 0") == ["6a.csv"]
            )
            let receipts = try await record.record([
                Outcome(subject: .customer("b2"), left: true)
            ])
            #expect(receipts[0].prediction?.hasSuffix("-5") == true)
        }
    }

    @Test(arguments: RecordKind.allCases)
    func `a file that is given up leaves nothing`(_ kind: RecordKind) async throws {
        try await kind.withRecord { record, fixture in
            try await record.append([fixture.batch("z", time: Self.now)])
            try write(["a", "b"], pieces: 2, to: record, fixture).abandon()
            let counts = try await record.counts()
            #expect(counts.predictions == 1)
            #expect(try fixture.texts("SELECT name FROM batch").isEmpty)
        }
    }

    @Test(arguments: RecordKind.allCases)
    func `a file whose writer died is removed by the next one`(_ kind: RecordKind) async throws {
        try await kind.withRecord { record, fixture in
            _ = try write(["a"], to: record, fixture)
            // A writer that is at work is left alone.
            try write(["b"], to: record, fixture).end()
            #expect(
                try fixture.texts("SELECT customer FROM prediction ORDER BY customer") == [
                    "a0", "b0",
                ]
            )
            try fixture.execute("UPDATE lease SET expires = 0")
            try write(["c"], to: record, fixture).end()
            #expect(
                try fixture.texts("SELECT customer FROM prediction ORDER BY customer") == [
                    "b0", "c0",
                ]
            )
            #expect(try fixture.texts("SELECT name FROM lease").isEmpty)
        }
    }

    @Test(arguments: RecordKind.allCases)
    func `a batch that a campaign stands on does not count as rows`(
        _ kind: RecordKind
    ) async throws {
        try await kind.withRecord(Retention(days: 90, rows: 3)) { record, fixture in
            try write((0 ..< 10).map { "m\($0)-" }, time: Self.now - 9000, to: record, fixture)
                .end()
            try write((0 ..< 10).map { "n\($0)-" }, time: Self.now - 8000, to: record, fixture)
                .end()
            for number in 0 ..< 5 {
                try await record.append([fixture.batch("zz\(number)", time: Self.now)])
            }
            let campaign = CampaignEntry(
                name: "a",
                created: Self.now,
                horizonDays: 10,
                keyID: "k",
                decision: "{}"
            )
            try await record.add(campaign, members: [.of("m3-0")])
            #expect(try await record.prune(now: Self.now, horizonDays: nil) == 12)
            let left = try fixture.texts(
                "SELECT COUNT(*) || coalesce(substr(customer, 1, 1), 'z') FROM prediction GROUP BY substr(customer, 1, 1)"
            )
            #expect(Set(left.compactMap(\.self)) == ["10m", "3z"])
            // A closed campaign whose horizon is over needs it no more.
            try await record.close("a", at: Self.now)
            #expect(try await record.prune(now: Self.now + days(11), horizonDays: nil) == 10)
            #expect(try await record.members(of: "a").count == 1)
        }
    }

    @Test(arguments: RecordKind.allCases)
    func `predictions stay for the horizon and a month`(_ kind: RecordKind) async throws {
        try await kind.withRecord(Retention(days: 1)) { record, fixture in
            try await record.append([fixture.batch("p", time: days(100))])
            #expect(try await record.prune(now: days(139), horizonDays: 10) == 0)
            #expect(try await record.prune(now: days(141), horizonDays: 10) == 1)
        }
    }
}
