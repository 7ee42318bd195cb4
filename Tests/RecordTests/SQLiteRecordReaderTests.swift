import Foundation
import GRDB
import Record
import Schema
import Tabular
import TestSupport
import Testing
import Wire

@Suite struct SQLiteRecordReaderTests {
    /// Every kind of column, with levels and numbers that are easily read as something else.
    private static func schema(personal: Set<String> = [], extra: [ColumnSchema] = []) -> Schema {
        Schema(
            target: .init(column: "Left", positive: "yes, \"gone\"", negative: "no"),
            identifier: "Id",
            nullValues: ["NA", "(not listed)"],
            columns: [
                ColumnSchema(name: "Id", role: .identifier, type: .text),
                ColumnSchema(
                    name: "Sum, in €",
                    role: .feature,
                    type: .number(minimum: nil, maximum: nil),
                    nulls: .impute,
                    personal: personal.contains("Sum")
                ),
                ColumnSchema(
                    name: "Land",
                    role: .feature,
                    type: .levels(["NA", " a b ", "c,d", "e\nf", "1", "1.0", "Île"]),
                    nulls: .impute,
                    unseen: .other
                ),
                ColumnSchema(
                    name: "Card",
                    role: .feature,
                    type: .boolean(no: "0", yes: "1"),
                    nulls: .impute
                ),
                ColumnSchema(name: "offered", role: .ignored, type: .text),
                ColumnSchema(
                    name: "Left",
                    role: .target,
                    type: .boolean(no: "no", yes: "yes, \"gone\"")
                ),
            ] + extra
        )
    }

    private static let rows: [[String]] = [
        ["k1", "42.5", "c,d", "1", "yes, \"gone\""], ["k2", "-0", "NA", "0", "no"],
        ["k3", "1e300", " a b ", "", "no"], ["k4", "", "elsewhere", "1", "no"],
        ["k5", "0.1", "e\nf", "0", "yes, \"gone\""], ["k6", "12345678901234567", "1", "1", "no"],
        ["k7", "5e-324", "1.0", "0", "no"], ["k8", "0.30000000000000004", "Île", "1", "no"],
        ["k9", "-1.5", "", "1", "no"],
    ]

    private static func file(_ rows: [[String]]) -> [UInt8] {
        var csv: [UInt8] = []
        for row in [["Id", "Sum, in €", "Land", "Card", "Left"]] + rows {
            for (place, field) in row.enumerated() {
                if place > 0 { csv.append(UInt8(ascii: ",")) }
                csv.appendCSVField(field)
            }
            csv.append(0x0A)
        }
        return csv
    }

    /// The typed rows of a CSV file.
    private static func typed(_ csv: [UInt8], _ schema: Schema) throws -> DecodedBatch {
        var reader = try CSVReader(text: csv, named: "test", dialect: CSVDialect())
        let decoder = try SchemaDecoder(schema, header: reader.header, needsTarget: true)
        let batches = try reader.readAll(threads: 1)
        #expect(batches.count == 1)
        return decoder.decode(batches[0])
    }

    /// A log in which rows were predicted, and the truth of all of them is known.
    private struct Logged {
        let folder: TemporaryFolder
        let log: any LabelledRecord
        let path: String

        init(
            _ rows: [[String]],
            _ schema: Schema,
            customers: [String?]? = nil,
            treated: [Bool?]? = nil
        ) async throws {
            folder = try TemporaryFolder()
            path = folder.path + "/retain.db"
            log = readRecord(path)
            let predicted = try CustomerDecoder(schema).table(SQLiteRecordReaderTests.file(rows))
            #expect(predicted.problems.isEmpty, "\(predicted.problems)")
            let writing = try openRecord(path)
            var batch = PredictionBatch(
                RecordedModel(name: "churn", version: "3", digest: "abc", schema: schema)
            )
            batch.add(
                Array("p".utf8),
                isSingle: false,
                time: 1_000,
                customers: customers ?? predicted.identifiers,
                rows: predicted.coded,
                probabilities: rows.indices.map { Float($0) / 16 }
            )
            try await writing.append([batch])
            let outcomes = rows.indices.map { row in
                Outcome(
                    subject: .prediction(id: "p-\(row)"),
                    left: rows[row][4] == schema.target.positive,
                    contacted: treated?[row]
                )
            }
            _ = try await writing.record(outcomes)
            try writing.close()
        }
    }

    @Test func `dates are kept as ages, with the day that they were counted back from`()
        async throws
    {
        let schema = Schema(
            target: .init(column: "Left", positive: "1", negative: "0"),
            identifier: nil,
            columns: [
                ColumnSchema(name: "Joined", role: .feature, type: .date(.epoch)),
                ColumnSchema(
                    name: "Month",
                    role: .feature,
                    type: .cycle(.monthCosine, of: "Joined", .epoch),
                    nulls: .impute
                ),
                ColumnSchema(name: "Left", role: .target, type: .boolean(no: "0", yes: "1")),
            ]
        )
        let rows = try CustomerDecoder(schema).customers(
            Array(
                #"[{"Joined": 1698710400, "as_of": "2023-11-30"}, {"Joined": "P7D", "as_of": "2023-12-31"}]"#
                    .utf8
            )
        )
        #expect(rows.problems.isEmpty)
        let folder = try TemporaryFolder()
        let path = folder.path + "/retain.db"
        let writing = try openRecord(path)
        var batch = PredictionBatch(
            RecordedModel(name: "churn", version: "3", digest: "abc", schema: schema)
        )
        batch.add(
            Array("p".utf8),
            isSingle: false,
            time: 1_000,
            customers: rows.identifiers,
            asOf: rows.asOf,
            rows: rows.coded,
            probabilities: [0.5, 0.25]
        )
        try await writing.append([batch])
        _ = try await writing.record(
            (0 ..< 2).map {
                Outcome(subject: .prediction(id: "p-\($0)"), left: $0 == 0)
            }
        )
        try writing.close()
        let kept = try await DatabaseQueue(path: path).read { db in
            try Row.fetchAll(db, sql: "SELECT as_of, features FROM labelled ORDER BY id")
                .map { ["\($0["as_of"] as String)", "\($0["features"] as String)"] }
        }
        #expect(kept[0] == ["2023-11-30", #"{"Joined":"P30D","Month":"month_cos 0"}"#])
        #expect(kept[1][0] == "2023-12-31")
        // Learned from years later, they are as old as they were.
        let logged = try readRecord(path).customers(
            schema,
            knownAfter: 0,
            maturing: nil,
            treatedColumn: "offered"
        )
        #expect(logged.broken == 0 && logged.lacking == 0)
        #expect(logged.customers.rows == rows.coded)
        #expect(try Self.typed(logged.csv, schema).table["Joined"] == .number([30, 7]))
    }

    @Test func `a row of the log is the row of the file, bit by bit`() async throws {
        let schema = Self.schema()
        let logged = try await Logged(Self.rows, schema)
        let customers = try logged.log.customers(
            schema,
            knownAfter: 0,
            maturing: nil,
            treatedColumn: "offered"
        )
        #expect(customers.customers.labels.count == 9)
        #expect(customers.lacking == 0 && customers.broken == 0)
        let ours = try customers.customers.decoded(by: schema, needsTarget: true)
        // The file that they were read from, and the one that they are written to.
        for file in [Self.file(Self.rows), customers.csv] {
            let theirs = try Self.typed(file, schema)
            #expect(ours.violations.isEmpty && theirs.violations.isEmpty)
            #expect(ours.labels == theirs.labels && ours.labels.count { $0 } == 2)
            #expect(ours.table.names == theirs.table.names)
            var rows = CodedRows(width: 3)
            rows.append(Array(0 ..< 9), of: theirs.table, columns: theirs.table.names)
            #expect(rows == customers.customers.rows)
        }
        #expect(
            ours.table["Land"]
                == .level(
                    codes: [2, 0, 1, -2, 3, 4, 5, 6, -1],
                    levels: ["NA", " a b ", "c,d", "e\nf", "1", "1.0", "Île"]
                )
        )
    }

    @Test func `who was treated is in a column of its own`() async throws {
        let schema = Self.schema()
        let treated: [Bool?] = [true, false, nil, true, nil, nil, nil, nil, nil]
        let logged = try await Logged(Self.rows, schema, treated: treated)
        let customers = try logged.log.customers(
            schema,
            knownAfter: 0,
            maturing: nil,
            treatedColumn: "offered"
        )
        // The schema has a column of that name.
        #expect(customers.treatedColumn == "offered_")
        #expect(customers.treated == treated)
        var reader = try CSVReader(text: customers.csv, named: "test")
        #expect(reader.header == ["Id", "Sum, in €", "Land", "Card", "Left", "offered_"])
        let texts = try reader.readAll(threads: 1)[0].texts(column: 5)
        #expect(texts == ["yes", "no", "", "yes", "", "", "", "", ""])
    }

    @Test func `nobody is there twice, and what was known before is not new`() async throws {
        let schema = Self.schema()
        let customers = ["a", nil, "a", "b", "b", nil, "c", "d", "a"]
        let logged = try await Logged(Self.rows, schema, customers: customers)
        let found = try logged.log.customers(
            schema,
            knownAfter: 0,
            maturing: nil,
            treatedColumn: "offered"
        )
        var reader = try CSVReader(text: found.csv, named: "test")
        let identifiers = try reader.readAll(threads: 1)[0].texts(column: 0)
        // The places in the log are those of the prediction's names: the last of each customer.
        #expect(identifiers == ["", "b", "", "c", "d", "a"])
        #expect(
            try logged.log.customers(
                schema,
                knownAfter: .max,
                maturing: nil,
                treatedColumn: "offered"
            ).customers.labels.isEmpty
        )
    }

    @Test func `a column that the log lacks is named`() async throws {
        let logged = try await Logged(Self.rows, Self.schema())
        let personal = #expect(throws: UntrainableLog.self) {
            try logged.log.customers(
                Self.schema(personal: ["Sum"]),
                knownAfter: 0,
                maturing: nil,
                treatedColumn: "offered"
            )
        }
        #expect(personal?.columns == ["Sum, in €"])
        #expect(personal?.description.contains("privacy: personal") == true)
        #expect(personal?.description.contains("--data FILE") == true)
        let extra = ColumnSchema(
            name: "New",
            role: .feature,
            type: .number(minimum: nil, maximum: nil),
            nulls: .impute
        )
        let missing = #expect(throws: UntrainableLog.self) {
            try logged.log.customers(
                Self.schema(extra: [extra]),
                knownAfter: 0,
                maturing: nil,
                treatedColumn: "offered"
            )
        }
        // Imputed it would be learned that everyone lacks it.
        #expect(missing?.columns == ["New"] && missing?.arePersonal == false)
    }

    @Test func `rows that break the schema are counted and left out`() async throws {
        let logged = try await Logged(Self.rows, Self.schema())
        var strict = Self.schema()
        strict.columns[1].type = .number(minimum: 0, maximum: nil)
        strict.columns[1].outside = .error
        let customers = try logged.log.customers(
            strict,
            knownAfter: 0,
            maturing: nil,
            treatedColumn: "offered"
        )
        #expect(customers.customers.labels.count == 8 && customers.broken == 1)
    }

    @Test func `judgements are those of the model by its name or content`() async throws {
        let treated: [Bool?] = [true, false, nil, nil, nil, nil, nil, nil, nil]
        let logged = try await Logged(Self.rows, Self.schema(), treated: treated)
        for (name, version, digest, count) in [
            ("churn", "3", "x", 9), ("other", "1", "abc", 9), ("churn", "4", "x", 0),
        ] {
            let found = try logged.log.judgements(
                of: name,
                version: version,
                digest: digest,
                maturing: nil
            )
            #expect(found.count == count)
            guard count > 0 else { continue }
            #expect(found.map(\.probability) == (0 ..< 9).map { Double($0) / 16 })
            #expect(found.map(\.left) == Self.rows.map { $0[4] != "no" })
            #expect(found.map(\.treated) == treated)
        }
    }

    @Test func `reading changes no byte and leaves no file`() async throws {
        let logged = try await Logged(Self.rows, Self.schema())
        func files() throws -> [String: Data] {
            try logged.folder.names.reduce(into: [:]) { $0[$1] = try logged.folder.bytes($1) }
        }
        func read() throws -> [Judgement] {
            _ = try logged.log.customers(
                Self.schema(),
                knownAfter: 0,
                maturing: nil,
                treatedColumn: "offered"
            )
            return try logged.log.judgements(of: "churn", version: "3", digest: "", maturing: nil)
        }
        let ended = try files()
        #expect(try read().count == 9)
        #expect(try files() == ended)
        // While a service writes, what it wrote last is there.
        let service = try openRecord(logged.path)
        _ = try await service.record([Outcome(subject: .prediction(id: "p-1"), left: true)])
        var running = try files()
        #expect(running.count == 3)
        #expect(try read().count { $0.left } == 3)
        var later = try files()
        // A process has one view of who reads, and here it is the writer's; another process leaves it alone, too.
        running["retain.db-shm"] = nil
        later["retain.db-shm"] = nil
        #expect(later == running)
        try service.close()
        // And where all of it stands in one file.
        let queue = try DatabaseQueue(path: logged.path)
        try await queue.writeWithoutTransaction { db in
            _ = try String.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
        try queue.close()
        let whole = try files()
        #expect(whole.keys.sorted() == ["retain.db"])
        #expect(try read().count { $0.left } == 3)
        #expect(try files() == whole)
    }

    @Test func `what is no log is named`() async throws {
        let folder = try TemporaryFolder()
        try folder.file("rubbish.db", Data(repeating: 65, count: 5_000))
        try await DatabaseQueue(path: folder.path + "/other.db").write { db in
            try db.execute(sql: "CREATE TABLE a (b)")
        }
        for (name, word) in [
            ("none.db", "no such file"), ("rubbish.db", "not a database"),
            ("other.db", "no log of predictions"),
        ] {
            let error = #expect(throws: RecordStoreError.self) {
                try readRecord(folder.path + "/" + name).judgements(
                    of: "a",
                    version: "1",
                    digest: "",
                    maturing: nil
                )
            }
            #expect(error?.description.contains(word) == true, "\(error?.description ?? "")")
        }
        #expect(try folder.names.filter { $0.hasPrefix("none") } == [])
    }
}
