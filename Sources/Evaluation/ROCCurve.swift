/// Area under the ROC curve: the probability that a random positive scores above a random negative,
/// ties counting one half (Mann–Whitney U over the product of the class sizes).
///
/// - Parameters:
///   - labels: Truth per row; true is the positive class. Shape [n].
///   - scores: Any finite scores, higher meaning more likely positive. Shape [n].
/// - Returns: The area in 0...1, or NaN where a class is empty.
/// - Complexity: O(*n* log *n*).
public func rocAUC(labels: [Bool], scores: [Double]) -> Double {
    precondition(labels.count == scores.count, "labels and scores differ in length")
    let order = scores.indices.sorted { scores[$0] < scores[$1] }
    var positives = 0
    var doubledWins = 0
    var negativesBelow = 0
    var start = 0
    while start < order.count {
        var end = start
        var positivesHere = 0
        while end < order.count, scores[order[end]] == scores[order[start]] {
            if labels[order[end]] { positivesHere += 1 }
            end += 1
        }
        let negativesHere = end - start - positivesHere
        doubledWins += positivesHere * (2 * negativesBelow + negativesHere)
        negativesBelow += negativesHere
        positives += positivesHere
        start = end
    }
    guard positives > 0, negativesBelow > 0 else { return .nan }
    return Double(doubledWins) / 2 / (Double(positives) * Double(negativesBelow))
}
