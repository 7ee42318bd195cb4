import Campaign
import Foundation
import GRDB
import Record
import Schema
import Testing

/// What happens to the file where several programs have it, where it can't be written, and where it is an older one's.
@Suite struct SharedFileTests {
    @Test func `many open a new file at once, and all write to it`() async throws {
        let fixture = try RecordFixture()
        let (path, batches) = (
            fixture.path, (0 ..< 8).map { fixture.batch("p\($0)", customers: ["\($0)"]) }
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (number, batch) in batches.enumerated() {
                group.addTask {
                    let record = try openRecord(path)
                    for round in 0 ..< 5 {
                        if round == 0 { try await record.append([batch]) }
                        try await record.record([
                            Outcome(
                                subject: .customer("\(number)"),
                                date: Int64(2000 + round),
                                left: false
                            )
                        ])
                    }
                    try record.close()
                }
            }
            try await group.waitForAll()
        }
        #expect(try fixture.texts("SELECT id FROM prediction").count == 8)
        #expect(try fixture.texts("SELECT prediction FROM outcome").count == 8)
        #expect(try fixture.texts("SELECT customer FROM outcome_history").count == 40)
    }

    @Test func `who comes while another writes waits`() async throws {
        let fixture = try RecordFixture()
        let record = try openRecord(fixture.path)
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: fixture.path, configuration: configuration)
        try await other.writeWithoutTransaction { db in try db.beginTransaction(.immediate) }
        let batch = fixture.batch("a")
        let writing = Task { try await record.append([batch]) }
        try await Task.sleep(for: .milliseconds(200))
        try await other.writeWithoutTransaction { db in try db.commit() }
        try await writing.value
        #expect(try fixture.texts("SELECT id FROM prediction") == ["a-0"])
    }

    @Test func `a full disk is told, and what was there stays`() async throws {
        let fixture = try RecordFixture()
        let record = try openRecord(fixture.path)
        try await record.append([fixture.batch("a")])
        // No page more than there are.
        try limitPages(of: record, to: 1)
        let rows = [[Double]](repeating: [1, 0, 1], count: 20_000)
        let error = await #expect(throws: RecordStoreError.self) {
            try await record.append([fixture.batch("b", rows: rows)])
        }
        #expect(error?.description.contains("make room on the disk") == true)
        let writer = try? record.beginBatch(of: fixture.model, source: "a.csv", at: 0)
        #expect(throws: RecordStoreError.self) {
            try writer?.append(
                customers: rows.indices.map { "\($0)" },
                asOf: [],
                rows: .init(width: 3, values: rows.flatMap(\.self)),
                probabilities: rows.map { _ in 0.5 }
            )
            if writer == nil { throw try #require(error) }
        }
        #expect(try fixture.texts("SELECT id FROM prediction") == ["a-0"])
    }

    @Test func `a file of before keeps what it had, and gets what is new`() async throws {
        let fixture = try RecordFixture()
        try OlderRecord.make(fixture.path)
        // Who only reads finds the same in it before it is brought up to date.
        let reading = readRecord(fixture.path)
        let maturity = Maturity(days: 1, at: days(10))
        let before = try reading.judgements(of: "abc", newest: 9, maturing: maturity)
        #expect(before.map(\.left) == [false, true])
        let record = try openRecord(fixture.path)
        let counts = try await record.counts()
        #expect(counts.predictions == 3 && counts.outcomes == 2)
        let after = try reading.judgements(of: "abc", newest: 9, maturing: maturity)
        #expect(after == before)
        let history = try fixture.texts(
            #"SELECT coalesce(customer, '-') || prediction || "left" || coalesce(contacted, '?') FROM outcome_history ORDER BY id"#
        )
        #expect(history == ["7a-01?", "-b-000"])
        try await record.add(.of("a", day: 0), members: [.of("7")])
        let truths = try await record.truths(of: "a", asOf: days(20))
        #expect(truths == [MemberTruth(customer: "7", state: .matured, left: true)])
        #expect(try fixture.texts("SELECT id FROM labelled ORDER BY id") == ["a-0", "b-0"])
        try record.close()
    }
}

/// A record as Retain 0.1 left it: the first four forms of the file, word by word.
private enum OlderRecord {
    static func make(_ path: String) throws {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 predictions and outcomes") { db in
            try db.execute(
                sql: """
                    CREATE TABLE model (
                        id INTEGER PRIMARY KEY, name TEXT NOT NULL, version TEXT NOT NULL, digest TEXT NOT NULL,
                        UNIQUE (name, version, digest)
                    );
                    CREATE TABLE prediction (
                        id TEXT NOT NULL PRIMARY KEY, time INTEGER NOT NULL,
                        model INTEGER NOT NULL REFERENCES model, customer TEXT, probability REAL NOT NULL,
                        shadow_model INTEGER REFERENCES model, shadow_probability REAL, features TEXT NOT NULL
                    ) WITHOUT ROWID;
                    CREATE INDEX prediction_time ON prediction (time);
                    CREATE INDEX prediction_customer ON prediction (customer, time) WHERE customer IS NOT NULL;
                    CREATE TABLE outcome (
                        prediction TEXT NOT NULL PRIMARY KEY REFERENCES prediction ON DELETE CASCADE,
                        received INTEGER NOT NULL, "left" INTEGER NOT NULL, treated INTEGER, treatment TEXT
                    ) WITHOUT ROWID;
                    CREATE VIEW labelled AS SELECT prediction.id FROM outcome JOIN prediction ON prediction.id = prediction;
                    """
            )
        }
        migrator.registerMigration("2 drift") { db in
            try db.execute(
                sql: """
                    CREATE TABLE audit (id INTEGER PRIMARY KEY, time INTEGER NOT NULL, kind TEXT NOT NULL, detail TEXT NOT NULL);
                    CREATE TABLE state (name TEXT NOT NULL PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;
                    """
            )
        }
        migrator.registerMigration("3 no index of time") { db in
            try db.execute(sql: "DROP INDEX prediction_time")
        }
        migrator.registerMigration("4 day of reference") { db in
            try db.execute(sql: "ALTER TABLE prediction ADD COLUMN as_of TEXT")
        }
        let pool = try DatabasePool(path: path)
        try migrator.migrate(pool)
        try pool.write { db in
            try db.execute(
                sql: """
                    INSERT INTO model VALUES (1, 'churn', '3', 'abc');
                    INSERT INTO prediction VALUES
                        ('a-0', 1000, 1, '7', 0.25, NULL, NULL, '{}', NULL), ('b-0', 2000, 1, NULL, 0.5, NULL, NULL, '{}', NULL),
                        ('c-0', 3000, 1, '8', 0.5, NULL, NULL, '{}', NULL);
                    INSERT INTO outcome VALUES ('a-0', 86500000, 1, NULL, NULL), ('b-0', 864000000, 0, 0, 'none');
                    """
            )
        }
        try pool.close()
    }
}
