/// Whether who leaves depends on the numbers of a column.
///
/// By the rank test of Mann and Whitney, and for what neither rises nor falls by the rates of ten groups of equal size
/// (Pearson's chi-squared test): so strict that of a thousand columns which tell nothing hardly one passes.
struct TargetAssociation {
    /// Area under the ROC curve of the better direction, 0.5...1.
    let auc: Double
    private let positives: Double
    private let negatives: Double
    private let groups: Double

    private static let groupCount = 10
    /// Exceeded by chance in 1 of 2,000 columns, either way.
    private static let leastDeviations = 3.5
    /// Chi-squared of nine degrees of freedom: exceeded by chance in 1 of 2,000 columns.
    private static let leastChiSquared = 29.7

    /// Looks at rows.
    ///
    /// - Parameters:
    ///   - values: Numbers.
    ///   - labels: Whether each left.
    /// - Complexity: O(*n* log *n*).
    init(_ values: [Double], labels: [Bool]) {
        let ordered = OrderedGroups(scores: values, labels: labels)
        let area = ordered.auc
        auc = area.isNaN ? 0.5 : max(area, 1 - area)
        positives = Double(labels.count { $0 })
        negatives = Double(labels.count) - positives
        groups = Self.chiSquared(ordered, rows: labels.count, positives: positives)
    }

    /// Whether it does by more than chance.
    var isSignificant: Bool {
        guard positives > 0, negatives > 0 else { return false }
        let variance = (positives + negatives + 1) / (12 * positives * negatives)
        let deviations = (auc - 0.5) / variance.squareRoot()
        return deviations >= Self.leastDeviations || groups >= Self.leastChiSquared
    }

    private static func chiSquared(_ ordered: OrderedGroups, rows: Int, positives: Double) -> Double
    {
        let rate = positives / Double(rows)
        // Too few of a class in a group for the test to be what it says.
        guard min(rate, 1 - rate) * Double(rows) >= 5 * Double(groupCount) else { return 0 }
        var sum = 0.0
        var group = (rows: 0, positives: 0)
        var done = 0
        for counts in ordered.counts {
            group.rows += counts.positives + counts.negatives
            group.positives += counts.positives
            guard (done + group.rows) * groupCount >= rows * (done * groupCount / rows + 1) else {
                continue
            }
            let expected = rate * Double(group.rows)
            let difference = Double(group.positives) - expected
            sum += difference * difference / (expected * (1 - rate))
            done += group.rows
            group = (0, 0)
        }
        return sum
    }
}
