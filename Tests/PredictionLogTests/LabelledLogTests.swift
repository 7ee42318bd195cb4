import Foundation
import GRDB
import PredictionLog
import Schema
import Tabular
import Testing
import Wire

@Suite("customers of a log whose truth is known")
struct LabelledLogTests {
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
        let log: LabelledLog
        let path: String

        init(
            _ rows: [[String]],
            _ schema: Schema,
            customers: [String?]? = nil,
            treated: [Bool?]? = nil
        ) async throws {
            let folder =
                FileManager.default.temporaryDirectory.path + "/retain-labelled-\(UUID())"
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true
            )
            path = folder + "/retain.db"
            log = LabelledLog(path)
            let predicted = try CustomerDecoder(schema).table(LabelledLogTests.file(rows))
            #expect(predicted.problems.isEmpty, "\(predicted.problems)")
            let writing = try PredictionLog(path)
            var batch = PredictionBatch(
                LoggedModel(name: "churn", version: "3", digest: "abc", schema: schema)
            )
            batch.add(
                Array("p".utf8),
                isSingle: false,
                time: 1_000,
                customers: customers ?? predicted.identifiers,
                values: predicted.values,
                probabilities: rows.indices.map { Float($0) / 16 }
            )
            try await writing.append([batch])
            let outcomes = rows.indices.map { row in
                Outcome(
                    subject: .prediction(id: "p-\(row)"),
                    left: rows[row][4] == schema.target.positive,
                    treated: treated?[row]
                )
            }
            _ = try await writing.record(outcomes)
            try writing.close()
        }
    }

    @Test func `a row of the log is the row of the file, bit by bit`() async throws {
        let schema = Self.schema()
        let logged = try await Logged(Self.rows, schema)
        let customers = try logged.log.customers(schema, knownAfter: 0)
        #expect(customers.rows == 9 && customers.lacking == 0 && customers.broken == 0)
        let (ours, theirs) = (
            try Self.typed(customers.csv, schema), try Self.typed(Self.file(Self.rows), schema)
        )
        #expect(ours.violations.isEmpty && theirs.violations.isEmpty)
        #expect(ours.labels == theirs.labels && ours.labels.count { $0 } == 2)
        #expect(ours.table.names == theirs.table.names)
        for (one, other) in zip(ours.table.columns, theirs.table.columns) {
            switch (one, other) {
            case (.number(let own), .number(let others)):
                // NaN is no number's equal, and -0 is 0's.
                #expect(own.map(\.bitPattern) == others.map(\.bitPattern))
            default: #expect(one == other)
            }
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
        let customers = try logged.log.customers(schema, knownAfter: 0)
        // The schema has a column of that name.
        #expect(customers.treatedColumn == "offered_")
        var reader = try CSVReader(text: customers.csv, named: "test")
        #expect(reader.header == ["Id", "Sum, in €", "Land", "Card", "Left", "offered_"])
        let texts = try reader.readAll(threads: 1)[0].texts(column: 5)
        #expect(texts == ["yes", "no", "", "yes", "", "", "", "", ""])
    }

    @Test func `nobody is there twice, and what was known before is not new`() async throws {
        let schema = Self.schema()
        let customers = ["a", nil, "a", "b", "b", nil, "c", "d", "a"]
        let logged = try await Logged(Self.rows, schema, customers: customers)
        let found = try logged.log.customers(schema, knownAfter: 0)
        var reader = try CSVReader(text: found.csv, named: "test")
        let identifiers = try reader.readAll(threads: 1)[0].texts(column: 0)
        // The places in the log are those of the prediction's names: the last of each customer.
        #expect(identifiers == ["", "b", "", "c", "d", "a"])
        #expect(try logged.log.customers(schema, knownAfter: .max).rows == 0)
    }

    @Test func `a column that the log lacks is named`() async throws {
        let logged = try await Logged(Self.rows, Self.schema())
        let personal = #expect(throws: UntrainableLog.self) {
            try logged.log.customers(Self.schema(personal: ["Sum"]), knownAfter: 0)
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
            try logged.log.customers(Self.schema(extra: [extra]), knownAfter: 0)
        }
        // Imputed it would be learned that everyone lacks it.
        #expect(missing?.columns == ["New"] && missing?.arePersonal == false)
    }

    @Test func `rows that break the schema are counted and left out`() async throws {
        let logged = try await Logged(Self.rows, Self.schema())
        var strict = Self.schema()
        strict.columns[1].type = .number(minimum: 0, maximum: nil)
        let customers = try logged.log.customers(strict, knownAfter: 0)
        #expect(customers.rows == 8 && customers.broken == 1)
    }

    @Test func `judgements are those of the model by its name or content`() async throws {
        let treated: [Bool?] = [true, false, nil, nil, nil, nil, nil, nil, nil]
        let logged = try await Logged(Self.rows, Self.schema(), treated: treated)
        for (name, version, digest, count) in [
            ("churn", "3", "x", 9), ("other", "1", "abc", 9), ("churn", "4", "x", 0),
        ] {
            let found = try logged.log.judgements(of: name, version: version, digest: digest)
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
            let folder = (logged.path as NSString).deletingLastPathComponent
            var files: [String: Data] = [:]
            for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
                files[name] = try Data(contentsOf: URL(filePath: folder + "/" + name))
            }
            return files
        }
        func read() throws -> [LabelledLog.Judgement] {
            _ = try logged.log.customers(Self.schema(), knownAfter: 0)
            return try logged.log.judgements(of: "churn", version: "3", digest: "")
        }
        let ended = try files()
        #expect(try read().count == 9)
        #expect(try files() == ended)
        // While a service writes, what it wrote last is there.
        let service = try PredictionLog(logged.path)
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
        let folder = FileManager.default.temporaryDirectory.path + "/retain-none-\(UUID())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(repeating: 65, count: 5_000).write(to: URL(filePath: folder + "/rubbish.db"))
        try await DatabaseQueue(path: folder + "/other.db").write { db in
            try db.execute(sql: "CREATE TABLE a (b)")
        }
        for (name, word) in [
            ("none.db", "no such file"), ("rubbish.db", "not a database"),
            ("other.db", "no log of predictions"),
        ] {
            let error = #expect(throws: PredictionLogError.self) {
                try LabelledLog(folder + "/" + name).judgements(of: "a", version: "1", digest: "")
            }
            #expect(error?.description.contains(word) == true, "\(error?.description ?? "")")
        }
        #expect(!FileManager.default.fileExists(atPath: folder + "/none.db"))
    }
}
