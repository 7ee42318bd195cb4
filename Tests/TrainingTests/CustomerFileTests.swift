import Schema
import Tabular
import TestSupport
import Testing
import Training

@Suite struct CustomerFileTests {
    private static let schema = Schema(
        target: .init(column: "Left", positive: "ja", negative: "nein"),
        identifier: nil,
        columns: [
            ColumnSchema(
                name: "Age",
                role: .feature,
                type: .number(minimum: 18, maximum: nil),
                nulls: .impute
            ),
            ColumnSchema(name: "Card", role: .feature, type: .boolean(no: "n", yes: "y")),
            ColumnSchema(name: "Left", role: .target, type: .boolean(no: "nein", yes: "ja")),
        ]
    )
    private static let csv = "Age,Card,Left,offered\n42.5,y,nein,yes\n,n,ja,\n60,n,nein,no\n"

    /// The customers of the file as a record holds them.
    private static var coded: CustomerFile {
        var customers = CodedCustomers(schema)
        for (row, left) in [([42.5, 1], false), ([.nan, 0], true), ([60, 0], false)] {
            customers.append(row, label: left)
        }
        return CustomerFile(
            customers,
            treated: [true, nil, false],
            treatedColumn: "offered",
            csv: Array(csv.utf8),
            named: "retain.db"
        )
    }

    @Test func `of a record are as of its file`() throws {
        let folder = try TemporaryFolder()
        let file = try CustomerFile(folder.file("a.csv", Self.csv), threads: 1)
        let coded = Self.coded
        #expect(coded.header == file.header && coded.rowCount == 3)
        #expect(coded.digest == file.digest && coded.name == "retain.db")
        for column in file.header + ["None"] {
            #expect(coded.texts(column) == file.texts(column), "\(column)")
        }
        #expect(
            try TreatedCustomers(in: coded, by: "offered")
                == TreatedCustomers(in: file, by: "offered")
        )
        var strict = Self.schema
        strict.columns[0].nulls = .error
        for schema in [Self.schema, strict] {
            let (one, other) = (
                try coded.decoded(schema, needsTarget: true),
                try file.decoded(schema, needsTarget: true)
            )
            #expect(one.map(\.labels) == other.map(\.labels))
            #expect(one.map(\.acceptedRows) == other.map(\.acceptedRows))
            #expect(one.map(\.violations) == other.map(\.violations))
            #expect(one[0].table["Card"] == other[0].table["Card"])
        }
        #expect(throws: BrokenRows.self) { try CustomerData(coded, schema: strict) }
    }

    @Test func `rows that say nothing of who left are out of all that is read`() throws {
        let folder = try TemporaryFolder()
        var schema = Self.schema
        schema.target.others = .exclude
        let csv =
            "Age,Card,Left,offered\n42.5,y,nein,yes\n20,n,neu,no\n,n,ja,\n17,y,,yes\n60,n,nein,no\n"
        let whole = try CustomerFile(folder.file("a.csv", csv), threads: 1)
        let file = try whole.labelled(by: schema)
        #expect(whole.rowCount == 5 && file.rowCount == 3)
        #expect(
            file.unlabelled.summary(target: "Left")
                == "2 rows are left out: 1 whose \"Left\" is \"neu\", 1 without a value in \"Left\""
        )
        let data = try CustomerData(file, schema: schema)
        #expect(data.labels == [false, true, false] && data.unlabelled == file.unlabelled)
        #expect(try TreatedCustomers(in: file, by: "offered").isTreated == [true, false, false])
        #expect(try file.decoded(schema, needsTarget: false)[0].table.rowCount == 3)
        let direct = try CustomerData(whole.source, schema: schema, threads: 1)
        #expect(direct.labels == data.labels && direct.unlabelled == data.unlabelled)
        #expect(direct.table["Card"] == data.table["Card"] && direct.digest == data.digest)
        #expect(throws: ColumnMismatch.self) {
            try CustomerFile(folder.file("b.csv", "Age,Card\n42.5,y\n"), threads: 1)
                .labelled(by: schema)
        }
        #expect(throws: BrokenRows.self) { try CustomerData(whole, schema: Self.schema) }
    }
}
