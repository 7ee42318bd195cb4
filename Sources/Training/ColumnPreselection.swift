import ChurnModel
import Kernels
import Schema
import Trees

/// Of very many columns those that tell most by themselves.
///
/// They are all that networks are asked about, so that the time grows with the columns and not with their square; trees
/// read the others, too. "Sure independence screening": Fan and Lv, Journal of the Royal Statistical Society B 70, 2008.
/// Columns are judged by the rows that are given alone: whoever holds rows out asks again without them, since among
/// thousands of columns some tell the truth of their rows by chance.
struct ColumnPreselection: Sendable {
    /// Networks are asked about so many columns at most.
    static let most = 128
    /// Borders of a number; its order counts, not its distances.
    private static let borders = 31
    /// Neighbouring values count together where they have fewer rows, and rare levels.
    private static let fewestRows = 20

    private let columns: [BinnedColumn]
    private let labels: [Bool]
    private let isJudge: [Bool]

    /// A column's values as small whole numbers.
    private struct BinnedColumn: Sendable {
        let name: String
        let bins: ColumnBins
        let values: [UInt8]
    }

    /// Looks at rows; nil where there are not very many columns.
    ///
    /// - Parameters:
    ///   - rows: Those that may be asked.
    ///   - schema: What the columns mean.
    /// - Throws: `FeatureError`.
    /// - Complexity: O(columns · rows · log of rows).
    init?(_ rows: NetworkRecipe.Rows, schema: Schema) throws {
        let features = schema.features
        guard features.count > Self.most else { return nil }
        let parts = features.map { TreePart.Feature(name: $0.name, type: $0.type) }
        columns = zip(parts, try TreePart.columns(parts, of: rows.table)).map { feature, column in
            let bins = ColumnBins(column, mostBorders: Self.borders)
            return BinnedColumn(name: feature.name, bins: bins, values: bins.bins(of: column))
        }
        labels = rows.labels
        isJudge = rows.labels.indices.map(rows.isJudge)
    }

    /// The columns that tell most in some of the rows, in the order of the schema.
    ///
    /// - Complexity: O(columns · rows).
    func names(_ places: [Int]) -> [String] {
        let judges = places.filter { isJudge[$0] }
        let strengths = columns.map { strength($0, judges) }
        let order = strengths.indices.sorted { (strengths[$1], $0) < (strengths[$0], $1) }
        return order.prefix(Self.most).sorted().map { columns[$0].name }
    }

    /// How far from chance a column and the truth are, in standard deviations: by order, or value by value.
    private func strength(_ column: BinnedColumn, _ places: [Int]) -> Double {
        var counts = Array(repeating: ClassCounts(), count: column.bins.count + 1)
        for place in places { counts[Int(column.values[place])].take(labels[place]) }
        switch column.bins {
        case .levels, .ordered:
            var rest = ClassCounts()
            for level in counts where level.all < Self.fewestRows { rest.take(level) }
            return Self.deviations(counts.filter { $0.all >= Self.fewestRows } + [rest])
        case .borders(_, let hasEmpty):
            let filled = Array(counts.dropFirst(hasEmpty ? 1 : 0))
            let byValue = Self.deviations(
                (hasEmpty ? [counts[0]] : []) + Self.gathered(filled, least: places.count / 6)
            )
            return max(byValue, Self.deviationsOfRanks(filled))
        }
    }

    /// Neighbours together until each group has rows enough.
    private static func gathered(_ counts: [ClassCounts], least: Int) -> [ClassCounts] {
        var groups: [ClassCounts] = []
        for count in counts where count.all > 0 {
            if let last = groups.last, last.all < max(least, fewestRows) {
                groups[groups.count - 1].take(count)
            } else {
                groups.append(count)
            }
        }
        return groups
    }

    /// Pearson's test of independence: χ² as a normal deviate (Wilson and Hilferty, 1931).
    private static func deviations(_ groups: [ClassCounts]) -> Double {
        let groups = groups.filter { $0.all > 0 }
        let all = Double(groups.reduce(0) { $0 + $1.all })
        let positives = Double(groups.reduce(0) { $0 + $1.positives })
        guard groups.count > 1, positives > 0, positives < all else { return 0 }
        let share = positives / all
        let sum = groups.reduce(0) { sum, group in
            let difference = Double(group.positives) - share * Double(group.all)
            return sum + difference * difference / (Double(group.all) * share * (1 - share))
        }
        guard sum > 0 else { return 0 }
        let spread = 2 / (9 * Double(groups.count - 1))
        let root = Elementary.exp(Elementary.log(sum / Double(groups.count - 1)) / 3)
        return (root - (1 - spread)) / spread.squareRoot()
    }

    /// The test of Mann and Whitney (1947), with ties: the distance of the area under the ROC curve from one half.
    private static func deviationsOfRanks(_ counts: [ClassCounts]) -> Double {
        var wins = 0.0
        var positives = 0.0
        var negatives = 0.0
        var ties = 0.0
        for count in counts {
            let (own, other) = (Double(count.positives), Double(count.all - count.positives))
            wins += own * (negatives + other / 2)
            positives += own
            negatives += other
            let all = own + other
            ties += all * all * all - all
        }
        let all = positives + negatives
        guard positives > 0, negatives > 0, all > 1 else { return 0 }
        let variance = positives * negatives / 12 * (all + 1 - ties / (all * (all - 1)))
        guard variance > 0 else { return 0 }
        return abs(wins - positives * negatives / 2) / variance.squareRoot()
    }
}

/// How many rows, and how many of them are of the positive class.
private struct ClassCounts {
    var all = 0
    var positives = 0

    mutating func take(_ label: Bool) {
        all += 1
        positives += label ? 1 : 0
    }

    mutating func take(_ other: Self) {
        all += other.all
        positives += other.positives
    }
}
