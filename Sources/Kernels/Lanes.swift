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
}
