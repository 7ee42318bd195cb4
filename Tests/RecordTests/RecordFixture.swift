import Foundation
import GRDB
import Record
import Schema
import TestSupport
import Testing

/// A record of its own, with a schema of every kind of column.
struct RecordFixture {
    let kind: RecordKind
    let folder: TemporaryFolder
    /// Where the record is: a file of the folder, or a schema of the tests' server.
    let path: String
    let schema: Schema
    private let namespace: String

    init(_ kind: RecordKind = .sqlite, personal: Set<String> = []) throws {
        self.kind = kind
        folder = try TemporaryFolder()
        switch kind {
        case .sqlite: (path, namespace) = (folder.path + "/retain.db", "")
        case .postgres:
            let server = try #require(PostgresServer.shared)
            namespace = try server.makeSchema()
            path = server.address(schema: namespace)
        }
        schema = Schema(
            target: .init(column: "Left", positive: "1", negative: "0"),
            identifier: "Id",
            columns: [
                ColumnSchema(
                    name: "Id",
                    role: .identifier,
                    type: .text,
                    personal: personal.contains("Id")
                ),
                ColumnSchema(
                    name: "Age \"y\"",
                    role: .feature,
                    type: .number(minimum: nil, maximum: nil),
                    personal: personal.contains("Age")
                ),
                ColumnSchema(
                    name: "Land",
                    role: .feature,
                    type: .levels(["Île \"x\"", "Ost"]),
                    personal: personal.contains("Land")
                ),
                ColumnSchema(
                    name: "Card",
                    role: .feature,
                    type: .boolean(no: "0", yes: "1"),
                    personal: personal.contains("Card")
                ),
                ColumnSchema(name: "Left", role: .target, type: .boolean(no: "0", yes: "1")),
            ]
        )
    }

    var model: RecordedModel {
        RecordedModel(name: "churn", version: "3", digest: "abc", schema: schema)
    }

    func batch(
        _ id: String,
        time: Int64 = 1000,
        rows: [[Double]] = [[42, 0, 1]],
        customers: [String?]? = nil,
        isSingle: Bool = false
    ) -> PredictionBatch {
        var batch = PredictionBatch(model)
        batch.add(
            Array(name(id).utf8),
            isSingle: isSingle,
            time: time,
            customers: customers ?? rows.map { _ in nil },
            rows: CodedRows(width: 3, values: rows.flatMap(\.self)),
            probabilities: rows.indices.map { 0.1 + Float($0) / 8 }
        )
        return batch
    }

    /// A prediction's name as the record has it: on a server requests are UUIDs, here of a name's letters.
    func name(_ text: String) -> String {
        guard kind == .postgres else { return text }
        let parts = text.split(separator: "-", maxSplits: 1)
        var digits = parts[0].utf8.map { String($0, radix: 16) }.joined()
        digits += String(repeating: "0", count: 32 - digits.count)
        for length in [8, 13, 18, 23] {
            digits.insert("-", at: digits.index(digits.startIndex, offsetBy: length))
        }
        return digits + (parts.count == 2 ? "-" + parts[1] : "")
    }

    /// Changes the record as another program would.
    func execute(_ sql: String) throws {
        guard kind == .sqlite else {
            try PostgresServer.shared?.execute(sql, schema: namespace)
            return
        }
        try DatabaseQueue(path: path).write { db in try db.execute(sql: sql) }
    }

    /// One column as another program sees it in the record; truths are 0 and 1.
    func texts(_ sql: String) throws -> [String?] {
        guard kind == .sqlite else {
            return try #require(PostgresServer.shared).texts(sql, schema: namespace).map { text in
                text?.replacing(/\btrue\b/, with: "1").replacing(/\bfalse\b/, with: "0")
            }
        }
        return try DatabaseQueue(path: path).read { db in
            try Optional<String>.fetchAll(db, sql: sql)
        }
    }
}

extension Trait where Self == ConditionTrait {
    /// For what needs a server of PostgreSQL.
    static var onPostgres: Self {
        .enabled(if: PostgresServer.shared != nil, "PostgreSQL's server is not installed")
    }
}
