/// Rows counted by score: how many of each class share each score, scores ascending.
package struct OrderedGroups {
    private(set) var counts: [(positives: Int, negatives: Int)] = []

    /// Groups rows by equal score.
    ///
    /// - Complexity: O(*n* log *n*).
    package init(scores: [Double], labels: [Bool]) {
        var last: Double?
        for row in scores.indices.sorted(by: { scores[$0] < scores[$1] }) {
            if scores[row] != last { counts.append((0, 0)) }
            last = scores[row]
            counts[counts.count - 1].positives += labels[row] ? 1 : 0
            counts[counts.count - 1].negatives += labels[row] ? 0 : 1
        }
    }

    /// Groups levels by equal score; each level has its counts.
    init(levels: [(score: Double, positives: Int, negatives: Int)]) {
        var last: Double?
        for level in levels.sorted(by: { $0.score < $1.score }) {
            if level.score != last { counts.append((0, 0)) }
            last = level.score
            counts[counts.count - 1].positives += level.positives
            counts[counts.count - 1].negatives += level.negatives
        }
    }

    /// Area under the ROC curve, ties counting one half; NaN where a class is empty.
    package var auc: Double {
        var doubledWins = 0
        var positives = 0
        var negatives = 0
        for group in counts {
            doubledWins += group.positives * (2 * negatives + group.negatives)
            positives += group.positives
            negatives += group.negatives
        }
        guard positives > 0, negatives > 0 else { return .nan }
        return Double(doubledWins) / 2 / (Double(positives) * Double(negatives))
    }

    /// The fewest rows that a single cut through the scores puts on the wrong side.
    var cutErrors: Int {
        // Errors where everything from the cut on counts as positive; the cut moves upwards.
        var errors = counts.reduce(0) { $0 + $1.negatives }
        let total = counts.reduce(errors) { $0 + $1.positives }
        var fewest = min(errors, total - errors)
        for group in counts {
            errors += group.positives - group.negatives
            fewest = min(fewest, errors, total - errors)
        }
        return fewest
    }
}
