import ChurnModel
import HTTPTypes
import NIOCore
import OpenAPI
import Record
import Synchronization
import Wire

/// Counts what the service does, for Prometheus: https://prometheus.io/docs/instrumenting/exposition_formats.
final class ServiceMetrics: Sendable {
    /// Upper bounds of the latency histogram, in seconds.
    static let bounds = [
        0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1,
        2.5,
    ]
    /// The last stands for any path that leads nowhere.
    private static let routes: [Route?] = Route.allCases + [nil]
    private let counts = Mutex(Counts())
    /// Requests in work.
    let inFlight = Atomic(0)
    /// Predictions written down, and those that could not be.
    let written = Atomic(0)
    let lost = Atomic(0)

    /// What a look for another model found.
    enum Refresh: String, CaseIterable {
        case changed, refused, failed
    }

    /// When it began, for the minutes.
    private let began = NIODeadline.now()
    /// So many minutes are kept.
    private static let keptMinutes = 60

    private struct Counts {
        /// Answers by minute since it began, in a ring; which minute the newest is.
        var minutes = [Int](repeating: 0, count: ServiceMetrics.keptMinutes)
        var minute = 0

        /// Goes on to a minute; those between had no answer.
        mutating func advance(to now: Int) {
            guard now > minute else { return }
            for passed in minute + 1 ... min(now, minute + minutes.count) {
                minutes[passed % minutes.count] = 0
            }
            minute = now
        }

        var routes: [Route?: RouteCounts] = [:]
        var risks = [Int](repeating: 0, count: Risk.allCases.count)
        var nulls = 0
        var unseen = 0
        var outside = 0
        var refused = 0
        var refreshes: [Refresh: Int] = [:]
        /// Outcomes by what the record made of them.
        var outcomes = [0, 0, 0, 0]
    }
    private struct RouteCounts {
        var statuses: [Int: Int] = [:]
        /// The last is of everything slower than the last bound.
        var buckets = [Int](repeating: 0, count: ServiceMetrics.bounds.count + 1)
        var nanoseconds: Int64 = 0

        mutating func add(_ status: Int, _ bucket: Int, nanoseconds: Int64) {
            statuses[status, default: 0] += 1
            buckets[bucket] += 1
            self.nanoseconds += nanoseconds
        }
    }

    /// Counts an answer.
    func count(_ route: Route?, _ status: HTTPResponse.Status, took time: TimeAmount) {
        let seconds = Double(time.nanoseconds) / 1e9
        let bucket = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
        let minute = minute
        counts.withLock { counts in
            counts.advance(to: minute)
            counts.minutes[minute % Self.keptMinutes] += 1
            counts.routes[route, default: RouteCounts()]
                .add(status.code, bucket, nanoseconds: time.nanoseconds)
        }
    }

    private var minute: Int { Int((NIODeadline.now() - began).nanoseconds / 60_000_000_000) }

    /// How routes were used, the answers of the last hour by minute, how many seconds it has counted, and customers predicted.
    var usage: (usages: [ServiceStanding.Usage], minutes: [Int], seconds: Double, customers: Int) {
        let minute = minute
        let counts = counts.withLock { counts in
            counts.advance(to: minute)
            return counts
        }
        let usages = Self.routes.compactMap { route -> ServiceStanding.Usage? in
            guard let found = counts.routes[route] else { return nil }
            func errors(_ range: Range<Int>) -> Int {
                found.statuses.filter { range.contains($0.key) }.values.reduce(0, +)
            }
            return ServiceStanding.Usage(
                path: route?.rawValue ?? "desk",
                answers: found.statuses.values.reduce(0, +),
                errors: (errors(400 ..< 500), errors(500 ..< 600)),
                buckets: found.buckets
            )
        }
        // From the one after the newest on, the ring is in the order of time.
        let ring = (1 ... Self.keptMinutes).map {
            counts.minutes[(minute + $0) % Self.keptMinutes]
        }
        let seconds = Double((NIODeadline.now() - began).nanoseconds) / 1e9
        let customers = counts.risks.reduce(0, +)
        return (usages, Array(ring.suffix(min(Self.keptMinutes, minute + 1))), seconds, customers)
    }

    /// Counts a look for another model.
    func countRefresh(_ refresh: Refresh) {
        counts.withLock { $0.refreshes[refresh, default: 0] += 1 }
    }

    /// Counts a request that was one too many.
    func countRefusal() { counts.withLock { $0.refused += 1 } }

    /// Counts predictions, and fields that policies of the schema stood in for.
    func count(_ rows: CustomerRows, _ risks: some Sequence<Risk>) {
        counts.withLock { counts in
            for risk in risks {
                switch risk {
                case .low: counts.risks[0] += 1
                case .medium: counts.risks[1] += 1
                case .high: counts.risks[2] += 1
                }
            }
            counts.nulls += rows.nullCount
            counts.unseen += rows.unseenCount
            counts.outside += rows.outside.count
        }
    }

    /// Counts what the record made of outcomes.
    func count(_ outcomes: OutcomeCounts) {
        counts.withLock { counts in
            let new = [
                outcomes.recorded, outcomes.unmatched, outcomes.contradictions, outcomes.heldOut,
            ]
            counts.outcomes = zip(counts.outcomes, new).map(+)
        }
    }

    /// Adds everything counted so far.
    func write(_ model: ServedModel, to page: inout MetricsPage) {
        let counts = counts.withLock(\.self)
        page.family("retain_http_requests_total", .counter, "Answers by route and status.")
        for route in Self.routes {
            for (status, count) in (counts.routes[route]?.statuses ?? [:]).sorted(by: <) {
                page.sample([("route", route.label), ("status", "\(status)")], count)
            }
        }
        page.family(
            "retain_http_request_duration_seconds",
            .histogram,
            "Time from a request's head to its answer."
        )
        for route in Self.routes {
            guard let counts = counts.routes[route] else { continue }
            let seconds = Double(counts.nanoseconds) / 1e9
            page.histogram([("route", route.label)], Self.bounds, counts.buckets, sum: seconds)
        }
        page.family("retain_http_requests_in_flight", .gauge, "Requests in work.")
        page.sample([], inFlight.load(ordering: .relaxed))
        page.family(
            "retain_http_requests_refused_total",
            .counter,
            "Requests answered 503 since too many were in work."
        )
        page.sample([], counts.refused)
        page.family("retain_predictions_total", .counter, "Predictions by risk.")
        for (risk, count) in zip(Risk.allCases, counts.risks) {
            page.sample([("risk", risk.rawValue)], count)
        }
        page.family(
            "retain_fields_substituted_total",
            .counter,
            "Fields that a policy of the schema stood in for."
        )
        page.sample([("reason", "null")], counts.nulls)
        page.sample([("reason", "unseen")], counts.unseen)
        page.sample([("reason", "outside")], counts.outside)
        page.family("retain_outcomes_total", .counter, "Outcomes by what the record made of them.")
        for (result, count) in zip(
            ["recorded", "unmatched", "contradiction", "held_out"],
            counts.outcomes
        ) {
            page.sample([("result", result)], count)
        }
        page.family("retain_model_refresh_total", .counter, "Looks that found another model.")
        for refresh in Refresh.allCases {
            page.sample([("result", refresh.rawValue)], counts.refreshes[refresh] ?? 0)
        }
        page.family("retain_model_info", .gauge, "The model that answers.")
        page.sample(
            [("name", model.name), ("version", model.version), ("digest", model.digest)],
            1
        )
        page.family("retain_build_info", .gauge, "The program.")
        page.sample([("version", RetainVersion.current)], 1)
    }
}
