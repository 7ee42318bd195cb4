import ChurnModel
package import Drift
import FoundationEssentials
import Record
import Schema
import Synchronization

/// Watches what is asked of a model for drift from the rows that it learned from.
///
/// It counts predictions as they are written down, beside the answers, and looks at the counts every so often. What it
/// thinks between looks stands still. Another model has another reference: with it the watch begins anew.
package final class TrafficWatch: Sendable {
    /// What the watch knows at one moment.
    package struct Snapshot: Sendable {
        let model: String
        let looks: Int
        let verdicts: [SequentialDrift.Verdict]
        /// Scores of the newest predictions, oldest first.
        let scores: [Float]
        var isDrifted: Bool { verdicts.contains(where: \.isDrifted) }
    }

    /// What a look found.
    package struct Look: Sendable {
        let snapshot: Snapshot
        package let changes: [SequentialDrift.Change]
        /// What goes on after a restart.
        package let state: SequentialDrift
        let digest: String
    }

    fileprivate struct State {
        let served: ServedModel
        /// Of the features, in the schema's order, and then of the score; nil where nothing can be compared.
        let categories: [ColumnCategories?]
        var drift: SequentialDrift
        /// Rows of each watched column and category since the last look.
        var counts: [[Int]]
        var rows = 0
        var scores = RecentScores()
        var lastLook: ContinuousClock.Instant
    }

    let settings: DriftWatching
    private let state = Mutex<State?>(nil)

    package init(_ settings: DriftWatching) { self.settings = settings }

    /// Names the model that is watched; nil before the first.
    var digest: String? { state.withLock { $0?.served.digest } }

    /// Begins to watch a model's traffic.
    ///
    /// - Parameters:
    ///   - served: The model, which has its reference with it.
    ///   - kept: What an earlier process knew of this model's traffic; taken where it is of the same columns and settings.
    ///   - now: When it begins.
    package func begin(
        _ served: ServedModel,
        kept: SequentialDrift?,
        now: ContinuousClock.Instant = .now
    ) {
        let compared = served.reference.columns
        let references =
            served.model.schema.features.map { feature in
                compared.first { $0.name == feature.name }
            } + [served.reference.scores]
        let categories = references.map { $0.flatMap { ColumnCategories($0) } }
        let columns = categories.compactMap { $0?.column }
        let wanted = SequentialDrift.Settings(
            horizon: settings.horizon,
            window: SequentialDrift.Window(rows: settings.windowRows)
        )
        let fresh = try? SequentialDrift(columns, settings: wanted, seed: Self.seed)
        let isSame = kept.map { $0.settings == wanted && $0.columns == columns } ?? false
        guard let drift = isSame ? kept : fresh else { return state.withLock { $0 = nil } }
        state.withLock {
            $0 = State(
                served: served,
                categories: categories,
                drift: drift,
                counts: columns.map { $0.reference.map { _ in 0 } },
                lastLook: now
            )
        }
    }

    /// Counts predictions, where they are of the model that is watched.
    package func count(_ batch: PredictionQueue.Batch) {
        state.withLock { state in
            guard state?.served.digest == batch.served.digest else { return }
            state?.count(batch.predictions.rows, batch.predictions.probabilities)
        }
    }

    /// Whether it is time for a look.
    func isDue(now: ContinuousClock.Instant = .now) -> Bool {
        state.withLock { $0.map { now - $0.lastLook >= settings.pause } ?? false }
    }

    /// Takes what was counted since, for the program that looks; nil where nothing came.
    package func handOver(now: ContinuousClock.Instant = .now) -> CountedTraffic? {
        state.withLock { held -> CountedTraffic? in
            guard var state = held else { return nil }
            state.lastLook = now
            defer { held = state }
            guard state.rows > 0 else { return nil }
            defer { state.clear() }
            return CountedTraffic(counts: state.counts, rows: state.rows)
        }
    }

    /// Adds what another program counted of the model's traffic.
    ///
    /// - Returns: Whether it fits; what counts other columns is left out.
    package func add(_ traffic: CountedTraffic) -> Bool {
        state.withLock { held -> Bool in
            guard var state = held,
                state.counts.map(\.count) == traffic.counts.map(\.count),
                traffic.counts.allSatisfy({ $0.allSatisfy { $0 >= 0 } }), traffic.rows > 0
            else { return false }
            state.counts = zip(state.counts, traffic.counts).map { zip($0, $1).map(+) }
            state.rows += traffic.rows
            held = state
            return true
        }
    }

    /// Thinks what the program that looks does.
    package func follow(_ kept: SequentialDrift) {
        state.withLock { state in
            guard let own = state?.drift, own.settings == kept.settings,
                own.columns == kept.columns, own.looks <= kept.looks
            else { return }
            state?.drift = kept
        }
    }

    /// Looks, if it is time.
    ///
    /// - Returns: Nil where it is not, or where nothing came since.
    package func look(now: ContinuousClock.Instant = .now) -> Look? {
        state.withLock { held -> Look? in
            guard var state = held, state.rows > 0, now - state.lastLook >= settings.pause else {
                return nil
            }
            // Of the state's own columns, so that they always fit.
            guard let changes = try? state.drift.look(state.counts) else { return nil }
            state.clear()
            state.lastLook = now
            held = state
            return Look(
                snapshot: state.snapshot(settings.windowRows),
                changes: changes,
                state: state.drift,
                digest: state.served.digest
            )
        }
    }

    /// What is known now; nil before there is a model.
    var snapshot: Snapshot? { state.withLock { $0?.snapshot(settings.windowRows) } }

    /// Of the order of rows within a look: any will do, as long as traffic can't be made for it.
    private static let seed = UInt64.random(in: 0 ... .max)
}

/// What a service counted of a model's traffic, for the one that looks at all of it.
package struct CountedTraffic: Codable, Equatable {
    /// Shape [columns, categories], in the order of the watched columns.
    let counts: [[Int]]
    let rows: Int
}

extension TrafficWatch.State {
    fileprivate mutating func clear() {
        counts = counts.map { $0.map { _ in 0 } }
        rows = 0
    }

    fileprivate mutating func count(_ rows: CodedRows, _ probabilities: [Float]) {
        var watched = 0
        for (place, category) in categories.enumerated() {
            guard let category else { continue }
            for (row, score) in probabilities.enumerated() {
                let value = place == rows.width ? Double(score) : rows[row: row, column: place]
                counts[watched][category.place(of: value)] += 1
            }
            watched += 1
        }
        self.rows += probabilities.count
        scores.add(probabilities)
    }

    fileprivate func snapshot(_ window: Int) -> TrafficWatch.Snapshot {
        TrafficWatch.Snapshot(
            model: served.label,
            looks: drift.looks,
            verdicts: drift.verdicts,
            scores: scores.newest(window)
        )
    }
}
