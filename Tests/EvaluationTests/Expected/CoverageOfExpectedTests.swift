import Evaluation
import Testing

/// How often intervals hold what then comes true, over simulated calibrated customers.
@Suite struct CoverageOfExpectedTests {
    private static let threshold = 0.3
    private static let runs = 600
    private static let rows = 400
    /// Three standard errors of a share of 95 % in so many runs are 0.027.
    private static let allowed = 0.923 ... 0.977

    /// What came true, in the order of `values(of:)`.
    private static func realised(_ customers: SimulatedRows) throws -> [Double] {
        let outcomes = zip(customers.probabilities, customers.labels).map {
            PredictionOutcome(time: 0, probability: $0, left: $1)
        }
        let week = try #require(
            try RealisedPerformance(outcomes, threshold: threshold, costs: CampaignCosts())
                .weeks.first
        )
        let leaverRate = Double(week.leavers) / Double(week.rows)
        return [leaverRate, week.accuracy, try #require(week.rocAUC), week.profit]
    }

    private static func values(of customers: SimulatedRows) throws -> [ExpectedValue] {
        let found = try ExpectedPerformance(
            probabilities: customers.probabilities,
            threshold: threshold,
            costs: CampaignCosts()
        )
        return [found.leaverRate, found.accuracy, try #require(found.rocAUC), found.profit]
    }

    @Test func `95 of 100 intervals hold what comes true`() throws {
        var theirs = [0, 0, 0, 0]
        var others = [0, 0, 0, 0]
        for run in 0 ..< Self.runs {
            let customers = SimulatedRows(count: Self.rows, seed: UInt64(2 * run))
            let next = SimulatedRows(count: Self.rows, seed: UInt64(2 * run + 1))
            let expected = try Self.values(of: customers)
            let realised = try Self.realised(customers)
            let realisedNext = try Self.realised(next)
            for metric in expected.indices {
                let value = expected[metric]
                theirs[metric] += value.interval.holds(realised[metric]) ? 1 : 0
                others[metric] += try #require(value.next).holds(realisedNext[metric]) ? 1 : 0
            }
        }
        for share in (theirs + others).map({ Double($0) / Double(Self.runs) }) {
            #expect(Self.allowed.contains(share), "\(theirs) \(others)")
        }
    }

    @Test func `probabilities that are too low are found out`() throws {
        var customers = SimulatedRows(count: 3_000, seed: 9)
        customers.probabilities = customers.probabilities.map { 0.7 * $0 }
        let expected = try Self.values(of: customers)
        let realised = try Self.realised(customers)
        #expect(expected[0].interval.high < realised[0])
        #expect(expected[3].interval.high < realised[3])
    }

    @Test func `95 of 100 intervals of the change hold the true change`() throws {
        // Probabilities are u³: contacted are u ≥ 0.3^(1/3), who earn 67 u³ − 11, integrated over u.
        let cut = 0.6694329500821695
        let truth = 67 * (1 - cut * cut * cut * cut) / 4 - 11 * (1 - cut)
        var noChange = 0
        var halved = 0
        for run in 0 ..< Self.runs {
            let before = SimulatedRows(count: Self.rows, seed: UInt64(2 * run)).probabilities
            let after = SimulatedRows(count: 300, seed: UInt64(2 * run + 1)).probabilities
            // Every other customer replaced by one who never leaves.
            let drifted = after.enumerated().map { $0.offset.isMultiple(of: 2) ? 0 : $0.element }
            let same = try Self.change(before, after)
            noChange += try #require(same.interval).holds(0) ? 1 : 0
            let change = try Self.change(before, drifted)
            halved += try #require(change.interval).holds(-truth / 2) ? 1 : 0
        }
        for share in [noChange, halved].map({ Double($0) / Double(Self.runs) }) {
            #expect(Self.allowed.contains(share), "\(noChange) \(halved)")
        }
    }

    private static func change(
        _ before: [Double],
        _ after: [Double]
    ) throws -> ExpectedProfitChange {
        try ExpectedProfitChange(
            before: before,
            after: after,
            threshold: threshold,
            costs: CampaignCosts()
        )
    }
}

extension ConfidenceInterval {
    fileprivate func holds(_ value: Double) -> Bool { low <= value && value <= high }
}
