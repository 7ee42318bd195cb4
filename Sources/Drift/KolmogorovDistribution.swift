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

extension KolmogorovDistribution {
    /// The chance of a statistic of at most `distance`, from the first four terms of its expansion in
    /// 1 / √n: Pelz and Good, "Approximating the lower tail-areas of the Kolmogorov-Smirnov one-sample
    /// statistic", Journal of the Royal Statistical Society B 38, 1976.
    ///
    /// - Complexity: O(1).
    func pelzGood(_ distance: Double) -> Double {
        let n = Double(rows)
        let z = n.squareRoot() * distance
        let z2 = z * z
        let (z4, z6) = (z2 * z2, z2 * z2 * z2)
        let pi2 = 9.869604401089358
        let (pi4, pi6) = (pi2 * pi2, pi2 * pi2 * pi2)
        let logQ = -pi2 / 8 / z2
        guard logQ >= -708 else { return 0 }
        var (k0, k1, k2, k3) = (0.0, 0.0, 0.0, 0.0)
        var (more2, more3) = (0.0, 0.0)
        // The smallest terms first.
        for k in stride(from: Int((16 * z / 3.141592653589793).rounded(.up)), to: 0, by: -1) {
            let odd = Double(2 * k - 1)
            let m2 = odd * odd
            let (m4, m6) = (m2 * m2, m2 * m2 * m2)
            let power = Elementary.exp(logQ * m2)
            k0 += power
            k1 += power * (pi2 / 4 * m2 - z2)
            k2 +=
                power
                * (6 * z6 + 2 * z4 + (2 * z4 - 5 * z2) * pi2 / 4 * m2
                    + pi4 * (1 - 2 * z2) / 16 * m4)
            k3 +=
                power
                * (-30 * z6 - 90 * z4 * z4 + pi2 * (135 * z4 - 96 * z6) / 4 * m2
                    + pi4 * (212 * z4 - 60 * z2) / 16 * m4 + pi6 * (5 - 30 * z2) / 64 * m6)
            let k2nd = Double(k) * Double(k)
            let evenPower = Elementary.exp(4 * logQ * k2nd)
            more2 += k2nd * evenPower
            more3 += (3 * z2 - pi2 * k2nd) * k2nd * evenPower
        }
        let root = 2.5066282746310002
        let z3 = z * z2
        let terms = (
            k0 * root / z,
            k1 * root / (6 * z4),
            k2 * root / (72 * z3 * z4) - more2 * pi2 * root / (36 * z3),
            k3 * root / (6_480 * z4 * z6) + more3 * pi2 * root / (216 * z6)
        )
        return terms.0 + terms.1 / n.squareRoot() + terms.2 / n + terms.3 / (n * n.squareRoot())
    }
}
