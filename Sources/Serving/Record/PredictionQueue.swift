import ChurnModel
package import Record
import Synchronization
package import Wire

/// Predictions that wait to be written down, and to be compared with a shadow's.
///
/// It never makes an answer wait: what finds no room is dropped and counted.
package final class PredictionQueue: Sendable {
    /// Predictions of one model that came one after the other.
    package struct Batch: Sendable {
        let served: ServedModel
        var predictions: PredictionBatch

        package init(_ served: ServedModel) {
            self.served = served
            predictions = PredictionBatch(served.logged)
        }

        package mutating func add(
            _ rows: CustomerRows,
            _ probabilities: [Float],
            _ id: PredictionID
        ) {
            predictions.add(
                id.text,
                isSingle: rows.isSingle,
                time: Int64(id.milliseconds),
                customers: rows.identifiers,
                asOf: rows.asOf,
                rows: rows.coded,
                probabilities: probabilities
            )
        }
    }

    /// Customers that find room.
    static let capacity = 100_000

    private struct State {
        var batches: [Batch] = []
        var rows = 0
        /// Customers that were taken and could not be written down so far.
        var held = 0
        var dropped = 0
        /// Customers that were added so far, that were taken, and that were dealt with.
        var added = 0
        var taken = 0
        var finished = 0
    }
    private let state = Mutex(State())

    /// Customers that wait.
    var count: Int { state.withLock { $0.rows + $0.held } }
    /// Customers that found no room so far.
    var dropped: Int { state.withLock(\.dropped) }

    /// Adds a request's predictions.
    func add(
        _ rows: CustomerRows,
        _ probabilities: [Float],
        _ served: ServedModel,
        _ id: PredictionID
    ) {
        // A list's names take long enough to make them before others have to wait.
        var list: Batch?
        if !rows.isSingle {
            list = Batch(served)
            list?.add(rows, probabilities, id)
        }
        state.withLock { state in
            guard state.rows + state.held + probabilities.count <= Self.capacity else {
                state.dropped += probabilities.count
                return
            }
            state.rows += probabilities.count
            state.added += probabilities.count
            if let list { return state.batches.append(list) }
            if state.batches.last?.served !== served { state.batches.append(Batch(served)) }
            state.batches[state.batches.count - 1].add(rows, probabilities, id)
        }
    }

    /// Takes all that wait, in the order in which they came; `finish` tells that they are written down, `hold` that they
    /// still have to be.
    func take() -> [Batch] {
        state.withLock { state in
            defer {
                state.batches = []
                state.rows = 0
            }
            state.taken = state.added
            return state.batches
        }
    }

    func finish() {
        state.withLock {
            $0.finished = $0.taken
            $0.held = 0
        }
    }

    /// Counts what was taken and could not be written down as waiting.
    func hold(_ rows: Int) { state.withLock { $0.held = rows } }

    /// Waits until what waits now is dealt with, for two seconds at most, and not for a record that is away.
    func settle() async throws {
        let last = state.withLock(\.added)
        for _ in 0 ..< 200 {
            guard state.withLock({ $0.finished < last && $0.held == 0 }) else { return }
            try await Task.sleep(for: .milliseconds(10))
        }
    }
}
