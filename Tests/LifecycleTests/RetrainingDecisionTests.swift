import Evaluation
import Foundation
import Lifecycle
import Testing
import Training

@Suite struct RetrainingDecisionTests {
    /// Customers who leave as often as they are said to, and what is said of them.
    private static func customers(_ count: Int, wrong: Double = 0) -> ([Bool], [Double]) {
        let rows = (0 ..< count).map { row -> (Bool, Double) in
            let truth = Double(row % 10) / 10 + 0.05
            let leaves = Double(row / 10 % 20) / 20 + 0.025 < truth
            return (leaves, truth * (1 - wrong) + (1 - truth) * wrong)
        }
        return (rows.map(\.0), rows.map(\.1))
    }

    private static func promise(_ count: Int = 2_000) throws -> EvaluationReport {
        let (labels, probabilities) = customers(count)
        return try evaluate(labels: labels, probabilities: probabilities)
    }

    private static func loss(
        _ count: Int,
        wrong: Double = 0,
        bound: Double = 0.01
    ) throws -> RealisedLoss? {
        let (labels, probabilities) = customers(count, wrong: wrong)
        return try RealisedLoss(
            labels: labels,
            probabilities: probabilities,
            promise: promise(),
            bound: bound,
            seed: 1
        )
    }

    @Test func `the same loss is no reason`() throws {
        let loss = try #require(try Self.loss(2_000))
        #expect(loss.difference == 0 && !loss.isWorse)
        #expect(loss.interval.low < 0 && loss.interval.high > 0)
        // Of two samples: wider than either's own.
        let own = loss.realisedInterval.high - loss.realisedInterval.low
        #expect(loss.interval.high - loss.interval.low > own)
        #expect(loss.interval.high - loss.interval.low < 2 * own)
    }

    @Test(arguments: [(1_000, 0.3, true), (1_000, 0.02, false), (200, 0.02, false)])
    func `only a sure increase is a reason`(rows: Int, wrong: Double, isWorse: Bool) throws {
        let loss = try #require(try Self.loss(rows, wrong: wrong))
        #expect(loss.isWorse == isWorse, "\(loss)")
        #expect(loss.rows == rows && loss.difference == loss.realised - loss.promised)
    }

    @Test func `within the bound it is none`() throws {
        #expect(try Self.loss(1_000, wrong: 0.3)?.isWorse == true)
        #expect(try Self.loss(1_000, wrong: 0.3, bound: 1)?.isWorse == false)
    }

    @Test func `too few rows, or no promise, tell nothing`() throws {
        #expect(try Self.loss(30) == nil)
        let (labels, probabilities) = Self.customers(500)
        #expect(
            try RealisedLoss(
                labels: labels,
                probabilities: probabilities,
                promise: nil,
                bound: 0,
                seed: 1
            ) == nil
        )
    }

    @Test func `the interval holds the truth as often as it says`() throws {
        // Two samples of one population differ by chance alone: 0 lies within 95 % of intervals.
        let promise = try Self.sample(seed: 0, 400)
        let report = try evaluate(labels: promise.0, probabilities: promise.1)
        var held = 0
        for seed in 1 ... 100 as ClosedRange<UInt64> {
            let (labels, probabilities) = try Self.sample(seed: seed, 400)
            let loss = try RealisedLoss(
                labels: labels,
                probabilities: probabilities,
                promise: try evaluate(
                    labels: Self.sample(seed: 1_000 + seed, 400).0,
                    probabilities: Self.sample(seed: 1_000 + seed, 400).1,
                    seed: seed
                ),
                bound: 0,
                seed: seed
            )
            if let loss, loss.interval.low <= 0, loss.interval.high >= 0 { held += 1 }
        }
        #expect(report.rows == 400)
        #expect(held >= 88 && held <= 100, "\(held) of 100")
    }

    private static func sample(seed: UInt64, _ count: Int) throws -> ([Bool], [Double]) {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        func uniform() -> Double {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Double(state >> 11) / Double(1 << 53)
        }
        for _ in 0 ..< 20 { _ = uniform() }
        let rows = (0 ..< count).map { _ -> (Bool, Double) in
            let probability = 0.05 + 0.9 * uniform()
            return (uniform() < probability, probability)
        }
        return (rows.map(\.0), rows.map(\.1))
    }

    @Test(
        arguments: [
            (nil, false, 5_000, RetrainingDecision.Verdict.nothing, []),
            (ReportedDrift(drift: false), false, 5_000, .nothing, []),
            (ReportedDrift(drift: true, columns: ["a"]), false, 5_000, .retrain, [.drift]),
            (ReportedDrift(drift: true, columns: ["a"]), false, 999, .wait, [.drift]),
            (nil, true, 5_000, .retrain, [.force]), (nil, true, 0, .wait, [.force]),
            (ReportedDrift(drift: true), true, 1_000, .retrain, [.drift, .force]),
        ]
            as [(
                ReportedDrift?, Bool, Int, RetrainingDecision.Verdict,
                [RetrainingDecision.Reason.Kind]
            )]
    )
    func `reasons decide`(
        drift: ReportedDrift?,
        isForced: Bool,
        rows: Int,
        verdict: RetrainingDecision.Verdict,
        kinds: [RetrainingDecision.Reason.Kind]
    ) {
        let decision = RetrainingDecision(
            RetrainingEvidence(drift: drift, isForced: isForced, rows: rows),
            rules: RetrainingRules()
        )
        #expect(decision.verdict == verdict)
        #expect(decision.reasons.map(\.kind) == kinds)
        #expect(decision.rows == rows && decision.minRows == 1_000)
    }

    @Test func `a realised loss is a reason or a remark`() throws {
        for (wrong, kinds) in [(0.3, [RetrainingDecision.Reason.Kind.loss]), (0, [])] {
            let decision = RetrainingDecision(
                RetrainingEvidence(loss: try Self.loss(1_000, wrong: wrong), rows: 2_000),
                rules: RetrainingRules()
            )
            #expect(decision.reasons.map(\.kind) == kinds)
            let told = decision.reasons.map(\.explanation) + decision.remarks
            #expect(told.contains { $0.contains("log loss on 1,000 customers") })
        }
    }

    @Test(arguments: [
        (
            #"{"verdict": {"hasDrifted": true, "rate": 0.05, "columns": ["#
                + #"{"name": "a", "hasDrifted": true}, {"name": "b", "hasDrifted": false}]}}"#,
            true, ["a"]
        ),
        (
            #"{"verdict": {"hasDrifted": true, "columns": [{"name": "a", "hasDrifted": false}], "#
                + #""rows": {"hasDrifted": true, "columns": [{"name": "a", "importance": 0.2}]}}}"#,
            true, []
        ),
        (#"{"verdict": {"hasDrifted": false, "columns": []}, "headline": ""}"#, false, []),
        (
            #"{"drift": true, "looks": 3, "columns": [{"column": "a", "drift": true, "effect": 0.2}]}"#,
            true, ["a"]
        ),
        (#"{"drift": false, "columns": [{"column": "a", "drift": false}]}"#, false, []),
    ])
    func `drift reports are read`(json: String, drift: Bool, columns: [String]) throws {
        let report = try ReportedDrift(json: Array(json.utf8), file: "drift.json")
        #expect(report == ReportedDrift(drift: drift, columns: columns))
    }

    @Test(arguments: ["", "[]", "{}", "{\"drift\": 1}", "{\"columns\": [{}]}", "drift"])
    func `what is no reported drift is named`(json: String) {
        let error = #expect(throws: ReportedDriftError.self) {
            try ReportedDrift(json: Array(json.utf8), file: "drift.json")
        }
        #expect(error?.description.contains("drift.json: this is no drift report") == true)
    }
}
