/// What lies at or above a threshold.
package struct Cut: Equatable {
    package var threshold: Double
    package var truePositives: Int
    package var falsePositives: Int
}

extension RankedScores {
    /// A cut at each distinct score, the highest first; at most `limit`, the last always among them.
    ///
    /// Where there are more, those are kept that stand at even steps along the ROC curve (the sum of
    /// both rates), so that steep and flat parts are drawn equally well.
    package func cuts(limit: Int = .max) -> [Cut] {
        var cuts: [Cut] = []
        var cut = Cut(threshold: .infinity, truePositives: 0, falsePositives: 0)
        var nextStep = 1.0
        for place in scores.indices {
            cut.threshold = scores[place]
            cut.truePositives += positives(at: place)
            cut.falsePositives += negatives(at: place)
            if scores.count > limit {
                let length =
                    share(cut.truePositives, of: positives)
                    + share(cut.falsePositives, of: negatives)
                let whole = share(positives, of: positives) + share(negatives, of: negatives)
                let steps = length / whole * Double(limit)
                let isLast = place == scores.count - 1
                guard steps >= nextStep && cuts.count < limit - 1 || isLast else { continue }
                nextStep = Double(Int(steps) + 1)
            }
            cuts.append(cut)
        }
        return cuts
    }

    private func share(_ part: Int, of whole: Int) -> Double {
        whole > 0 ? Double(part) / Double(whole) : 0
    }
}
