import Evaluation
import Testing

@Suite struct BinTests {
    @Test(arguments: try ScikitLearnCase.all())
    func `reliability bins equal calibration_curve and Wilson's interval`(
        rows: ScikitLearnCase
    ) throws {
        let bins = try rows.report().reliability
        #expect(bins.count == 15)
        #expect(bins.filter { $0.rows > 0 }.count == rows.reliability.count)
        #expect(bins.map(\.rows).reduce(0, +) == rows.labels.count)
        for expected in rows.reliability {
            let bin = bins[Int(expected[0])]
            #expect(bin.rows == Int(expected[1]))
            #expect(agrees(bin.meanPredicted, expected[2]))
            #expect(agrees(bin.observedRate, expected[3]))
            #expect(agrees(bin.interval?.low, expected[4]))
            #expect(agrees(bin.interval?.high, expected[5]))
        }
        for bin in bins where bin.rows == 0 {
            #expect(bin.meanPredicted == nil && bin.observedRate == nil && bin.interval == nil)
        }
    }

    @Test(arguments: try ScikitLearnCase.all())
    func `deciles share ties evenly`(rows: ScikitLearnCase) throws {
        let deciles = try rows.report().deciles
        let positives = Double(rows.labels.count { $0 })
        #expect(deciles.map(\.decile) == Array(1 ... 10))
        #expect(deciles.map(\.rows).reduce(0, +) == rows.labels.count)
        for (decile, expected) in zip(deciles, rows.deciles) {
            #expect(agrees(decile.positives, expected))
            if positives > 0, decile.rows > 0 {
                let rate = positives / Double(rows.labels.count)
                #expect(agrees(decile.lift, expected / Double(decile.rows) / rate))
            } else {
                #expect(decile.lift == nil)
            }
        }
        #expect(agrees(deciles.last?.cumulativeGain, positives > 0 ? 1 : nil))
        #expect(agrees(deciles.last?.cumulativeLift, positives > 0 ? 1 : nil))
    }

    @Test func `deciles rank the highest probabilities first`() throws {
        let labels = (0 ..< 20).map { $0 >= 18 }
        let probabilities = (0 ..< 20).map { Double($0) / 20 }
        let first = try #require(
            try evaluate(labels: labels, probabilities: probabilities).deciles.first
        )
        #expect(first.rows == 2)
        #expect(first.positives == 2)
        #expect(first.lowestScore == 0.9)
        #expect(first.lift == 10)
        #expect(first.cumulativeGain == 1)
    }

    @Test func `the histogram counts each class`() throws {
        let histogram = try evaluate(
            labels: [true, false, true, false, true],
            probabilities: [0, 0.049, 0.05, 0.999, 1]
        ).histogram
        var positives = [Int](repeating: 0, count: 20)
        var negatives = positives
        positives[0] = 1
        positives[1] = 1
        positives[19] = 1
        negatives[0] = 1
        negatives[19] = 1
        #expect(histogram == ScoreHistogram(positives: positives, negatives: negatives))
    }

    @Test func `Wilson's interval stays within 0 and 1`() {
        #expect(ConfidenceInterval.wilson(successes: 0, trials: 0) == nil)
        #expect(ConfidenceInterval.wilson(successes: 0, trials: 5)?.low == 0)
        #expect(ConfidenceInterval.wilson(successes: 5, trials: 5)?.high == 1)
    }
}
