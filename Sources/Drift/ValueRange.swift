/// The smallest and the largest value of a sample.
package struct ValueRange {
    private(set) var low = Double.infinity
    private(set) var high = -Double.infinity

    /// Finds the ends of a sample that a caller gave.
    package init(_ values: [Double], role: SampleRole) throws(DriftError) {
        guard !values.isEmpty else { throw .emptySample(role) }
        guard extend(by: values) else {
            throw .notANumber(role, row: values.firstIndex(where: \.isNaN) ?? 0)
        }
    }

    /// Finds the ends of two samples of numbers.
    init(_ one: [Double], _ other: [Double]) {
        _ = extend(by: one)
        _ = extend(by: other)
    }

    /// The range that holds both.
    package func union(_ other: ValueRange) -> ValueRange {
        var both = self
        both.low = min(low, other.low)
        both.high = max(high, other.high)
        return both
    }

    /// Returns whether all values are numbers.
    private mutating func extend(by values: [Double]) -> Bool {
        var least = SIMD8<Double>(repeating: low)
        var most = SIMD8<Double>(repeating: high)
        var numbers = SIMDMask<SIMD8<Int64>>(repeating: true)
        let whole = values.count & ~7
        for row in stride(from: 0, to: whole, by: 8) {
            let lanes = SIMD8(
                values[row],
                values[row + 1],
                values[row + 2],
                values[row + 3],
                values[row + 4],
                values[row + 5],
                values[row + 6],
                values[row + 7]
            )
            least.replace(with: lanes, where: lanes .< least)
            most.replace(with: lanes, where: lanes .> most)
            numbers .&= lanes .== lanes
        }
        var allNumbers = true
        for lane in 0 ..< 8 {
            low = min(low, least[lane])
            high = max(high, most[lane])
            allNumbers = allNumbers && numbers[lane]
        }
        for row in whole ..< values.count {
            let value = values[row]
            if value < low { low = value }
            if value > high { high = value }
            allNumbers = allNumbers && value == value
        }
        return allNumbers
    }
}
