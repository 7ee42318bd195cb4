import Drift
public import Evaluation
import OpenAPI
import Synchronization

/// How a service does, for people: what `/metrics` counts, in a form that a page can show.
public struct ServiceStanding: Sendable {
    /// A route and how it was used.
    public struct Usage: Sendable {
        /// The path; `desk` for pages and what leads nowhere.
        public var path: String
        /// How many answers.
        public var answers: Int
        /// How many of them were errors of the caller (4xx), and of the service (5xx).
        public var errors: (callers: Int, own: Int)
        /// Answers by their time: one for each of `bounds`, and those above.
        public var buckets: [Int]
    }

    /// A challenger beside the model.
    public struct Shadow: Sendable {
        /// Name and version.
        public var label: String
        /// How many customers both scored.
        public var customers: Int
        /// On how many of them both decide alike.
        public var alike: Int
        /// The mean difference of both probabilities.
        public var meanDifference: Double
    }

    /// Upper bounds of the buckets, in seconds.
    public static let bounds = ServiceMetrics.bounds

    /// Seconds since the service began.
    public var seconds: Double
    /// Customers that were predicted.
    public var customers: Int
    /// The routes that were used.
    public var usages: [Usage]
    /// Answers of each of the last sixty minutes, the earliest first; the last is of the present one.
    public var minutes: [Int]
    /// Predictions that wait to be written down, that can, and that were not written.
    public var queue: (waiting: Int, capacity: Int, lost: Int)
    /// The challenger; nil where there is none.
    public var shadow: Shadow?

    /// In how many seconds a share of answers was given, as the upper bound of its bucket; nil where there were none.
    public static func quantile(_ share: Double, of buckets: [Int]) -> Double? {
        let all = buckets.reduce(0, +)
        guard all > 0 else { return nil }
        var sum = 0
        for (place, count) in buckets.enumerated() {
            sum += count
            if Double(sum) >= share * Double(all) {
                return bounds[min(place, bounds.count - 1)]
            }
        }
        return bounds.last
    }
}

extension PredictionService {
    /// How the service does.
    public var standing: ServiceStanding {
        let shadow = shadow.withLock { $0?.label }
        let counts = shadowCounts.withLock(\.self)
        let decisions = counts.decisions
        let both = decisions.flatMap(\.self).reduce(0, +)
        let (usages, minutes, seconds, customers) = metrics.usage
        return ServiceStanding(
            seconds: seconds,
            customers: customers,
            usages: usages,
            minutes: minutes,
            queue: (
                queue.count, PredictionQueue.capacity,
                queue.dropped + metrics.lost.load(ordering: .relaxed)
            ),
            shadow: shadow.map {
                ServiceStanding.Shadow(
                    label: $0,
                    customers: both,
                    alike: decisions[0][0] + decisions[1][1],
                    meanDifference: both > 0 ? counts.sum / Double(both) : 0
                )
            }
        )
    }
}

/// What the drift watch thinks of a column, for people.
public struct WatchedColumn: Sendable {
    /// The column's name.
    public var name: String
    /// Whether it has drifted.
    public var isDrifted: Bool
    /// Share of the newest predictions that lie elsewhere than in the reference.
    public var effect: Double
    /// From which share on it may count as drifted.
    public var leastEffect: Double
    /// Predictions in the newest window.
    public var rows: Int
}

extension PredictionService {
    /// What the watch thinks of the columns, the most drifted first, and what the model is worth on the newest predictions.
    ///
    /// - Throws: `RecordStoreError`.
    public func driftState() async throws -> (
        columns: [WatchedColumn], performance: ModelPerformance
    ) {
        let performance = try await performance(of: slot.current)
        let columns = (watch?.snapshot?.verdicts ?? []).map {
            WatchedColumn(
                name: $0.column,
                isDrifted: $0.isDrifted,
                effect: $0.effect,
                leastEffect: $0.leastEffect,
                rows: $0.rows
            )
        }
        let ordered = columns.sorted {
            $0.isDrifted == $1.isDrifted ? $0.effect > $1.effect : $0.isDrifted
        }
        return (ordered, performance)
    }
}
