import Explanation
import Files
import HTTPTypes
import Lifecycle
import Record
import Schema
import Synchronization
import Wire

extension PredictionService {
    /// Why the scores of a request's customers moved; nil where it does not ask.
    ///
    /// - Parameters:
    ///   - rows: The customers.
    ///   - before: How they were, where the request says it.
    ///   - served: The model.
    ///   - wanted: What is asked.
    /// - Returns: A finding for each customer.
    /// - Throws: 400 where two times are asked for, or a record that there is none of; 503 where too many wait.
    func moves(
        _ rows: CustomerRows,
        from before: CustomerRows?,
        _ served: ServedModel,
        _ wanted: ExplanationQuery
    ) async throws -> [MoveFinding]? {
        guard before != nil || wanted.isSinceRecord else { return nil }
        guard let before else { return try await recordedMoves(rows, served) }
        guard !wanted.isSinceRecord else {
            throw Problem(
                .badRequest,
                "before=record and before in the body name two earlier times; leave one of them out."
            )
        }
        let (past, present, model) = (before.coded, rows.coded, served.model)
        return try await inTurn {
            let explainer = try MoveExplainer(from: model, to: model)
            return try explainer.moves(from: past, to: present, threads: Processors.active)
                .map { .told($0, by: explainer, since: nil) }
        }
    }

    /// Why scores moved since the record held something else of each customer.
    private func recordedMoves(
        _ rows: CustomerRows,
        _ served: ServedModel
    ) async throws -> [MoveFinding] {
        guard let log else {
            throw Problem(
                .badRequest,
                "before=record: this service keeps no record; start it with --database, or send how customers were in the body, as before."
            )
        }
        let (identifiers, present) = (rows.identifiers, rows.coded)
        let earlier = try await log.earlier(
            present,
            of: identifiers,
            than: Int64(PredictionID().milliseconds) + 1,
            served.logged
        )
        let digests = Set(earlier.compactMap { $0?.model.digest })
        let held = [served, slot.former, shadow.withLock(\.self)].compactMap(\.self)
            .filter { digests.contains($0.digest) }
        return try await inTurn {
            try RecordedMoves(
                to: served.model,
                from: held.map { .init($0.model, digest: $0.digest) }
            )
            .findings(earlier, of: identifiers, to: present, threads: Processors.active)
        }
    }

    /// Computes moves when their turn comes.
    private func inTurn(
        _ work: @escaping @Sendable () throws -> [MoveFinding]
    ) async throws -> [MoveFinding] {
        let done = await explaining.run(upTo: limits.explanationsWaiting) { Result { try work() } }
        guard let done else { throw tooMany() }
        return try done.get()
    }
}
