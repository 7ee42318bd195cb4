/// The expected mean of something that each row has by its label, and how it varies.
struct ExpectedMean {
    /// The mean.
    let value: Double
    /// Variance of the realised mean, given the probabilities.
    let labelVariance: Double
    /// Variance of the expected mean over samples of customers; nil for one row.
    let samplingVariance: Double?

    /// The mean with its intervals.
    func value(within limits: ClosedRange<Double>) -> ExpectedValue {
        ExpectedValue(
            value: value,
            labelVariance: labelVariance,
            samplingVariance: samplingVariance,
            limits: limits
        )
    }
}

/// What a row counts by its label.
struct RowValue {
    var leaver: Double
    var stayer: Double

    /// What a row with this probability is expected to count.
    func expected(_ probability: Double) -> Double {
        probability * leaver + (1 - probability) * stayer
    }

    /// The Bernoulli variance of that.
    func variance(_ probability: Double) -> Double {
        probability * (1 - probability) * (leaver - stayer) * (leaver - stayer)
    }
}

extension RankedScores {
    /// Number of rows with the score at `place`, whatever their label.
    func rows(at place: Int) -> Double { Double(positives(at: place) + negatives(at: place)) }

    /// The expected mean over all rows, the scores taken for probabilities.
    ///
    /// The sum of labels is Poisson-binomial: its mean and variance are the sums of the rows' own.
    ///
    /// - Parameters:
    ///   - above: What a row of the first `places` scores counts.
    ///   - below: What any other row counts.
    ///   - places: How many of the distinct scores, from the highest on, count as `above`.
    /// - Returns: The mean and its variances.
    /// - Complexity: O(number of distinct scores).
    func expectedMean(
        above: RowValue,
        below: RowValue,
        places: Int
    ) -> ExpectedMean {
        let count = Double(rows)
        var sum = 0.0
        var variances = 0.0
        for place in scores.indices {
            let row = place < places ? above : below
            sum += rows(at: place) * row.expected(scores[place])
            variances += rows(at: place) * row.variance(scores[place])
        }
        let mean = sum / count
        var squares = 0.0
        for place in scores.indices {
            let gap = (place < places ? above : below).expected(scores[place]) - mean
            squares += rows(at: place) * (gap * gap)
        }
        return ExpectedMean(
            value: mean,
            labelVariance: variances / (count * count),
            samplingVariance: rows > 1 ? squares / ((count - 1) * count) : nil
        )
    }

    /// Expected profit per customer of contacting everyone at or above the threshold.
    func expectedProfit(threshold: Double, _ costs: CampaignCosts) -> ExpectedMean {
        expectedMean(
            above: RowValue(leaver: costs.profitPerLeaver, stayer: -costs.lossPerStayer),
            below: RowValue(leaver: 0, stayer: 0),
            places: places(atOrAbove: threshold)
        )
    }
}
