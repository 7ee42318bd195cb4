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

    /// What the record makes of outcomes, waiting for predictions that were answered a moment ago.
    private func record(
        _ outcomes: [Outcome],
        in log: any RecordStore
    ) async throws -> [OutcomeReceipt] {
        let keepsStrangers = slot.current.keepsIdentifiers
        var receipts = try await log.record(
            outcomes,
            keepsStrangers: keepsStrangers,
            received: nil
        )
        let missing = receipts.indices.filter { receipts[$0].prediction == nil }
        guard !missing.isEmpty else { return receipts }
        try await queue.settle()
        let again = try await log.record(
            missing.map { outcomes[$0] },
            keepsStrangers: keepsStrangers,
            received: nil
        )
        for (place, receipt) in zip(missing, again) {
            receipts[place].prediction = receipt.prediction
            receipts[place].former = receipts[place].former ?? receipt.former
        }
        return receipts
    }

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
        if counts.repeated > 0 { members.append(("repeated", .whole(counts.repeated))) }
        if counts.contradictions > 0 { members.append(("contradictions", list(\.contradiction))) }
        if counts.heldOut > 0 { members.append(("held_out", list(\.contamination))) }
        return .object(members)
    }
}
