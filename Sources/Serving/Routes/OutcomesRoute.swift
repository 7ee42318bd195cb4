import HTTPTypes
import Output
import Record
import Wire

extension PredictionService {
    /// `POST /outcomes`: what became of customers, joined to their predictions and to members of campaigns.
    func outcomes(_ upload: Upload) async throws -> Reply {
        guard let log else {
            throw Problem(.serviceUnavailable, "This service keeps no record of its predictions.")
        }
        try upload.fields.requireJSON()
        let body = try await upload.bytes()
        let given = try slot.current.outcomes.outcomes(body)
        guard given.problems.isEmpty else { throw Problem(given.problems) }
        let outcomes = given.rows.map { Outcome($0) }
        let receipts = try await record(outcomes, in: log)
        var counts = OutcomeCounts()
        for (place, (receipt, outcome)) in zip(receipts, outcomes).enumerated() {
            counts.add(receipt, of: outcome, place: place)
        }
        metrics.count(counts)
        return Reply(Self.summary(counts))
    }

    /// What the record makes of outcomes, once predictions that were answered a moment ago are in it.
    private func record(
        _ outcomes: [Outcome],
        in log: any RecordStore
    ) async throws -> [OutcomeReceipt] {
        if try await !log.hasPredictions(of: outcomes) { try await queue.settle() }
        return try await log.record(
            outcomes,
            keepsStrangers: slot.current.keepsIdentifiers,
            received: nil,
            waitingUntil: log.isShared
                ? Int64(PredictionID().milliseconds) + Self.longestWait : nil
        )
    }

    /// Milliseconds after which another service will have written a prediction down, or never will.
    private static let longestWait: Int64 = 60_000

    /// Members that tell of trouble are there where there is some.
    private static func summary(_ counts: OutcomeCounts) -> JSONValue {
        func list(_ problem: (OutcomeCounts.Finding) -> String?) -> JSONValue {
            .array(
                counts.findings.compactMap { finding in
                    problem(finding).map {
                        ["index": .whole(finding.place), "problem": .string($0)]
                    }
                }
            )
        }
        var members: [(String, JSONValue)] = [
            ("recorded", .whole(counts.recorded)), ("unmatched", list(\.unmatched)),
        ]
        if counts.waiting > 0 { members.append(("waiting", list(\.wait))) }
        if counts.repeated > 0 { members.append(("repeated", .whole(counts.repeated))) }
        if counts.contradictions > 0 { members.append(("contradictions", list(\.contradiction))) }
        if counts.heldOut > 0 { members.append(("held_out", list(\.contamination))) }
        return .object(members)
    }
}
