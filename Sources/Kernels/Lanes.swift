/// Eight float32 lanes: one AVX2 register, two NEON registers.
///
/// A lane is a row of data everywhere in Retain, so that a row's result does not depend on its
/// neighbours: alone, in a batch or in a million, it goes through the same operations in the same order.
public typealias Lanes = SIMD8<Float>

extension Lanes {
    /// The sum of the lanes in one fixed order: halves are added until one number is left.
    @inline(__always)
    public var orderedSum: Float {
        let four = lowHalf + highHalf
        let two = four.lowHalf + four.highHalf
        return two.x + two.y
    }
}

/// The ordered sums of four vectors.
@inline(__always)
package func orderedSums(_ a: Lanes, _ b: Lanes, _ c: Lanes, _ d: Lanes) -> SIMD4<Float> {
    let (a, b) = (a.lowHalf + a.highHalf, b.lowHalf + b.highHalf)
    let (c, d) = (c.lowHalf + c.highHalf, d.lowHalf + d.highHalf)
    let ab =
        SIMD4(lowHalf: a.lowHalf, highHalf: b.lowHalf)
        + SIMD4(lowHalf: a.highHalf, highHalf: b.highHalf)
    let cd =
        SIMD4(lowHalf: c.lowHalf, highHalf: d.lowHalf)
        + SIMD4(lowHalf: c.highHalf, highHalf: d.highHalf)
    return SIMD4(lowHalf: ab.evenHalf, highHalf: cd.evenHalf)
        + SIMD4(lowHalf: ab.oddHalf, highHalf: cd.oddHalf)
}

/// How many lanes a buffer of `count` rows holds: the next multiple of 8.
public func laneCount(rows count: Int) -> Int { (count + 7) & ~7 }

extension UnsafePointer<Float> {
    @inline(__always)
    func lanes(_ offset: Int) -> Lanes {
        unsafe UnsafeRawPointer(self + offset).loadUnaligned(as: Lanes.self)
    }
}

extension UnsafeMutablePointer<Float> {
    @inline(__always)
    func lanes(_ offset: Int) -> Lanes {
        unsafe UnsafeRawPointer(self + offset).loadUnaligned(as: Lanes.self)
    }

    @inline(__always)
    func store(_ value: Lanes, _ offset: Int) {
        unsafe UnsafeMutableRawPointer(self + offset).storeBytes(of: value, as: Lanes.self)
    }

    @inline(__always)
    func store(_ value: SIMD4<Float>, _ offset: Int) {
        unsafe UnsafeMutableRawPointer(self + offset).storeBytes(of: value, as: SIMD4<Float>.self)
    }
}
