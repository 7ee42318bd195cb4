import Output
import Record
import Schema
import TestSupport
import Testing

/// What happens when the server dies and comes back.
@Suite(.serialized, .onPostgres) struct LostServerTests {
    private func batch(_ id: String, rows: Int = 1) throws -> PredictionBatch {
        try RecordFixture(.postgres).batch(id, rows: .init(repeating: [1, 0, 1], count: rows))
    }

    @Test func `what was written is there, and what was not is told and may come again`()
        async throws
    {
        let server = try PostgresServer()
        let record = try openRecord(server.address())
        try await record.append([batch("a")])
        let writer = try record.beginBatch(
            of: RecordFixture().model,
            source: "a.csv",
            at: 1_764_000_000_000
        )
        try writer.append(
            customers: ["1"],
            asOf: [],
            rows: CodedRows(width: 3, values: [1, 0, 1]),
            probabilities: [0.5]
        )
        try server.kill()
        let lost = await #expect(throws: RecordStoreError.self) {
            try await record.append([batch("b")])
        }
        #expect(lost?.isPassing == true && lost?.exitStatus == .unavailable)
        #expect(throws: RecordStoreError.self) { try writer.end() }
        await #expect(throws: RecordStoreError.self) { try await record.counts() }
        try server.start()
        // On the connections of before, which are dead by now.
        try await record.append([batch("b")])
        try await record.append([batch("a"), batch("b")])
        for _ in 0 ..< 8 { #expect(try await record.counts().predictions == 3) }
        try writer.end()
        try record.close()
    }

    @Test func `a server that dies in the middle of a batch keeps all of it or nothing`()
        async throws
    {
        let server = try PostgresServer()
        let record = try openRecord(server.address())
        let whole = try batch("a", rows: 80_000)
        for pause in [50, 150, 300] {
            let writing = Task { try await record.append([whole]) }
            try await Task.sleep(for: .milliseconds(pause))
            try server.kill()
            let result = await writing.result
            try server.start()
            let count = try await record.counts().predictions
            switch result {
            case .success: #expect(count == 80_000)
            case .failure(let error):
                let error = try #require(error as? RecordStoreError)
                #expect(error.isPassing, "\(error)")
                #expect(count == 0 || (error.isUndecided && count == 80_000), "\(count) \(error)")
            }
        }
        try await record.append([whole])
        #expect(try await record.counts().predictions == 80_000)
        try record.close()
    }
}
