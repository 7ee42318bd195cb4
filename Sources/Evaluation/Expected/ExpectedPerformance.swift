/// How well a model does on customers of whom nobody knows yet who left: its probabilities alone tell,
/// as far as they are calibrated.
///
/// The method is confidence-based performance estimation (CBPE): a customer with probability p who is
/// predicted to leave is a true positive to the share p and a false one to the share 1 − p; the same for
/// the others, and the metrics follow from the expected counts. The values are NannyML's ("How it works:
/// Estimating performance of classification models", nannyml.readthedocs.io).
///
/// It sees what a shift of customers does to the model, and is blind to a change in how the same
/// customers behave: then the probabilities are no longer calibrated, which only outcomes show
/// (`RealisedPerformance`).
public struct ExpectedPerformance: Codable, Sendable, Equatable {
    /// Customers.
    public var rows: Int
    /// The cut: p ≥ threshold is predicted to leave, and contacted.
    public var threshold: Double
    /// Share of customers who leave.
    public var leaverRate: ExpectedValue
    /// Share of customers on the right side of the threshold.
    public var accuracy: ExpectedValue
    /// Area under the ROC curve; nil for one customer, or where only one class is expected.
    public var rocAUC: ExpectedValue?
    /// Profit per customer of a campaign that contacts whom the threshold says, as of `CampaignProfit`.
    public var profit: ExpectedValue

    /// Estimates.
    ///
    /// The order of rows changes no bit, and there is no chance in it: all intervals have closed forms.
    ///
    /// - Parameters:
    ///   - probabilities: Calibrated probability of leaving. Shape [n].
    ///   - threshold: The cut that the model is used with.
    ///   - costs: What a campaign costs and brings.
    /// - Throws: `EvaluationError` or `CampaignCostsError` where the arguments do not fit.
    /// - Complexity: O(*n* log *n*).
    public init(probabilities: [Double], threshold: Double, costs: CampaignCosts) throws {
        try costs.validate()
        self.init(
            try RankedScores(expecting: probabilities, threshold: threshold),
            threshold: threshold,
            costs: costs
        )
    }

    /// Estimates for ranked probabilities, whose labels play no part.
    ///
    /// - Precondition: There are rows.
    init(_ ranked: RankedScores, threshold: Double, costs: CampaignCosts) {
        rows = ranked.rows
        self.threshold = threshold
        let leaves = RowValue(leaver: 1, stayer: 0)
        let stays = RowValue(leaver: 0, stayer: 1)
        let contacted = ranked.places(atOrAbove: threshold)
        leaverRate = ranked.expectedMean(above: leaves, below: leaves, places: contacted)
            .value(within: 0 ... 1)
        accuracy = ranked.expectedMean(above: leaves, below: stays, places: contacted)
            .value(within: 0 ... 1)
        rocAUC = ranked.expectedROCAUC()
        profit = ranked.expectedProfit(threshold: threshold, costs)
            .value(within: -costs.lossPerStayer ... costs.profitPerLeaver)
    }
}

extension RankedScores {
    /// Ranks probabilities without labels.
    init(expecting probabilities: [Double], threshold: Double) throws(EvaluationError) {
        let labels = [Bool](repeating: false, count: probabilities.count)
        try EvaluationError.check(
            labels: labels,
            probabilities: probabilities,
            threshold: threshold
        )
        guard !probabilities.isEmpty else { throw .noRows }
        self.init(labels: labels, scores: probabilities)
    }
}
