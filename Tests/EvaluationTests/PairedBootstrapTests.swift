import Evaluation
import Kernels
import Testing

@Suite struct PairedBootstrapTests {
    private static let costs = CampaignCosts()

    private static func scores(
        _ probabilities: [Double],
        threshold: Double = 0.2
    ) -> PairedBootstrap.Scores {
        PairedBootstrap.Scores(probabilities: probabilities, threshold: threshold)
    }

    /// Log loss and profit as anyone would write them down, drawing rows with replacement.
    private func plain(
        _ one: [Double],
        _ other: [Double],
        _ labels: [Bool],
        replicates: Int
    ) -> (loss: ClosedRange<Double>, profit: ClosedRange<Double>) {
        func values(_ probabilities: [Double], _ rows: [Int]) -> (Double, Double) {
            var (loss, profit) = (0.0, 0.0)
            for row in rows {
                let right = labels[row] ? probabilities[row] : 1 - probabilities[row]
                loss -= Elementary.log(right)
                if probabilities[row] >= 0.2 {
                    profit += labels[row] ? 0.3 * 190 - 1 : -11
                }
            }
            return (loss / Double(rows.count), profit / Double(rows.count))
        }
        var generator = SeededGenerator(seed: 99)
        var (losses, profits): ([Double], [Double]) = ([], [])
        for _ in 0 ..< replicates {
            let rows = labels.indices.map { _ in generator.below(labels.count) }
            let (left, right) = (values(one, rows), values(other, rows))
            losses.append(left.0 - right.0)
            profits.append(left.1 - right.1)
        }
        func middle(_ values: [Double]) -> ClosedRange<Double> {
            let sorted = values.sorted()
            return sorted[replicates / 40] ... sorted[replicates - 1 - replicates / 40]
        }
        return (middle(losses), middle(profits))
    }

    @Test func `the intervals are those of drawing rows with replacement`() throws {
        let rows = SimulatedRows(count: 1_500, seed: 3)
        var generator = SeededGenerator(seed: 4)
        let truth = rows.probabilities.map { min(max($0, 0.01), 0.99) }
        let noisy = truth.map { min(max($0 + 0.2 * (generator.uniform() - 0.5), 0.01), 0.99) }
        let found = try PairedBootstrap(
            Self.scores(noisy),
            Self.scores(truth),
            labels: rows.labels,
            costs: Self.costs,
            seed: 1
        )
        let expected = plain(noisy, truth, rows.labels, replicates: 2_000)
        func isClose(_ interval: ConfidenceInterval, _ range: ClosedRange<Double>) -> Bool {
            let width = range.upperBound - range.lowerBound
            return abs(interval.low - range.lowerBound) < 0.12 * width
                && abs(interval.high - range.upperBound) < 0.12 * width
        }
        #expect(isClose(found.logLoss.interval, expected.loss), "\(found.logLoss) \(expected.loss)")
        #expect(isClose(found.profit.interval, expected.profit), "\(found.profit) \(expected)")
        #expect(found.logLoss.interval.low > 0)
        #expect(found.rows == 1_500 && found.replicates == 1_000)
    }

    @Test func `values are the report's`() throws {
        let rows = SimulatedRows(count: 700, seed: 5)
        let other = rows.probabilities.map { 0.5 * $0 + 0.1 }
        let found = try PairedBootstrap(
            Self.scores(rows.probabilities, threshold: 0.3),
            Self.scores(other, threshold: 0.25),
            labels: rows.labels,
            costs: Self.costs,
            seed: 1,
            replicates: 10
        )
        let report = try rows.report(threshold: 0.3)
        let loss = try #require(report.metrics[.logLoss]?.value)
        #expect(abs(found.logLoss.first - loss) < 1e-12)
        #expect(abs(found.profit.first - report.profit.atThreshold.profit) < 1e-9)
        let difference = found.logLoss.first - found.logLoss.second
        #expect(abs(found.logLoss.difference - difference) < 1e-12)
    }

    @Test func `a model does not differ from itself`() throws {
        let rows = SimulatedRows(count: 300, seed: 6)
        let scores = Self.scores(rows.probabilities)
        let found = try PairedBootstrap(
            scores,
            scores,
            labels: rows.labels,
            costs: Self.costs,
            seed: 1
        )
        for difference in [found.logLoss, found.profit] {
            #expect(difference.difference == 0)
            #expect(difference.interval == ConfidenceInterval(low: 0, high: 0))
        }
    }

    @Test func `exchanging the models turns the signs, and the order of rows changes no bit`()
        throws
    {
        let rows = SimulatedRows(count: 400, seed: 7)
        let other = rows.probabilities.map { 0.8 * $0 + 0.05 }
        func compare(_ order: [Int], seed: UInt64 = 1) throws -> PairedBootstrap {
            try PairedBootstrap(
                Self.scores(order.map { rows.probabilities[$0] }),
                Self.scores(order.map { other[$0] }),
                labels: order.map { rows.labels[$0] },
                costs: Self.costs,
                seed: seed
            )
        }
        let order = Array(rows.labels.indices)
        let found = try compare(order)
        #expect(try compare(order.reversed()) == found)
        #expect(try compare(order, seed: 2) != found)
        let turned = try PairedBootstrap(
            Self.scores(other),
            Self.scores(rows.probabilities),
            labels: rows.labels,
            costs: Self.costs,
            seed: 1
        )
        #expect(turned.logLoss.first == found.logLoss.second)
        #expect(abs(turned.logLoss.difference + found.logLoss.difference) < 1e-12)
    }

    @Test func `arguments that do not fit are refused`() {
        let scores = Self.scores([0.1, 0.2])
        #expect(throws: EvaluationError.self) {
            try PairedBootstrap(scores, scores, labels: [true], costs: Self.costs, seed: 1)
        }
        #expect(throws: EvaluationError.noRows) {
            try PairedBootstrap(
                Self.scores([]),
                Self.scores([]),
                labels: [],
                costs: Self.costs,
                seed: 1
            )
        }
        #expect(throws: CampaignCostsError.self) {
            try PairedBootstrap(
                scores,
                scores,
                labels: [true, false],
                costs: CampaignCosts(customerValue: 1),
                seed: 1
            )
        }
    }
}
