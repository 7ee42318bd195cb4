import ChurnModel
import Drift
import Evaluation
import PredictionLog

/// How good the model is thought to be on the newest traffic, and what it has turned out to be.
struct PerformanceAnswer: Encodable {
    /// What is expected of the newest predictions before any outcome is known.
    let expected: ExpectedPerformance
    /// The same in money, beside what was expected of the training's customers; nil where the model has no scores of them.
    let money: ExpectedProfitChange?
    /// What came true, by the week of the prediction; customers who were treated are left out.
    let weeks: [RealisedWeek]

    /// Nil before there is traffic.
    init?(_ served: ServedModel, scores: [Float], judged: [DatedJudgement]) throws {
        guard !scores.isEmpty else { return nil }
        let (threshold, costs) = (served.model.threshold, served.model.costs)
        let after = scores.map(Double.init)
        expected = try ExpectedPerformance(
            probabilities: after,
            threshold: threshold,
            costs: costs
        )
        money = try served.reference.scores?.sample.map { sample in
            try ExpectedProfitChange(
                before: sample.values,
                after: after,
                threshold: threshold,
                costs: costs
            )
        }
        guard !judged.isEmpty else {
            weeks = []
            return
        }
        weeks = try RealisedPerformance(
            judged.map {
                PredictionOutcome(time: $0.time, probability: $0.probability, left: $0.left)
            },
            threshold: threshold,
            costs: costs
        ).weeks
    }
}

extension OrderedSample {
    /// A value for each row, in rising order.
    fileprivate var values: [Double] {
        var values: [Double] = []
        values.reserveCapacity(rowCount)
        for (value, rank) in zip(distinct, ranks) {
            while values.count < rank { values.append(value) }
        }
        return values
    }
}
