private import Kernels

/// The distribution of the two-sided one-sample Kolmogorov-Smirnov statistic of n rows, which the
/// two-sample one nears.
///
/// The choice of methods is that of Simard and L'Ecuyer, "Computing the two-sided Kolmogorov-Smirnov
/// distribution", Journal of Statistical Software 39, 2011, as SciPy's `kstwo` has it.
package struct KolmogorovDistribution {
    /// At least 1.
    package let rows: Int

    /// The distribution for `rows` rows.
    package init(rows: Int) { self.rows = rows }

    /// The chance of a statistic above `distance`.
    ///
    /// - Complexity: O(√*n*) or less in most cases, O(*n* log *n*) at worst.
    package func chance(above distance: Double) -> Double {
        guard distance < 1 else { return 0 }
        let n = Double(rows)
        let scaled = n * distance
        guard scaled > 0.5 else { return 1 }
        let square = scaled * distance
        if scaled <= 1 { return 1 - chanceOfFewSteps(2 * scaled - 1) }
        if scaled >= n - 1 { return 2 * Elementary.exp(n * Elementary.log(1 - distance)) }
        guard square < 370 else { return 0 }
        // Both sides cannot be far off at once, so the chances of either add up.
        if distance >= 0.5 || square > (rows <= 140 ? 4 : 2.2) {
            return min(1, 2 * oneSidedChance(above: distance))
        }
        if rows <= 140 || rows <= 100_000 && scaled * distance.squareRoot() <= 1.4 {
            return min(1, max(0, 1 - DurbinMatrix(rows: rows, distance: distance).chance()))
        }
        return min(1, max(0, 1 - pelzGood(distance)))
    }

    /// n! / nⁿ · xⁿ: Ruben and Gambino's chance of staying within 1 / n.
    private func chanceOfFewSteps(_ x: Double) -> Double {
        let n = Double(rows)
        let scale = Elementary.stirlingError(n) + 0.5 * Elementary.log(6.283185307179586 * n) - n
        return Elementary.exp(scale + n * Elementary.log(x))
    }

    /// The chance of a one-sided statistic of at least `distance`: Smirnov's sum over the place j at which
    /// the last value too far off lies, with binomial densities as Loader computes them.
    ///
    /// As a function of j the terms rise and fall smoothly, all derivatives vanishing at both ends; so
    /// beyond 8,192 rows some 4,000 evenly spaced ones give the sum to the last digit.
    ///
    /// - Precondition: n · distance² < 370.
    package func oneSidedChance(above distance: Double) -> Double {
        oneSidedChance(above: distance, step: rows > 8_192 ? rows / 4_096 : 1)
    }

    /// The same from every `step`th term.
    package func oneSidedChance(above distance: Double, step: Int) -> Double {
        var sum = 0.0
        for j in stride(from: 0, to: rows, by: step) {
            guard Double(j) + Double(rows) * distance < Double(rows) else { break }
            sum += smirnovTerm(j, distance)
        }
        return min(1, sum * Double(step))
    }

    private func smirnovTerm(_ j: Int, _ distance: Double) -> Double {
        let n = Double(rows)
        let shift = n * distance
        guard j > 0 else {
            return Elementary.exp(-Elementary.deviance(n, mean: n - shift) - shift)
        }
        let below = Double(j)
        let above = n - below
        let exponent =
            Elementary.stirlingError(n) - Elementary.stirlingError(below)
            - Elementary.stirlingError(above)
            - Elementary.deviance(below, mean: below + shift)
            - Elementary.deviance(above, mean: above - shift)
        let scale = (n / (6.283185307179586 * below * above)).squareRoot()
        return shift / (below + shift) * scale * Elementary.exp(exponent)
    }
}
