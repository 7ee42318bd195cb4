import Evaluation
import Testing

@Suite struct BootstrapTests {
    @Test func `intervals hold the value and are the same for the same seed`() throws {
        let rows = SimulatedRows(count: 2_000, seed: 1)
        let report = try rows.report(threshold: 0.3, replicates: 200)
        #expect(report.replicates == 200)
        for metric in report.metrics {
            let value = try #require(metric.value)
            let interval = try #require(metric.interval)
            #expect(interval.low < value && value < interval.high, "\(metric.name)")
        }
        #expect(try rows.report(threshold: 0.3, replicates: 200) == report)
        #expect(try rows.report(threshold: 0.3, seed: 43, replicates: 200) != report)
    }

    @Test(arguments: 1 ... 8)
    func `the calibration error of calibrated scores lies in its interval`(seed: UInt64) throws {
        let rows = SimulatedRows(count: 3_000, seed: seed)
        let ece = try #require(try rows.report(replicates: 300).metrics[.ece])
        let value = try #require(ece.value)
        let interval = try #require(ece.interval)
        #expect(interval.low >= 0)
        #expect(interval.low <= value && value <= interval.high)
        // As wide as chance makes it: about twice the value, where nothing but chance makes the value.
        #expect(interval.high - interval.low < 3 * value)
    }

    @Test func `perfect scores have a calibration error of 0 without spread`() throws {
        let labels = (0 ..< 100).map { $0.isMultiple(of: 4) }
        let report = try evaluate(
            labels: labels,
            probabilities: labels.map { $0 ? 1 : 0 },
            replicates: 50
        )
        #expect(report.metrics[.ece]?.interval == ConfidenceInterval(low: 0, high: 0))
    }

    @Test func `the interval of a rate is as wide as its standard error says`() throws {
        let rows = SimulatedRows(count: 4_000, seed: 2)
        let accuracy = try #require(try rows.report(replicates: 1_000).metrics[.accuracy])
        let value = try #require(accuracy.value)
        let interval = try #require(accuracy.interval)
        let expected = 2 * 1.96 * (value * (1 - value) / 4_000).squareRoot()
        #expect(abs((interval.high - interval.low) / expected - 1) < 0.15)
    }

    @Test func `a metric that most replicates do not define has no interval`() throws {
        let labels = (0 ..< 50).map { $0 == 0 }
        let report = try evaluate(
            labels: [true] + labels.dropFirst().map { _ in false },
            probabilities: labels.indices.map { $0 == 0 ? 0.9 : 0.1 },
            replicates: 50
        )
        // One positive in 50 counts in two replicates of three.
        #expect(report.metrics[.recall]?.interval == ConfidenceInterval(low: 1, high: 1))
        let none = try evaluate(labels: [false, false], probabilities: [0.1, 0.2], replicates: 50)
        #expect(none.metrics[.rocAUC] == Metric(name: .rocAUC, value: nil))
        #expect(none.metrics[.brier]?.interval != nil)
    }

    @Test(arguments: 1 ... 4)
    func `money lies in its intervals`(seed: UInt64) throws {
        let money = try SimulatedRows(count: 3_000, seed: seed)
            .report(threshold: 0.164, replicates: 300).profit
        for point in [money.atThreshold, money.atHalf, money.everyone] {
            let interval = try #require(point.interval)
            #expect(interval.low < point.profit && point.profit < interval.high)
        }
        for (value, interval) in [
            (money.best.profit, money.best.interval),
            (money.expectedMaximum?.profit, money.expectedMaximum?.interval),
        ] {
            let (value, interval) = (try #require(value), try #require(interval))
            #expect(interval.low >= 0 && interval.low < value && value < interval.high)
        }
        // The curve is for drawing.
        #expect(money.curve.allSatisfy { $0.interval == nil })
    }

    /// Each customer adds a gain, a loss or nothing, so what a list earns is a mean of these.
    @Test func `the interval of money is as wide as its standard error says`() throws {
        let rows = SimulatedRows(count: 4_000, seed: 3)
        let costs = CampaignCosts()
        let point = try rows.report(threshold: 0.2, replicates: 1_000).profit.atThreshold
        let interval = try #require(point.interval)
        let gains = zip(rows.probabilities, rows.labels).map { probability, left in
            probability < 0.2 ? 0 : left ? costs.profitPerLeaver : -costs.lossPerStayer
        }
        let mean = gains.reduce(0, +) / 4_000
        #expect(abs(point.profit - mean) < 1e-9)
        let variance = gains.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4_000
        let expected = 2 * 1.96 * (variance / 4_000).squareRoot()
        #expect(abs((interval.high - interval.low) / expected - 1) < 0.15)
    }

    /// Of a cut that each replicate chooses for itself the percentiles alone would lie too high.
    @Test func `the best cut in hindsight is not praised for what chance adds`() throws {
        let rows = SimulatedRows(count: 300, seed: 5)
        let best = try rows.report(threshold: 0.164, replicates: 500).profit.best
        let interval = try #require(best.interval)
        let middle = (interval.low + interval.high) / 2
        #expect(abs(middle - best.profit) < (interval.high - interval.low) / 4)
    }

    @Test func `without replicates nothing has an interval`() throws {
        let report = try SimulatedRows(count: 500, seed: 1).report(replicates: 0)
        let money = report.profit
        #expect(report.metrics.allSatisfy { $0.interval == nil })
        #expect(
            [money.atThreshold, money.atHalf, money.everyone, money.best]
                .allSatisfy { $0.interval == nil }
        )
        #expect(money.expectedMaximum?.interval == nil)
    }

    @Test func `many rows draw fewer replicates`() throws {
        let rows = 400_000
        let report = try evaluate(
            labels: (0 ..< rows).map { $0.isMultiple(of: 5) },
            probabilities: (0 ..< rows).map { Double($0 % 10) / 10 },
            replicates: 1_000
        )
        #expect(report.replicates == 250)
    }
}
