import Foundation
import Record
import Testing

/// What each store must do so that programs agree who does what.
@Suite struct LeaseContractTests {
    @Test(arguments: RecordKind.allCases)
    func `one has a lease until it ends, is given back or is not renewed`(
        _ kind: RecordKind
    ) async throws {
        try await kind.withRecord { record, fixture in
            let other = try openRecord(fixture.path)
            #expect(try await record.takeLease("drift", holder: "a", now: 0, for: 100))
            #expect(try await !other.takeLease("drift", holder: "b", now: 99, for: 100))
            #expect(try await record.takeLease("drift", holder: "a", now: 99, for: 100))
            #expect(try await !other.takeLease("drift", holder: "b", now: 198, for: 100))
            #expect(try await other.takeLease("drift", holder: "b", now: 199, for: 100))
            #expect(try await !record.takeLease("drift", holder: "a", now: 200, for: 100))
            // What one does not have, one can't give back.
            try await record.releaseLease("drift", holder: "a")
            #expect(try await !record.takeLease("drift", holder: "a", now: 200, for: 100))
            try await other.releaseLease("drift", holder: "b")
            #expect(try await record.takeLease("drift", holder: "a", now: 200, for: 100))
            #expect(try await other.takeLease("prune", holder: "b", now: 200, for: 100))
            try other.close()
        }
    }

    @Test(arguments: RecordKind.allCases)
    func `of many who ask at once one gets it`(_ kind: RecordKind) async throws {
        try await kind.withRecord { record, fixture in
            let path = fixture.path
            let winners = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0 ..< 12 {
                    group.addTask {
                        let other = try openRecord(path)
                        let won = try await other.takeLease(
                            "drift",
                            holder: "\(number)",
                            now: 0,
                            for: 100
                        )
                        try other.close()
                        return won
                    }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(winners == 1)
        }
    }

    @Test(arguments: RecordKind.allCases)
    func `what is handed over is taken once, in order`(_ kind: RecordKind) async throws {
        try await kind.withRecord { record, _ in
            for text in ["a", "b", "c"] { try await record.handOver(Data(text.utf8), named: "x") }
            try await record.handOver(Data("d".utf8), named: "y")
            let taken = try await record.takeHandovers(named: "x")
            #expect(taken == ["a", "b", "c"].map { Data($0.utf8) })
            let again = try await record.takeHandovers(named: "x")
            #expect(again.isEmpty)
            let other = try await record.takeHandovers(named: "y")
            #expect(other == [Data("d".utf8)])
        }
    }
}
