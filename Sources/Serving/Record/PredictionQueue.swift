import ChurnModel
import Synchronization
import Wire

/// Predictions that wait to be written down, and to be compared with a shadow's.
///
/// It never makes an answer wait: what finds no room is dropped and counted.
final class PredictionQueue: Sendable {
    /// One request's predictions; a class, since it passes through several hands.
    final class Entry: Sendable {
        let served: ServedModel
        let id: PredictionID
        let isSingle: Bool
        let customers: [String?]
        /// Shape [customers, features].
        let values: [Double]
        let probabilities: [Float]

        init(
            _ rows: CustomerRows,
            _ probabilities: [Float],
            _ served: ServedModel,
            _ id: PredictionID
        ) {
            self.served = served
            self.id = id
            isSingle = rows.isSingle
            customers = rows.identifiers
            values = rows.values
            self.probabilities = probabilities
        }
    }

    /// Customers that find room.
    static let capacity = 100_000

    private struct State {
        var entries: [Entry] = []
        var rows = 0
        var dropped = 0
        /// Whether some were taken and are not written down yet.
        var isBusy = false
    }
    private let state = Mutex(State())

    /// Customers that wait.
    var count: Int { state.withLock(\.rows) }
    /// Customers that found no room so far.
    var dropped: Int { state.withLock(\.dropped) }

    func add(_ entry: Entry) {
        state.withLock { state in
            guard state.rows + entry.probabilities.count <= Self.capacity else {
                state.dropped += entry.probabilities.count
                return
            }
            state.rows += entry.probabilities.count
            state.entries.append(entry)
        }
    }

    /// Takes all that wait, in the order in which they came; `finish` tells that they are written down.
    func take() -> [Entry] {
        state.withLock { state in
            defer {
                state.entries = []
                state.rows = 0
            }
            state.isBusy = !state.entries.isEmpty
            return state.entries
        }
    }

    func finish() { state.withLock { $0.isBusy = false } }

    /// Waits until nothing waits any more, for two seconds at most.
    func settle() async throws {
        for _ in 0 ..< 200 {
            guard state.withLock({ $0.isBusy || !$0.entries.isEmpty }) else { return }
            try await Task.sleep(for: .milliseconds(10))
        }
    }
}
