import ChurnModel
import Drift
import Evaluation
import FoundationEssentials
import HTTPTypes
import Logging
import Output
import Record
import Synchronization

extension PredictionService {
    /// What the model is worth on the newest predictions, and what it turned out to be.
    ///
    /// Of the record, where there is one, so that all who write to it count; else of what this service answered.
    func performance(of served: ServedModel) async throws -> ModelPerformance {
        let snapshot = watch?.snapshot
        let window = watch?.settings.windowRows ?? DriftWatching().windowRows
        let own = snapshot.map { $0.scores.map(Double.init) } ?? []
        let maturity = Maturity(
            days: served.horizonDays,
            at: Int64(PredictionID().milliseconds)
        )
        let scores = try await log?.scores(of: served.digest, newest: window) ?? own
        let judged =
            try await log?
            .judgements(of: served.digest, newest: Self.mostJudged, maturing: maturity) ?? []
        let found = try ModelPerformance(
            scores: scores,
            reference: served.reference.scores?.sample?.values,
            outcomes: judged.map {
                PredictionOutcome(time: $0.time, probability: $0.probability, left: $0.left)
            },
            threshold: served.model.threshold,
            costs: served.model.costs
        )
        latestPerformance.withLock { $0 = found }
        return found
    }

    /// `GET /performance`: what the model is worth, and what it turned out to be.
    func performance() async throws -> Reply {
        let served = slot.current
        return Reply(try PerformanceAnswer(await performance(of: served), served).json)
    }

    /// Reckons anew what `/metrics` tells, after a look at the traffic.
    func refreshPerformance() async {
        do {
            _ = try await performance(of: slot.current)
        } catch {
            logger.error("performance can't be reckoned", metadata: ["error": "\(error)"])
        }
    }

    /// The newest outcomes that are looked at.
    private static let mostJudged = 100_000

    /// Adds what the model is worth.
    func writePerformance(to page: inout MetricsPage) {
        guard let found = latestPerformance.withLock(\.self) else { return }
        page.family(
            "retain_performance_outcomes",
            .gauge,
            "Predictions whose truth counts: known, matured, of customers who were not treated."
        )
        page.sample([], found.outcomes)
        page.family(
            "retain_performance_below",
            .gauge,
            "1 where what came true lies beyond what the promotion gate would allow, else 0."
        )
        for question in PerformanceCheck.Question.allCases {
            let check = found.checks.first { $0.question == question }
            page.sample([("check", question.rawValue)], check.map { $0.passed ? 0 : 1 } ?? 0)
        }
        if !found.checks.isEmpty {
            page.family(
                "retain_performance_check",
                .gauge,
                "What came true, by what is asked of it."
            )
            for check in found.checks {
                page.sample([("check", check.question.rawValue)], check.value)
            }
        }
        if let expected = found.expected {
            page.family(
                "retain_performance_expected_profit",
                .gauge,
                "Profit per customer that is expected of the newest predictions."
            )
            page.sample([], expected.profit.value)
            page.family(
                "retain_performance_expected_leaver_ratio",
                .gauge,
                "Share of leavers that is expected of the newest predictions."
            )
            page.sample([], expected.leaverRate.value)
        }
        if let money = found.money {
            page.family(
                "retain_performance_profit_change",
                .gauge,
                "Expected profit per customer of the newest predictions less that of the training's customers."
            )
            page.sample([], money.difference)
        }
        guard let week = found.weeks.last else { return }
        page.family(
            "retain_performance_realised_profit",
            .gauge,
            "Profit per customer that a campaign among those of the newest week with outcomes would have earned."
        )
        page.sample([], week.profit)
    }
}

/// What `/performance` says.
struct PerformanceAnswer: Encodable {
    let model: String
    let modelVersion: String
    /// Within how many days of a prediction leaving counts; nil where outcomes count as soon as they are known.
    let horizonDays: Int?
    /// Whether what came true lies beyond what the promotion gate would allow.
    let below: Bool
    let outcomes: Int
    let checks: [PerformanceCheck]
    let expected: ExpectedPerformance?
    let money: ExpectedProfitChange?
    let weeks: [RealisedWeek]

    init(_ performance: ModelPerformance, _ served: ServedModel) {
        model = served.name
        modelVersion = served.version
        horizonDays = served.horizonDays
        below = performance.isBelow
        outcomes = performance.outcomes
        checks = performance.checks
        expected = performance.expected
        money = performance.money
        weeks = performance.weeks
    }

    var json: [UInt8] {
        get throws { try encodedJSON(self, keys: .convertToSnakeCase) }
    }
}
