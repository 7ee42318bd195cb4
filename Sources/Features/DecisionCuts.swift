/// Where a decision tree on one number cuts it to tell the classes apart.
///
/// The tree is CART's (Breiman, Friedman, Olshen and Stone, 1984) with Gini impurity, grown best-first:
/// the cuts are scikit-learn's `DecisionTreeClassifier(max_leaf_nodes:min_samples_leaf:min_impurity_decrease:)`.
package struct DecisionCuts: Equatable {
    /// Ascending; a row goes left of a cut where its value is at most the cut.
    package let thresholds: [Double]

    /// Grows the tree.
    ///
    /// - Parameters:
    ///   - values: Finite numbers, shape [n].
    ///   - labels: Class of each, shape [n].
    ///   - leaves: The most leaves.
    ///   - leafRows: The fewest rows in each.
    ///   - decrease: Least decrease of impurity by a cut, weighted by the share of rows that it cuts.
    /// - Complexity: O(*n* log *n*).
    package init(
        _ values: [Double],
        labels: [Bool],
        leaves: Int = 16,
        leafRows: Int = 8,
        decrease: Double
    ) {
        let tree = Groups(values, labels: labels)
        var open = [tree.cut(0 ..< tree.values.count, leafRows: leafRows)].compactMap(\.self)
        var thresholds: [Double] = []
        while thresholds.count + 1 < leaves,
            let best = open.indices.max(by: { open[$0].gain < open[$1].gain })
        {
            let cut = open.remove(at: best)
            guard cut.gain >= decrease else { break }
            thresholds.append((tree.values[cut.place - 1] + tree.values[cut.place]) / 2)
            for part in [cut.range.lowerBound ..< cut.place, cut.place ..< cut.range.upperBound] {
                if let next = tree.cut(part, leafRows: leafRows) { open.append(next) }
            }
        }
        self.thresholds = thresholds.sorted()
    }

    /// The least decrease for a number of rows: 3·10⁻⁴, and more below 7,000 rows, where the best of many cuts
    /// through noise gains as much.
    package static func leastDecrease(rows: Int) -> Double { max(3e-4, 2.1 / Double(max(1, rows))) }

    private struct Cut {
        /// The first group right of the cut.
        let place: Int
        /// The groups that are cut.
        let range: Range<Int>
        let gain: Double
    }

    /// Rows of equal values, ascending, with running counts.
    private struct Groups {
        var values: [Double] = []
        /// Rows and positives of all groups before each, and in all.
        var rows = [0]
        var positives = [0]

        init(_ values: [Double], labels: [Bool]) {
            let order = values.indices.sorted { values[$0] < values[$1] }
            for place in order {
                if self.values.last != values[place] {
                    self.values.append(values[place])
                    rows.append(rows[rows.count - 1])
                    positives.append(positives[positives.count - 1])
                }
                rows[rows.count - 1] += 1
                positives[positives.count - 1] += labels[place] ? 1 : 0
            }
        }

        /// The best cut of some groups, the first of equals; nil where none is allowed.
        func cut(_ range: Range<Int>, leafRows: Int) -> Cut? {
            let all = impurity(range)
            var best: (place: Int, gain: Double)?
            for place in range.dropFirst() {
                guard rows[place] - rows[range.lowerBound] >= leafRows,
                    rows[range.upperBound] - rows[place] >= leafRows
                else { continue }
                let parts =
                    impurity(range.lowerBound ..< place) + impurity(place ..< range.upperBound)
                if all - parts > best?.gain ?? 0 { best = (place, all - parts) }
            }
            return best.map {
                Cut(place: $0.place, range: range, gain: $0.gain / Double(rows[rows.count - 1]))
            }
        }

        /// Gini impurity 2p(1 - p) times rows.
        private func impurity(_ range: Range<Int>) -> Double {
            let count = Double(rows[range.upperBound] - rows[range.lowerBound])
            let positive = Double(positives[range.upperBound] - positives[range.lowerBound])
            return 2 * positive * (count - positive) / count
        }
    }
}
