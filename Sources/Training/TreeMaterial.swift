import Features
import Tabular
import Trees

/// Training rows as trees read them, who learn from all or from some of them.
///
/// Only columns with many levels make a difference: their rates are taken from the rows that are learned from, and each
/// of these gets the rate of the others among them.
struct TreeMaterial {
    private let columns: [TreeColumn]
    private let rows: NetworkRecipe.Rows
    /// Places of columns whose levels count by their rates.
    private let rated: [Int]
    /// What is fitted without the truth.
    private let bins: [ColumnBins]

    /// Fits bins.
    ///
    /// - Parameters:
    ///   - columns: The trees' columns.
    ///   - rows: The same rows.
    ///   - rated: Places of columns whose levels count by their rates.
    init(_ columns: [TreeColumn], _ rows: NetworkRecipe.Rows, rated: [Int]) {
        self.columns = columns
        self.rows = rows
        self.rated = rated
        bins = columns.map { ColumnBins($0, mostBorders: Self.mostBorders) }
        plain = rated.isEmpty ? BinnedRows(columns, bins, count: rows.labels.count) : nil
    }

    /// The same whoever learns, where no column has many levels.
    private let plain: BinnedRows?

    private static let mostBorders = TreeSettings().borders

    /// For trees that learn from all rows: the bins that other rows get, too.
    func all() -> (bins: [ColumnBins], rows: BinnedRows) {
        if let plain { return (bins, plain) }
        return binned(learning: Array(rows.labels.indices))
    }

    /// For trees that learn from some rows, ascending, and are judged by the others.
    func learning(from learning: [Int]) -> BinnedRows { plain ?? binned(learning: learning).rows }

    private func binned(learning: [Int]) -> (bins: [ColumnBins], rows: BinnedRows) {
        var (shown, fitted, own) = (columns, bins, bins)
        for place in rated {
            guard case .codes(let codes, let levels) = columns[place] else { continue }
            let taught = learning.map { codes[$0] }
            let labels = learning.map { rows.labels[$0] }
            let weights = rows.weights.map { weights in learning.map { weights[$0] } }
            let rates = LevelOdds(taught, levels: levels, labels: labels, weights: weights)
            let heldOut = rates.heldOut(taught, labels: labels, weights: weights)
            var values = codes.map { rates.values[Int($0 - LevelCode.unlisted)] }
            for (number, row) in learning.enumerated() { values[row] = heldOut[number] }
            shown[place] = .numbers(values)
            own[place] = ColumnBins(.numbers(heldOut), mostBorders: Self.mostBorders)
            fitted[place] = ColumnBins(ranking: rates.values, by: own[place])
        }
        return (fitted, BinnedRows(shown, own, count: rows.labels.count))
    }
}
