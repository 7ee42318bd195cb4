private import Kernels

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
