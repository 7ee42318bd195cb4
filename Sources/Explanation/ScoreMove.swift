/// Why a customer's score moved from one time, or one model, to another.
///
/// `from`, all points, `model` and `calibration` together are `to`.
public struct ScoreMove: Equatable, Sendable {
    /// The score before.
    public var from: Double
    /// The score after.
    public var to: Double
    /// What each column's change adds, as probability, in the order of `ScoreMoves.columns`; 0 where none changed.
    public var points: [Double]
    /// What the new networks and trees add.
    public var model: Double
    /// What the new calibration adds.
    public var calibration: Double
    /// The standard error of each column's points; nil where they are exact.
    public var standardErrors: [Double]?

    /// Creates a move.
    public init(
        from: Double,
        to: Double,
        points: [Double],
        model: Double,
        calibration: Double,
        standardErrors: [Double]? = nil
    ) {
        self.from = from
        self.to = to
        self.points = points
        self.model = model
        self.calibration = calibration
        self.standardErrors = standardErrors
    }
}
