extension RankedScores {
    /// The area under the ROC curve that is expected of scores that are calibrated probabilities.
    ///
    /// With P = Σ pᵢ expected leavers and N = Σ (1 − pᵢ) stayers it is the trapezoidal area under the
    /// curve of the expected counts,
    ///
    ///     A = Σ pᵢ bᵢ / (P N),   bᵢ = Σ (1 − pⱼ) over rows below i, those of the same score by half
    ///
    /// A row meets itself in it, by half; that and the ratio of expectations move it from the expected
    /// area by O(1/n). The variances are those of its linear terms (the delta method, as DeLong, DeLong
    /// and Clarke-Pearson, Biometrics 44, 1988, have it for known labels): with aᵢ = Σ pⱼ over rows
    /// above i, a row adds uᵢ = (bᵢ/N − A) / P as a leaver and vᵢ = (aᵢ/P − A) / N as a stayer, so
    ///
    ///     Σ pᵢ (1 − pᵢ) (uᵢ − vᵢ)²        from unseen labels
    ///     Σ (pᵢ uᵢ + (1 − pᵢ) vᵢ)²        from the sampling of customers
    ///
    /// - Returns: nil for one row, or where not more than rounding is expected of a class.
    /// - Complexity: O(number of distinct scores).
    func expectedROCAUC() -> ExpectedValue? {
        var leavers = 0.0
        var stayers = 0.0
        for place in scores.indices {
            leavers += rows(at: place) * scores[place]
            stayers += rows(at: place) * (1 - scores[place])
        }
        guard rows > 1, min(leavers, stayers) > .ulpOfOne else { return nil }
        // Shares of leavers above and of stayers below each score, equals by half.
        var above: [Double] = []
        var below: [Double] = []
        var area = 0.0
        var passed = (leavers: 0.0, stayers: 0.0)
        for place in scores.indices {
            let here = (
                leavers: rows(at: place) * scores[place],
                stayers: rows(at: place) * (1 - scores[place])
            )
            above.append((passed.leavers + here.leavers / 2) / leavers)
            below.append(1 - (passed.stayers + here.stayers / 2) / stayers)
            area += here.leavers / leavers * below[place]
            passed.leavers += here.leavers
            passed.stayers += here.stayers
        }
        var labelVariance = 0.0
        var samplingVariance = 0.0
        for place in scores.indices {
            let influence = RowValue(
                leaver: (below[place] - area) / leavers,
                stayer: (above[place] - area) / stayers
            )
            let expected = influence.expected(scores[place])
            labelVariance += rows(at: place) * influence.variance(scores[place])
            samplingVariance += rows(at: place) * (expected * expected)
        }
        return ExpectedValue(
            value: min(max(area, 0), 1),
            labelVariance: labelVariance,
            samplingVariance: samplingVariance * Double(rows) / Double(rows - 1),
            limits: 0 ... 1
        )
    }
}
