/// How well the target's rate per level tells the target, on rows that the rate was not taken from.
///
/// Rates and rows come from opposite halves of the file. Rates from the same rows would make a leak of
/// every column with many levels; leaving one row out at a time would, too, since the rate without a
/// row is lower exactly where the row is positive.
struct LevelRates {
    /// Area under the ROC curve of the rates, both halves together.
    private(set) var auc = Double.nan
    /// Rows where the level's majority is not the row's class.
    private(set) var errors = 0

    /// Takes rates from each half and judges the other.
    ///
    /// - Parameters:
    ///   - codes: Level of each row, below `levelCount`. Shape [n].
    ///   - levelCount: Number of levels.
    ///   - labels: Truth per row. Shape [n].
    /// - Complexity: O(*n* + *k* log *k*) for *k* levels.
    init(codes: [Int], levelCount: Int, labels: [Bool]) {
        var positives = [
            [Int](repeating: 0, count: levelCount), [Int](repeating: 0, count: levelCount),
        ]
        var negatives = positives
        for (row, code) in codes.enumerated() {
            // Multiples of the golden ratio: halves even in size that follow no pattern of the file.
            let half = Int((UInt64(row) &* 0x9E37_79B9_7F4A_7C15) >> 63)
            positives[half][code] += labels[row] ? 1 : 0
            negatives[half][code] += labels[row] ? 0 : 1
        }
        var weightedArea = 0.0
        var pairs = 0.0
        for half in 0 ... 1 {
            let taught = 1 - half
            let allPositives = positives[taught].reduce(0, +)
            let all = allPositives + negatives[taught].reduce(0, +)
            guard all > 0 else { continue }
            let prior = Double(allPositives) / Double(all)
            let levels = (0 ..< levelCount).map { code in
                let seen = Double(positives[taught][code] + negatives[taught][code])
                let rate = (Double(positives[taught][code]) + prior) / (seen + 1)
                return (
                    score: rate, positives: positives[half][code], negatives: negatives[half][code]
                )
            }
            errors += levels.reduce(0) { $0 + ($1.score > 0.5 ? $1.negatives : $1.positives) }
            let area = OrderedGroups(levels: levels).auc
            let pairCount =
                Double(positives[half].reduce(0, +)) * Double(negatives[half].reduce(0, +))
            guard pairCount > 0 else { continue }
            weightedArea += area * pairCount
            pairs += pairCount
        }
        if pairs > 0 { auc = weightedArea / pairs }
    }
}
