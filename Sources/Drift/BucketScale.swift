/// Puts numbers into numbered buckets, never a larger number into a lower one.
protocol BucketScale: Sendable {
    /// The bucket of a number, infinite ones included.
    func place(_ value: Double) -> Int
}

extension BucketScale {
    /// How many numbers share the bucket of their unequal predecessor: how crowded buckets are.
    func crowding(_ sorted: [Double]) -> Int {
        var crowded = 0
        for place in sorted.indices.dropFirst() where sorted[place] != sorted[place - 1] {
            if self.place(sorted[place]) == self.place(sorted[place - 1]) { crowded += 1 }
        }
        return crowded
    }
}

/// Buckets of one width between two numbers; the first and the last are open.
struct EvenScale: BucketScale {
    private let low: Double
    private let scale: Double
    private let last: Double

    /// Returns nil where the width of the whole or of a bucket is no usable number.
    init?(from low: Double, to high: Double, count: Int) {
        self.low = low
        scale = Double(count - 3) / (high - low)
        last = Double(count - 1)
        guard scale.isFinite, scale > 0 else { return nil }
    }

    /// Each step keeps the order of numbers, rounding included.
    ///
    /// Above 2⁵² the lowest bits of a double are its units: cheaper than a checked conversion.
    func place(_ value: Double) -> Int {
        let scaled = (value - low) * scale + 1
        let raised = scaled < 0 ? 0 : scaled
        let inside = raised > last ? last : raised
        return Int(truncatingIfNeeded: (inside + 0x1p52).bitPattern & 0xffff_ffff)
    }
}

/// Buckets whose width grows with the numbers, for skewed ones above 0: the leading bits of exponent and
/// significand.
struct GrowingScale: BucketScale {
    private let low: Int
    private let shift: Int
    private let last: Int

    /// Returns nil where a number is not above 0.
    init?(from low: Double, to high: Double, count: Int) {
        guard low > 0, high > low, high < .infinity else { return nil }
        self.low = Int(low.bitPattern)
        let width = Int(high.bitPattern - low.bitPattern)
        var shift = 0
        while width >> shift > count - 3 { shift += 1 }
        self.shift = shift
        last = count - 1
    }

    func place(_ value: Double) -> Int {
        // The bit pattern of a negative number is a negative integer.
        let bits = max(Int(truncatingIfNeeded: value.bitPattern), low - 1)
        return min((bits - low) >> shift + 1, last)
    }
}
