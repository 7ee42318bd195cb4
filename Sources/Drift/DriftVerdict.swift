/// Whether rows differ from the reference: column by column, by more than chance and by enough to matter.
///
/// A test alarms where both hold:
///
/// - its p-value, corrected by Benjamini and Hochberg over all tests of all columns, is at most `rate`;
/// - its effect is above a threshold: `floor`, or what chance alone does to samples of these sizes (the
///   reference split against itself, and scaled to the sizes), whichever is larger.
///
/// So neither a million rows alarm on nothing, nor three hundred on noise.
public struct DriftVerdict: Equatable, Sendable, Encodable {
    /// The largest expected share of false alarms among alarms.
    public let rate: Double
    /// The smallest effect that matters, as a share of the customers.
    public let floor: Double
    /// Rows of the reference.
    public let referenceRows: Int
    /// Rows that were compared with it.
    public let currentRows: Int
    /// Whether a column, the score or whole rows drift.
    public let hasDrifted: Bool
    /// One for each feature, the worst first.
    public let columns: [ColumnVerdict]
    /// Of the predicted probability; nil where either side has none.
    public let score: ColumnVerdict?
    /// Of whole rows; nil where they were not compared.
    ///
    /// A test by itself, at `rate`: among the columns' tests it would change which of those alarm.
    public let rows: RowVerdict?

    /// The usual `rate`.
    public static let usualRate = 0.05
    /// The usual `floor`: two in a hundred customers.
    ///
    /// For a number that is about normal, a shift of a
    /// twentieth of its standard deviation: a quarter of what Cohen, "Statistical power analysis for the
    /// behavioral sciences", 1988, calls a small effect.
    public static let usualFloor = 0.02

    /// The columns that drift, the worst first.
    public var drifted: [ColumnVerdict] { columns.filter(\.hasDrifted) }

    /// Compares rows with a reference.
    ///
    /// - Parameters:
    ///   - reference: What to compare with.
    ///   - current: A profile by the same schema.
    ///   - rate: From 0 to 1.
    ///   - floor: From 0 to 1.
    ///   - rows: Of the same rows, or of samples of them.
    /// - Throws: Where a sample has no rows, or the columns are not the reference's.
    /// - Complexity: O(distinct values of all columns); the exact p-values of numbers up to O(*n* · *m*).
    public init(
        reference: DriftReference,
        current: DriftProfile,
        rate: Double = DriftVerdict.usualRate,
        floor: Double = DriftVerdict.usualFloor,
        rows: RowVerdict? = nil
    ) throws(DriftError) {
        guard reference.rowCount > 0 else { throw .emptySample(.reference) }
        guard current.rowCount > 0 else { throw .emptySample(.current) }
        guard reference.columns.map(\.name) == current.columns.map(\.name) else {
            throw .columnsDiffer(
                reference: reference.columns.map(\.name),
                current: current.columns.map(\.name)
            )
        }
        var comparisons: [ColumnComparison] = []
        for (old, new) in zip(reference.columns, current.columns) {
            comparisons.append(try ColumnComparison(old, new.spread))
        }
        let hasScores = reference.scores != nil && current.scores.rowCount > 0
        if let old = reference.scores, hasScores {
            let new = ColumnProfile.Spread.numbers(current.scores, missing: 0, areWhole: false)
            comparisons.append(try ColumnComparison(old, new))
        }
        let corrected = try BenjaminiHochberg(
            comparisons.flatMap { $0.tests.map(\.pValue) }
        ).adjusted
        var next = 0
        var verdicts: [ColumnVerdict] = []
        for comparison in comparisons {
            let own = corrected[next ..< next + comparison.tests.count]
            next += own.count
            verdicts.append(
                ColumnVerdict(comparison, adjusted: Array(own), rate: rate, floor: floor)
            )
        }
        self.rate = rate
        self.floor = floor
        referenceRows = reference.rowCount
        currentRows = current.rowCount
        self.rows = rows
        hasDrifted = verdicts.contains(where: \.hasDrifted) || rows?.hasDrifted == true
        score = hasScores ? verdicts.removeLast() : nil
        columns = verdicts.enumerated()
            .sorted { ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset) }
            .map(\.element)
    }
}
