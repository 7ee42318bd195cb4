/// Spearman's rank correlation: whether two lists of numbers put the same rows in the same order.
///
/// Equal numbers share the mean of their ranks.
///
/// - Parameters:
///   - one: Shape [n].
///   - other: Shape [n].
/// - Returns: From -1 (reversed) to 1 (the same order); nil where either list holds one number only, or
///   nothing.
/// - Precondition: As many numbers in both, none NaN.
/// - Complexity: O(*n* log *n*).
public func rankCorrelation(_ one: [Double], _ other: [Double]) -> Double? {
    precondition(one.count == other.count, "lists of \(one.count) and \(other.count) numbers")
    guard !one.isEmpty else { return nil }
    let ranks = (doubledRanks(one), doubledRanks(other))
    // Twice the mean rank, a whole number; sums of products of whole numbers are exact for long.
    let middle = Double(one.count + 1)
    var (covariance, variance, otherVariance) = (0.0, 0.0, 0.0)
    for row in one.indices {
        let (x, y) = (Double(ranks.0[row]) - middle, Double(ranks.1[row]) - middle)
        covariance += x * y
        variance += x * x
        otherVariance += y * y
    }
    guard variance > 0, otherVariance > 0 else { return nil }
    return covariance / (variance * otherVariance).squareRoot()
}

/// Twice each number's rank from 1, which is whole also where ranks are shared.
private func doubledRanks(_ values: [Double]) -> [Int] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Int](repeating: 0, count: values.count)
    var first = 0
    while first < order.count {
        var last = first
        while last + 1 < order.count, values[order[last + 1]] == values[order[first]] { last += 1 }
        for place in first ... last { ranks[order[place]] = first + last + 2 }
        first = last + 1
    }
    return ranks
}
