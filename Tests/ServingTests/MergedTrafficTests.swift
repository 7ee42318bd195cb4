import ChurnModel
import Drift
import Foundation
import Kernels
import Output
import Record
import Serving
import TestSupport
import Testing
import Wire

/// Counts that several services hand over are those of one service with all the traffic.
///
/// So is every verdict, and so the yearly bound on false alarms holds for all of them together.
@Suite struct MergedTrafficTests {
    /// Records in which services leave their counts.
    private static func records() throws -> [any RecordStore] {
        let file = try openRecord(try TemporaryFolder().path + "-counts.db")
        guard let server = PostgresServer.shared else { return [file] }
        return [file, try openRecord(server.address(schema: try server.makeSchema()))]
    }

    @Test(arguments: [1, 2, 5], [false, true])
    func `services that hand over their counts think what one with all the traffic does`(
        followers: Int,
        hasDrifted: Bool
    ) async throws {
        let served = try ServedModel(SmallBank().saved, name: "churn")
        let settings = DriftWatching(pause: .zero, windowRows: 600)
        for record in try Self.records() {
            let whole = TrafficWatch(settings)
            let replicas = (0 ... followers).map { _ in TrafficWatch(settings) }
            for watch in [whole] + replicas { watch.begin(served, kept: nil) }
            var generator = SeededGenerator(seed: 7)
            var alarms = 0
            for look in 0 ..< 60 {
                // Each request goes to one of them, as a balancer would have it.
                for _ in 0 ..< 5 {
                    let batch = try traffic(
                        served,
                        hasDrifted: hasDrifted && look >= 20,
                        &generator
                    )
                    whole.count(batch)
                    replicas[generator.below(replicas.count)].count(batch)
                }
                for follower in replicas.dropFirst() {
                    guard let counts = follower.handOver() else { continue }
                    try await record.handOver(Data(encodedJSON(counts)), named: "drift")
                }
                for content in try await record.takeHandovers(named: "drift") {
                    let counts = try JSONDecoder().decode(CountedTraffic.self, from: content)
                    #expect(replicas[0].add(counts))
                }
                let merged = try #require(replicas[0].look())
                let single = try #require(whole.look())
                #expect(try encodedJSON(merged.state) == encodedJSON(single.state))
                #expect(merged.changes.count == single.changes.count)
                alarms += single.changes.count
                // The others think the same.
                for follower in replicas.dropFirst() { follower.follow(merged.state) }
            }
            #expect((alarms > 0) == hasDrifted)
            try record.close()
        }
    }

    /// Twenty customers of the reference, or of its older half.
    private func traffic(
        _ served: ServedModel,
        hasDrifted: Bool,
        _ generator: inout SeededGenerator
    ) throws -> PredictionQueue.Batch {
        let objects = (0 ..< 20).map { _ in
            let age = hasDrifted ? 70 + generator.below(30) : 20 + generator.below(80)
            let land = ["Germany", "Spain", #"Bob's \"Île\""#][generator.below(3)]
            return #"{"Age": \#(age).1, "Land": "\#(land)"}"#
        }
        let rows = try served.decoder.customers(Array("[\(objects.joined(separator: ","))]".utf8))
        var batch = PredictionQueue.Batch(served)
        batch.add(rows, served.predictor.predict(rows.coded), PredictionID())
        return batch
    }
}
