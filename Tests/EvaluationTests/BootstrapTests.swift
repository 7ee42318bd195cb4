import Evaluation
import Testing

struct BootstrapTests {
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
