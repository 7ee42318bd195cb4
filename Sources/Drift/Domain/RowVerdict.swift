public import Evaluation

/// Whether the rows of two files can be told apart as wholes: also where each column alone has not changed.
///
/// A network learns on half of the rows which file a row is from. If it ranks the other half better than
/// chance, the files differ: a classifier two-sample test (Lopez-Paz and Oquab, "Revisiting classifier
/// two-sample tests", ICLR 2017; compared with others by Rabanser, Günnemann and Lipton, "Failing loudly",
/// NeurIPS 2019), here by the area under the ROC curve, which ties and unequal files do not disturb.
public struct RowVerdict: Equatable, Sendable, Encodable {
    /// Whether they can, by more than chance and by enough to matter.
    public let hasDrifted: Bool
    /// The chance that the network ranks a random current row above a random one of the reference, of rows
    /// that it has not learned from: ½ where it can't tell them apart.
    public let area: Double
    /// The 95 % interval of `area`.
    public let interval: ConfidenceInterval
    /// The chance of at least such an area where nothing has changed.
    public let pValue: Double
    /// The share of customers in which the files differ at least, as far as the network sees:
    /// 1 − √(2 (1 − area)), 0 where the area is below ½.
    ///
    /// Where files differ in a share t (total variation), no score's ROC curve lies above min(1, x + t), so
    /// that no area is above 1 − (1 − t)² / 2.
    public let effect: Double
    /// What the effect must exceed: the floor, or what 999 of 1,000 comparisons of files that have not
    /// changed stay under, whichever is larger.
    public let threshold: Double
    /// Rows held out of the reference.
    public let referenceRows: Int
    /// Current rows held out.
    public let currentRows: Int
    /// Each column and what the area owes to it, the most first; empty where nothing drifts.
    public let columns: [Column]

    /// What a column gives away.
    public struct Column: Equatable, Sendable, Encodable {
        /// Name in the header.
        public let name: String
        /// By how much the area falls when the column's values are dealt anew among the rows.
        ///
        /// About 0, above or below, where the network does not need the column.
        public let importance: Double
    }

    /// The fewest held-out rows that each file must have.
    public static let leastRows = 100

    /// Trains the network and asks it; nil where a file has fewer than twice `leastRows` rows.
    ///
    /// - Parameters:
    ///   - reference: What to compare with.
    ///   - current: A sample by the same schema.
    ///   - rate: From 0 to 1.
    ///   - floor: From 0 to 1.
    ///   - seed: Random seed of everything that is drawn.
    /// - Precondition: Both are of one schema.
    /// - Complexity: O(rows · inputs); about a second for 10,000 rows each.
    public init?(
        reference: RowSample,
        current: RowSample,
        rate: Double = DriftVerdict.usualRate,
        floor: Double = DriftVerdict.usualFloor,
        seed: UInt64 = 42
    ) {
        guard min(reference.count, current.count) >= 2 * Self.leastRows else { return nil }
        let classifier = RowClassifier(reference: reference, current: current, seed: seed)
        guard let test = classifier.area else { return nil }
        area = test.area
        interval = test.interval
        pValue = test.pValue
        effect = Self.share(area: area)
        // 3.0902 deviations above the middle are 999 of 1,000.
        let chance = Self.share(area: 0.5 + 3.090232306167813 * test.chanceDeviation)
        threshold = max(floor, chance)
        hasDrifted = pValue <= rate && effect > threshold
        referenceRows = reference.count - reference.count / 2
        currentRows = current.count - current.count / 2
        columns =
            hasDrifted
            ? zip(reference.columns, classifier.importances()).map {
                Column(name: $0.name, importance: $1)
            }
            .enumerated()
            .sorted { ($1.element.importance, $0.offset) < ($0.element.importance, $1.offset) }
            .map(\.element) : []
    }

    /// The least share of customers in which files differ that are told apart with this area.
    private static func share(area: Double) -> Double {
        area > 0.5 ? 1 - (2 * max(0, 1 - area)).squareRoot() : 0
    }
}
