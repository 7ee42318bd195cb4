import Output
import Tabular

/// What gives the target away in a column of dates although their values may not: who has a date, and who has one
/// that nobody could know yet.
///
/// The day of leaving is written down for those who left; it lies among all others, so that no order of values need
/// betray it, and only a part of the leavers may have it.
struct DateLeak {
    private let name: String
    private let mayBeAhead: Bool
    private let ages: [Double]
    private let labels: [Bool]

    /// Nil for columns of another kind.
    init?(_ meaning: ColumnSchema?, _ column: Column, labels: [Bool]) {
        guard let meaning, case .date(_, let mayBeAhead) = meaning.type,
            case .number(let ages) = column
        else { return nil }
        name = meaning.name
        self.mayBeAhead = mayBeAhead
        self.ages = ages
        self.labels = labels
    }

    /// What was found; nil where the column tells no more than it may.
    var finding: LeakFinding? { ahead ?? presence }

    /// Dates after the reference date, where they must not be: more than a few typing mistakes.
    private var ahead: LeakFinding? {
        let filled = ages.count { !$0.isNaN }
        let late = ages.count { $0 < 0 }
        guard !mayBeAhead, late > 0, late * 100 > filled else { return nil }
        return finding(
            "\(countText(late)) of \(countText(filled)) dates lie after the reference date, when nobody could know "
                + "them; future: allowed takes dates that are planned"
        )
    }

    /// Whoever has a date left, or whoever has none.
    private var presence: LeakFinding? {
        for (isFilled, words) in [(true, "have a date"), (false, "have no date")] {
            let rows = ages.indices.filter { ages[$0].isNaN != isFilled }
            let left = rows.count { labels[$0] }
            guard rows.count < ages.count, left * 100 >= rows.count * 99, isNoChance(rows.count)
            else { continue }
            return finding(
                "of \(countText(rows.count)) customers who \(words), \(countText(left)) left"
            )
        }
        return nil
    }

    /// Whether so many customers, drawn at random, would hardly ever all have left.
    private func isNoChance(_ count: Int) -> Bool {
        let share = Double(labels.count { $0 }) / Double(labels.count)
        var chance = 1.0
        for _ in 0 ..< min(count, 1000) { chance *= share }
        return count >= 5 && chance < 1e-6
    }

    private func finding(_ sign: String) -> LeakFinding {
        let isFilled = ages.map { !$0.isNaN }
        let groups = OrderedGroups(scores: isFilled.map { $0 ? 1 : 0 }, labels: labels)
        return LeakFinding(
            column: name,
            auc: max(groups.auc, 1 - groups.auc),
            disagreement: Double(groups.cutErrors) / Double(max(1, labels.count)),
            sign: sign
        )
    }
}
