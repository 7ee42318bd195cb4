/// How trees are grown.
public struct TreeSettings: Codable, Equatable, Sendable {
    /// Whether all nodes of a level ask the same.
    public var shape = Shape.symmetric
    /// Tree *t* has as many levels as the entry at *t* modulo their count, where it is symmetric.
    public var depths = [6, 4, 2]
    /// What each leaf's step is multiplied by.
    public var learningRate = 0.06
    /// λ of a leaf's value: added to its sum of Hessians.
    public var l2 = 3.0
    /// What a cut is judged by.
    public var gain = Gain.secondOrder
    /// λ of a cut's gain, which divides by Hessians or rows and λ; so little that a cut may take out few customers.
    public var gainL2 = 0.1
    /// Borders of a number, at most.
    public var borders = 128
    /// Share of the rows by which a tree finds its cuts.
    public var rowShare = 0.8
    /// Share of the columns that may cut a level.
    public var columnShare = 0.5
    /// Trees of a model, at most.
    public var mostTrees = 2_500
    /// Trees without a lower held-out loss, after which no more are grown.
    public var patience = 50

    /// The recipe.
    ///
    /// - Parameters:
    ///   - gain: What a cut is judged by; each has its own λ.
    ///   - depths: Levels of each tree in turn.
    public init(_ gain: Gain = .secondOrder, depths: [Int] = [6, 4, 2]) {
        self.gain = gain
        self.depths = depths
        switch gain {
        case .secondOrder: gainL2 = 0.1
        case .firstOrder: gainL2 = 0.5
        }
    }

    /// Trees that are grown leaf by leaf, in small steps whatever the rows.
    public static var leafByLeaf: Self {
        var settings = Self(depths: []).inSmallSteps
        settings.shape = .leafByLeaf
        settings.l2 = 0.3
        settings.gainL2 = 0.3
        return settings
    }

    /// The ways to grow, of which rows held out choose: none is best on every company's file.
    ///
    /// Trees of eight levels are for files of near-duplicates or many conditions at once, shallow ones for few rows, those
    /// grown leaf by leaf for conditions that hold for some customers only.
    ///
    /// - Parameters:
    ///   - columns: Of the table; where there are very many, few rows reach a level so deep, and its sums take most of the
    ///     time.
    ///   - rows: Of the table; where they are few, small steps cost little and are a little better.
    /// - Returns: Those to try, in order.
    public static func ways(columns: Int, rows: Int) -> [Self] {
        let usual = [Self(), Self(.firstOrder), Self(depths: [4, 3, 2])]
        let isWide = Double(columns) > mostColumns
        let symmetric = isWide ? usual : usual + [Self(depths: [8])]
        return (rows < fewRows ? symmetric.map(\.inSmallSteps) : symmetric)
            + (isWide ? [] : [leafByLeaf])
    }

    /// Below so many rows trees are grown in small steps.
    static let fewRows = 3_000

    /// Half the rate, and so twice as many trees before the losses tell.
    private var inSmallSteps: Self {
        var settings = self
        settings.learningRate /= 2
        settings.patience *= 2
        return settings
    }

    /// What the nodes of a tree have in common.
    public enum Shape: String, Codable, CaseIterable, Sendable {
        /// All nodes of a level ask the same.
        case symmetric
        /// Each asks its own, and the leaf whose cut gains most is divided next.
        case leafByLeaf
    }

    /// What the square of a leaf's gradients is divided by.
    public enum Gain: String, Codable, CaseIterable, Sendable {
        /// Its Hessians, so that many rows that are sure already count little (Chen and Guestrin, "XGBoost", KDD 2016).
        case secondOrder
        /// Its rows (Friedman, 2001): better where few sharp rules decide.
        case firstOrder
    }

    /// In a table of very many columns so many may cut a level.
    static let mostColumns = 256.0

    /// The share of so many columns that may cut a level.
    func columnShare(of columns: Int) -> Double {
        min(columnShare, Self.mostColumns / Double(max(1, columns)))
    }
}
