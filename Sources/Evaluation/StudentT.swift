private import Kernels

/// Student's t distribution.
package struct StudentT {
    /// Above 0.
    package let degreesOfFreedom: Double

    package init(degreesOfFreedom: Double) {
        precondition(degreesOfFreedom > 0, "degrees of freedom: \(degreesOfFreedom)")
        self.degreesOfFreedom = degreesOfFreedom
    }

    /// The chance of a number at least as far from 0 as `t`.
    ///
    /// It is Iₓ(ν/2, ½) with x = ν / (ν + t²), of DLMF 8.17; near 0 its mirror image, which keeps the
    /// digits there.
    package func chance(atLeast t: Double) -> Double {
        let square = t * t
        guard square < .infinity else { return square.isNaN ? .nan : 0 }
        let half = degreesOfFreedom / 2
        let whole = degreesOfFreedom + square
        return square < degreesOfFreedom
            ? 1 - Elementary.regularizedIncompleteBeta(square / whole, a: 0.5, b: half)
            : Elementary.regularizedIncompleteBeta(degreesOfFreedom / whole, a: half, b: 0.5)
    }

    /// The distance from 0 that a number reaches with the given chance, by bisection.
    ///
    /// - Parameter chance: Above 0 and at most 1; 0.05 gives the ends of the middle 95 %.
    /// - Returns: The number at which `chance(atLeast:)` is `chance`.
    package func distance(withChance chance: Double) -> Double {
        precondition(chance > 0 && chance <= 1, "chance: \(chance)")
        var high = 1.0
        while self.chance(atLeast: high) > chance, high < 0x1p500 { high *= 2 }
        var low = 0.0
        while true {
            let middle = low + (high - low) / 2
            guard middle > low, middle < high else { return high }
            if self.chance(atLeast: middle) > chance { low = middle } else { high = middle }
        }
    }
}
