import Foundation
import GRDB
import Record
import Schema
import TestSupport
import Testing

@Suite struct RecordTests {
    @Test func `keeps what was answered`() async throws {
        let fixture = try RecordFixture()
        let log = try openRecord(fixture.path)
        var list = fixture.batch(
            "b",
            time: 2000,
            rows: [[42.5, 0, 1], [.nan, -1, -1], [-3, -2, 0]],
            customers: ["7", nil, "ü"]
        )
        list.shadow = .init(
            model: RecordedModel(
                name: "churn",
                version: "4",
                digest: "def",
                schema: fixture.schema
            ),
            probabilities: [0.5, 0.25, 0.125]
        )
        try await log.append([fixture.batch("a", isSingle: true), list])
        #expect(
            try fixture.texts("SELECT id FROM prediction ORDER BY id") == [
                "a", "b-0", "b-1", "b-2",
            ]
        )
        #expect(
            try fixture.texts("SELECT customer FROM prediction ORDER BY id") == [
                nil, "7", nil, "ü",
            ]
        )
        let features = try fixture.texts("SELECT features FROM prediction ORDER BY id")
        #expect(
            features == [
                #"{"Age \"y\"":42,"Land":"Île \"x\"","Card":"1"}"#,
                #"{"Age \"y\"":42.5,"Land":"Île \"x\"","Card":"1"}"#,
                #"{"Age \"y\"":null,"Land":null,"Card":null}"#,
                #"{"Age \"y\"":-3,"Land":"(not listed)","Card":"0"}"#,
            ]
        )
        let numbers = try fixture.texts(
            """
            SELECT printf('%!.17g', probability) || ' ' || coalesce(shadow_probability, '') || ' ' || time || ' ' || m.version
            || ' ' || coalesce(s.version, '') FROM prediction JOIN model m ON m.id = model
            LEFT JOIN model s ON s.id = shadow_model ORDER BY prediction.id
            """
        )
        #expect(
            numbers.map { $0 ?? "" } == [
                "0.10000000149011612  1000 3 ", "0.10000000149011612 0.5 2000 3 4",
                "0.22499999403953552 0.25 2000 3 4", "0.34999999403953552 0.125 2000 3 4",
            ]
        )
        let counts = try await log.counts()
        #expect(counts.predictions == 4 && counts.outcomes == 0)
    }

    @Test(arguments: [1, 15, 16, 17, 40])
    func `keeps every row, however many statements that takes`(count: Int) async throws {
        let fixture = try RecordFixture()
        let log = try openRecord(fixture.path)
        var batch = PredictionBatch(fixture.model)
        for row in 0 ..< count {
            batch.add(
                Array("id \(1000 + row)".utf8),
                isSingle: true,
                time: Int64(row),
                customers: [row % 3 == 0 ? nil : row % 3 == 1 ? "" : "ü \(row)"],
                rows: CodedRows(width: 3, values: [Double(row) / 4, 1, -1]),
                probabilities: [Float(row) / 64]
            )
        }
        batch.shadow = .init(
            model: RecordedModel(
                name: "churn",
                version: "4",
                digest: "def",
                schema: fixture.schema
            ),
            probabilities: (0 ..< count).map { Float($0) / 128 }
        )
        try await log.append([batch])
        let rows = try fixture.texts(
            """
            SELECT id || ' ' || time || ' ' || coalesce(customer, 'none') || ' ' || (probability * 64) || ' '
            || (shadow_probability * 128) || ' ' || features FROM prediction ORDER BY id
            """
        )
        let expected = (0 ..< count).map { row in
            let customer = row % 3 == 0 ? "none" : row % 3 == 1 ? "" : "ü \(row)"
            let age = row % 4 == 0 ? "\(row / 4)" : "\(Double(row) / 4)"
            let features = #"{"Age \"y\"":\#(age),"Land":"Ost","Card":null}"#
            return "id \(1000 + row) \(row) \(customer) \(row).0 \(row).0 \(features)"
        }
        #expect(rows == expected)
    }

    @Test func `leaves out what is personal`() async throws {
        let fixture = try RecordFixture(personal: ["Id", "Age"])
        let log = try openRecord(fixture.path)
        try await log.append([fixture.batch("a", customers: ["7"])])
        #expect(try fixture.texts("SELECT customer FROM prediction") == [nil])
        #expect(
            try fixture.texts("SELECT features FROM prediction") == [
                #"{"Land":"Île \"x\"","Card":"1"}"#
            ]
        )
    }

    @Test func `writes an empty object where every column is personal`() async throws {
        let fixture = try RecordFixture(personal: ["Id", "Age", "Land", "Card"])
        try await openRecord(fixture.path).append([fixture.batch("a")])
        #expect(try fixture.texts("SELECT features FROM prediction") == ["{}"])
    }

    @Test func `writes a batch whole or not at all`() async throws {
        let fixture = try RecordFixture()
        let log = try openRecord(fixture.path)
        try await log.append([fixture.batch("a")])
        await #expect(throws: RecordStoreError.self) {
            try await log.append([fixture.batch("b"), fixture.batch("a")])
        }
        #expect(try fixture.texts("SELECT id FROM prediction") == ["a-0"])
    }

    @Test func `joins outcomes to predictions`() async throws {
        let fixture = try RecordFixture()
        let log = try openRecord(fixture.path)
        try await log.append([
            fixture.batch("a", time: 1000, customers: ["7"]),
            fixture.batch("b", time: 2000, customers: ["7"]),
            fixture.batch("c", time: 3000, customers: ["8"]),
        ])
        let found = try await log.record([
            Outcome(
                subject: .customer("7"),
                date: 2000,
                left: true,
                contacted: true,
                treatment: "call"
            ),
            Outcome(subject: .customer("7"), date: 1999, left: false),
            Outcome(subject: .customer("7"), date: 999, left: false),
            Outcome(subject: .customer("9"), left: false),
            Outcome(subject: .prediction(id: "c-0"), left: true),
            Outcome(subject: .prediction(id: "C-0"), left: false, contacted: false),
            Outcome(subject: .prediction(id: "d-0"), left: false),
        ])
        #expect(found.map(\.prediction) == ["b-0", "a-0", nil, nil, "c-0", "c-0", nil])
        let told = try fixture.texts(
            """
            SELECT id || ' ' || "left" || ' ' || coalesce(treated, '?') || ' ' || coalesce(treatment, '?')
            FROM labelled ORDER BY id
            """
        )
        #expect(told == ["a-0 0 ? ?", "b-0 1 1 call", "c-0 0 0 ?"])
    }

    @Test(arguments: [(90, 1_000_000, 3), (2, 1_000_000, 2), (90, 1, 1), (1, 2, 1), (90, 0, 0)])
    func `keeps so many days and rows`(days: Int, rows: Int, left: Int) async throws {
        let fixture = try RecordFixture()
        let log = try openRecord(fixture.path, retention: Retention(days: days, rows: rows))
        let day: Int64 = 86_400_000
        try await log.append([
            fixture.batch("a", time: 7 * day), fixture.batch("b", time: 8 * day + 1),
            fixture.batch("c", time: 10 * day),
        ])
        _ = try await log.record(
            ["a-0", "c-0"].map { Outcome(subject: .prediction(id: $0), left: true) }
        )
        #expect(try await log.prune(now: 10 * day, horizonDays: nil) == 3 - left)
        let kept = try fixture.texts("SELECT id FROM prediction ORDER BY id")
        #expect(kept == Array(["a-0", "b-0", "c-0"].suffix(left)))
        let outcomes = try fixture.texts("SELECT prediction FROM outcome ORDER BY prediction")
        #expect(outcomes == ["a-0", "c-0"].filter { kept.contains($0) })
    }

    @Test func `prunes in many steps`() async throws {
        let fixture = try RecordFixture()
        let log = try openRecord(fixture.path, retention: Retention(days: 90, rows: 1_234))
        try await log.append(
            (0 ..< 3).map { number in
                fixture.batch(
                    "\(number)",
                    time: Int64(number),
                    rows: [[Double]](repeating: [1, 0, 0], count: 6_000)
                )
            }
        )
        #expect(try await log.prune(now: 10, horizonDays: nil) == 18_000 - 1_234)
        #expect(try await log.counts().predictions == 1_234)
        #expect(try fixture.texts("SELECT DISTINCT time FROM prediction") == ["2"])
    }

    @Test func `stays when it is opened again, also by two at once`() async throws {
        let fixture = try RecordFixture()
        do {
            let log = try openRecord(fixture.path)
            try await log.append([fixture.batch("a")])
            try log.close()
        }
        let one = try openRecord(fixture.path)
        let other = try openRecord(fixture.path)
        try await one.append([fixture.batch("b")])
        try await other.append([fixture.batch("c")])
        #expect(try await one.counts().predictions == 3)
    }

    @Test func `a reader holds nobody up`() async throws {
        let fixture = try RecordFixture()
        let log = try openRecord(fixture.path)
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let reader = try DatabaseQueue(path: fixture.path, configuration: configuration)
        try await reader.writeWithoutTransaction { db in
            try db.beginTransaction(.deferred)
            _ = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM prediction")
        }
        try await log.append([fixture.batch("a")])
        try await reader.writeWithoutTransaction { db in try db.rollback() }
        #expect(try await log.counts().predictions == 1)
    }

    @Test func `refuses what is no log`() async throws {
        let fixture = try RecordFixture()
        let folder = fixture.folder.path
        let rubbish = try fixture.folder.file("rubbish.db", Data(repeating: 65, count: 5000))
        for (path, word) in [
            (rubbish, "move it away"), (folder, "name another file"),
            (folder + "/none/a.db", "name another file"),
        ] {
            let error = #expect(throws: RecordStoreError.self) { try openRecord(path) }
            #expect(error?.description.hasPrefix(path) == true)
            #expect(error?.description.contains(word) == true, "\(error?.description ?? "")")
            #expect(error?.description.contains("\n") == false)
        }
        #expect(try fixture.folder.bytes("rubbish.db") == Data(repeating: 65, count: 5000))
    }

    @Test func `refuses the file of a newer program`() async throws {
        let fixture = try RecordFixture()
        try openRecord(fixture.path).close()
        try await DatabaseQueue(path: fixture.path).write { db in
            try db.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('99 later')")
        }
        let error = #expect(throws: RecordStoreError.self) { try openRecord(fixture.path) }
        #expect(error?.problem == "it was written by a newer Retain")
    }
}
