import Record
import Schema
import Testing

/// What each store must tell of customers as they were predicted before.
@Suite struct EarlierContractTests {
    private let present = CodedRows(width: 3, values: [42, 0, 1])

    /// A record with one customer at three times: as now, otherwise, and as now again.
    private func fill(_ record: any RecordStore, _ fixture: RecordFixture) async throws {
        try await record.append([
            fixture.batch("a", time: days(1), rows: [[40, 1, 0]], customers: ["7"]),
            fixture.batch("b", time: days(2), rows: [[41.5, 1, 0]], customers: ["7"]),
            fixture.batch("c", time: days(3), rows: [[42, 0, 1]], customers: ["7"]),
            fixture.batch("d", time: days(4), rows: [[42, 0, 1]], customers: ["8"]),
        ])
    }

    @Test(arguments: RecordKind.allCases)
    func `the latest prediction that was another is found, else the latest`(
        _ kind: RecordKind
    ) async throws {
        try await kind.withRecord { record, fixture in
            try await fill(record, fixture)
            let rows = present.appending(present).appending(present).appending(present)
            let found = try await record.earlier(
                rows,
                of: ["7", "8", "9", nil],
                than: days(9),
                fixture.model
            )
            #expect(found.map { $0?.time } == [days(2), days(4), nil, nil])
            #expect(found[0]?.day == Day(number: 2))
            #expect(found[0]?.model == fixture.named)
            #expect(found[0]?.probability == Double(Float(0.1)))
            let reader = RecordedRowReader(fixture.schema)
            #expect(try reader.values(of: #require(found[0])) == [41.5, 1, 0])
            #expect(try reader.values(of: #require(found[1])) == [42, 0, 1])
            // The reader of a file that a service writes finds the same.
            let read = try readRecord(fixture.path)
                .earlier(rows, of: ["7", "8", "9", nil], than: days(9), fixture.model)
            #expect(read == found)
        }
    }

    @Test(arguments: RecordKind.allCases)
    func `another model's prediction is another, and none from the time on counts`(
        _ kind: RecordKind
    ) async throws {
        try await kind.withRecord { record, fixture in
            try await fill(record, fixture)
            let other = RecordedModel(
                name: "churn",
                version: "4",
                digest: "def",
                schema: fixture.schema
            )
            func time(_ limit: Int64, _ model: RecordedModel) async throws -> Int64? {
                try await record.earlier(present, of: ["7"], than: limit, model)[0]?.time
            }
            #expect(try await time(days(9), other) == days(3))
            #expect(try await time(days(3), other) == days(2))
            #expect(try await time(days(2), fixture.model) == days(1))
            #expect(try await time(days(1), fixture.model) == nil)
        }
    }

    @Test(arguments: RecordKind.allCases)
    func `what is personal is not there to be found`(_ kind: RecordKind) async throws {
        let fixture = try RecordFixture(kind, personal: ["Age", "Land"])
        let record = try openRecord(fixture.path)
        try await record.append([
            fixture.batch("a", rows: [[41, 0, 0]], customers: ["7"])
        ])
        let found = try await record.earlier(present, of: ["7"], than: days(9), fixture.model)
        let values = try RecordedRowReader(fixture.schema).values(of: #require(found[0]))
        #expect(values == [nil, nil, 0])
        try record.close()

        let secret = try RecordFixture(kind, personal: ["Id"])
        let silent = try openRecord(secret.path)
        try await silent.append([secret.batch("a", customers: ["7"])])
        let none = try await silent.earlier(present, of: ["7"], than: days(9), secret.model)
        #expect(none == [nil])
        try silent.close()
    }

    @Test(arguments: RecordKind.allCases)
    func `a row of another schema is none`(_ kind: RecordKind) async throws {
        try await kind.withRecord { record, fixture in
            try await record.append([fixture.batch("a", customers: ["7"])])
            try fixture.execute(
                #"UPDATE prediction SET features = '{"Land":"Ost","Card":"maybe"}'"#
            )
            let found = try await record.earlier(present, of: ["7"], than: days(9), fixture.model)
            #expect(try RecordedRowReader(fixture.schema).values(of: #require(found[0])) == nil)
        }
    }
}

extension RecordFixture {
    /// The model as the record names it.
    fileprivate var named: NamedModel? {
        try? readRecord(path).newestModel()
    }
}
