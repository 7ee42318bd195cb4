/// What a model must show to become the champion; the `promotion` section of `retain.yaml`.
public struct PromotionBounds: Codable, Equatable, Sendable {
    /// Labelled rows that no model in question was trained on.
    public var minRows = 200
    /// The area under the ROC curve above which a feature must have given the target away.
    public var maxAUC = 0.99
    /// By how much the mean log loss may lie above the champion's.
    public var toleranceLogLoss = 0.0
    /// By how much the profit per customer may lie below the champion's.
    public var toleranceProfit = 0.0
    /// The largest expected calibration error.
    public var maxCalibrationError = 0.05
    /// How far the mean probability may lie from the share of those who left, either way.
    public var maxCalibrationInTheLarge = 0.03
    /// How far the levels of a column may lie apart.
    public var slices: [SliceBounds] = []

    /// Creates the default bounds.
    public init() {}
}

/// How far the levels of one column may lie apart; nil does not ask.
public struct SliceBounds: Codable, Equatable, Sendable {
    /// The column.
    public var column: String
    /// Between the shares of leavers that are found.
    public var recallGap: Double?
    /// Between the shares of customers that are contacted.
    public var selectionRateGap: Double?
    /// Between the mean probabilities less the shares of those who left.
    public var calibrationGap: Double?

    /// Creates bounds.
    public init(
        column: String,
        recallGap: Double? = nil,
        selectionRateGap: Double? = nil,
        calibrationGap: Double? = nil
    ) {
        self.column = column
        self.recallGap = recallGap
        self.selectionRateGap = selectionRateGap
        self.calibrationGap = calibrationGap
    }
}
