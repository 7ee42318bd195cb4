import Foundation
import Output
import Record
import Schema
import TestSupport
import Testing

/// What is PostgreSQL's own: what it takes for a record, what it keeps as it is, and who may write.
@Suite(.onPostgres) struct PostgresRecordTests {
    @Test func `features stay byte for byte as they were written`() async throws {
        try await RecordKind.postgres.withRecord { record, fixture in
            try await record.append([
                fixture.batch("a", rows: [[1e300, 0, 1], [.nan, -2, 0]], customers: ["7", "8"])
            ])
            let found = try fixture.texts("SELECT features FROM prediction ORDER BY place")
            #expect(
                found == [
                    #"{"Age \"y\"":1e+300,"Land":"Île \"x\"","Card":"1"}"#,
                    #"{"Age \"y\"":null,"Land":"(not listed)","Card":"0"}"#,
                ]
            )
        }
    }

    @Test func `a character that no text can hold loses neither the batch nor the customer`()
        async throws
    {
        try await RecordKind.postgres.withRecord { record, fixture in
            try await record.append([
                fixture.batch("a", rows: [[1, 0, 1], [2, 0, 1]], customers: ["x\0y", "z"])
            ])
            let receipts = try await record.record([
                Outcome(subject: .customer("x\0y"), left: true, treatment: "a\0", source: "\0")
            ])
            #expect(receipts[0].prediction == fixture.name("a-0"))
            #expect(
                try fixture.texts("SELECT customer || treatment || source FROM labelled")
                    == ["x\u{2400}ya\u{2400}\u{2400}"]
            )
            #expect(try await record.history(of: "x\0y", most: 9)?.sayings.count == 1)
        }
    }

    @Test func `an identifier of any length loses neither the batch nor the customer`()
        async throws
    {
        try await RecordKind.postgres.withRecord { record, fixture in
            // Not to be packed by the server.
            let long = (0 ..< 9_000).map { _ in "é€x🎄".randomElement().map(String.init) ?? "" }
                .joined()
            try await record.append([
                fixture.batch("a", rows: [[1, 0, 1], [2, 0, 1]], customers: [long, "z"])
            ])
            try await record.add(.of("spring"), members: [.of(long)])
            let outcome = Outcome(subject: .customer(long), left: true)
            #expect(try await record.hasPredictions(of: [outcome]))
            let receipts = try await record.record([outcome])
            #expect(receipts[0].prediction == fixture.name("a-0"))
            #expect(receipts[0].campaigns == ["spring"])
            #expect(try await record.openCampaigns(of: [long]).map(\.customer) == [long])
            #expect(try await record.history(of: long, most: 9)?.sayings.count == 1)
            #expect(try await record.counts().predictions == 2)
        }
    }

    @Test func `a request's name is its UUID and a place`() async throws {
        try await RecordKind.postgres.withRecord { record, fixture in
            let name = String(decoding: PredictionID().text, as: UTF8.self)
            for (isSingle, rows) in [(true, 1), (false, 12)] {
                var batch = PredictionBatch(fixture.model)
                let id = isSingle ? name : String(decoding: PredictionID().text, as: UTF8.self)
                batch.add(
                    Array(id.utf8),
                    isSingle: isSingle,
                    time: 1,
                    customers: (0 ..< rows).map { _ in nil },
                    rows: CodedRows(width: 3, values: (0 ..< 3 * rows).map { _ in 1 }),
                    probabilities: (0 ..< rows).map { Float($0) / 16 }
                )
                try await record.append([batch])
                let wanted = isSingle ? [id] : (0 ..< rows).map { "\(id)-\($0)" }
                let receipts = try await record.record(
                    wanted.map { Outcome(subject: .prediction(id: $0.uppercased()), left: true) }
                )
                #expect(receipts.map(\.prediction) == wanted)
            }
            for none in ["\(name)-0", "\(name)-", "\(name)-00", "\(name)x", "nobody", ""] {
                let receipt = try await record.record([
                    Outcome(subject: .prediction(id: none), left: true)
                ])
                #expect(receipt[0].prediction == nil)
            }
            var odd = PredictionBatch(fixture.model)
            odd.add(
                Array("no-uuid".utf8),
                isSingle: true,
                time: 1,
                customers: [nil],
                rows: CodedRows(width: 3, values: [1, 0, 1]),
                probabilities: [0.5]
            )
            await #expect(throws: RecordStoreError.self) { try await record.append([odd]) }
            #expect(try await record.counts().predictions == 13)
        }
    }

    @Test func `what comes a second time is kept once`() async throws {
        try await RecordKind.postgres.withRecord { record, fixture in
            let rows = [[Double]](repeating: [1, 0, 1], count: 20_000)
            try await record.append([fixture.batch("a", rows: rows)])
            try await record.append([fixture.batch("b"), fixture.batch("a", rows: rows)])
            #expect(try await record.counts().predictions == 20_001)
        }
    }

    @Test func `many open a new record at once, and all write to it`() async throws {
        let fixture = try RecordFixture(.postgres)
        let path = fixture.path
        let batches = (0 ..< 8).map { fixture.batch("p\($0)", customers: ["\($0)"]) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (number, batch) in batches.enumerated() {
                group.addTask {
                    let record = try openRecord(path)
                    for round in 0 ..< 5 {
                        if round == 0 { try await record.append([batch]) }
                        // All of one customer: who reads before writing takes turns.
                        try await record.record([
                            Outcome(
                                subject: .customer("0"),
                                date: Int64(2000 + round),
                                left: false,
                                source: "\(number)"
                            )
                        ])
                    }
                    try record.close()
                }
            }
            try await group.waitForAll()
        }
        #expect(try fixture.texts("SELECT id FROM prediction").count == 8)
        #expect(try fixture.texts("SELECT DISTINCT date FROM outcome_history").count == 5)
        #expect(try fixture.texts("SELECT date FROM outcome_history").count == 5)
        #expect(try fixture.texts("SELECT name FROM retain_form").count == 1)
    }

    @Test func `a database of something else is left alone`() async throws {
        let fixture = try RecordFixture(.postgres)
        try fixture.execute("CREATE TABLE outcome (theirs text)")
        let error = #expect(throws: RecordStoreError.self) { try openRecord(fixture.path) }
        #expect(error?.description.contains("a table \"outcome\" that is not Retain's") == true)
        #expect(try fixture.texts("SELECT to_regclass('prediction')") == [nil])
        // Tables of other names are no matter.
        let shared = try RecordFixture(.postgres)
        try shared.execute("CREATE TABLE orders (theirs text)")
        try openRecord(shared.path).close()
    }

    @Test func `who only reads makes no record`() async throws {
        let fixture = try RecordFixture(.postgres)
        let error = #expect(throws: RecordStoreError.self) {
            try readRecord(fixture.path).newestModel()
        }
        #expect(error?.problem == "it holds no record")
        #expect(try fixture.texts("SELECT to_regclass('retain_form')") == [nil])
        try openRecord(fixture.path).close()
        #expect(try readRecord(fixture.path).newestModel() == nil)
    }

    @Test func `an older program goes on beside a newer form, unless that says no`() async throws {
        try await RecordKind.postgres.withRecord { record, fixture in
            // Its connection has prepared statements, whose rows get another form now.
            try await record.append([fixture.batch("c", customers: ["c"])])
            try await record.record([Outcome(subject: .customer("c"), left: true)])
            try fixture.execute(
                """
                ALTER TABLE prediction ADD COLUMN later text NOT NULL DEFAULT 'x';
                ALTER TABLE outcome ADD COLUMN later integer;
                ALTER TABLE outcome_history ADD COLUMN later integer NOT NULL DEFAULT 1;
                ALTER TABLE outcome_withdrawn ADD COLUMN later integer;
                CREATE TABLE later (a integer);
                INSERT INTO retain_form (name) VALUES ('2 later')
                """
            )
            let restarted = try openRecord(fixture.path)
            for (store, id) in [(record, "a"), (restarted, "b")] {
                try await store.append([fixture.batch(id, customers: [id])])
                let receipts = try await store.record([
                    Outcome(subject: .customer(id), left: true)
                ])
                #expect(receipts[0].prediction == fixture.name("\(id)-0"))
            }
            #expect(try readRecord(fixture.path).newestModel() != nil)
            try restarted.close()
            try fixture.execute(
                "INSERT INTO retain_form (name, is_breaking) VALUES ('3 without', true)"
            )
            for open in [
                { _ = try openRecord(fixture.path) },
                { _ = try readRecord(fixture.path).newestModel() },
            ] {
                let error = #expect(throws: RecordStoreError.self) { try open() }
                #expect(error?.problem == "it was written by a newer Retain")
            }
        }
    }

    @Test(arguments: [
        ("postgres://retain:sEcr3t@127.0.0.1:1/retain", "postgres://retain@127.0.0.1:1/retain"),
        ("postgresql://127.0.0.1:1/?password=sEcr3t", "postgresql://127.0.0.1:1"),
        ("postgres://retain:sEcr3t@a@127.0.0.1:1/retain", "postgres://…"),
        ("postgres://retain:sEcr3t/a@127.0.0.1:1/retain", "postgres://…"),
        ("postgres://retain:sEcr3t?a@127.0.0.1:1/retain", "postgres://…"),
        ("postgres://retain:sEcr3t#a@127.0.0.1:1/retain", "postgres://…"),
        ("postgres://127.0.0.1:sEcr3t/retain", "postgres://…"),
        ("postgres://retain:%zzsEcr3t@127.0.0.1:1/retain", "postgres://retain@127.0.0.1:1/retain"),
    ])
    func `nothing tells the password`(_ address: String, _ name: String) {
        #expect(RecordAddress(address).name == name)
        #expect(!RecordAddress(address).isMissingFile)
        for open in [
            { _ = try openRecord(address) }, { _ = try readRecord(address).newestModel() },
        ] {
            let error = #expect(throws: RecordStoreError.self) { try open() }
            #expect(error?.description.hasPrefix(name + ": ") == true)
            #expect(error?.description.contains("sEcr3t") == false, "\(error?.description ?? "")")
            #expect(error?.description.contains("\n") == false)
        }
    }

    @Test func `who is not let in is told why`() throws {
        let server = try #require(PostgresServer.shared)
        for (address, words, status) in [
            (server.address(password: "wrong"), "password authentication failed", 69),
            (server.address(database: "none"), "database \"none\" does not exist", 69),
            ("postgres://retain@127.0.0.1:1/retain", "Connection refused", 69),
            ("postgres://retain@127.0.0.1:port/retain", "the address can't be read", 64),
            (server.address(schema: "missing"), "no schema has been selected", 73),
        ] {
            let error = #expect(throws: RecordStoreError.self) { try openRecord(address) }
            #expect(error?.problem.contains(words) == true, "\(error?.description ?? "")")
            #expect(error.map { Int($0.exitStatus.rawValue) } == status)
        }
    }

    @Test func `a server whose texts are not UTF-8 is refused`() throws {
        let server = try #require(PostgresServer.shared)
        let name = "latin" + UUID().uuidString.prefix(8).lowercased()
        try server.execute(
            "CREATE DATABASE \(name) ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0",
            schema: nil
        )
        let error = #expect(throws: RecordStoreError.self) {
            try openRecord(server.address(database: name))
        }
        #expect(error?.problem == "its encoding is not UTF8")
    }
}
