import Drift

/// A stream of whole numbers whose ranks are known without sorting.
enum Stream: CaseIterable, Sendable {
    case rising, falling, scrambled, zeroInflated, sawtooth

    /// Rows from `range` of a stream of `count`.
    ///
    /// - Precondition: 7,368,787, a prime, does not divide `count`.
    func rows(_ range: Range<Int>, of count: Int) -> [Double] {
        range.map { row in
            let place =
                switch self {
                case .rising: row
                case .falling: count - 1 - row
                case .scrambled, .zeroInflated: row * 7_368_787 % count
                // Up and down again, every second value each way.
                case .sawtooth: 2 * row < count ? 2 * row : 2 * (count - 1 - row) + 1
                }
            return Double(max(0, place - zeros(count)))
        }
    }

    /// How many rows of a stream are at or below a whole number from 0 on.
    func rank(_ value: Double, of count: Int) -> Int { min(count, zeros(count) + Int(value) + 1) }

    /// How many rows beyond the first are zero.
    func zeros(_ count: Int) -> Int { self == .zeroInflated ? count * 36 / 100 : 0 }
}

extension OrderedSample {
    /// Every row, in rising order.
    var rows: [Double] {
        zip(distinct, counts).flatMap { [Double](repeating: $0, count: $1) }
    }

    /// The largest error of a rank against a stream, at every value and just before it.
    func largestError(_ stream: Stream, of count: Int) -> Int {
        var largest = 0
        var before = 0
        for (value, rank) in zip(distinct, ranks) {
            largest = max(largest, abs(rank - stream.rank(value, of: count)))
            if value > 0 { largest = max(largest, abs(before - stream.rank(value - 1, of: count))) }
            before = rank
        }
        return largest
    }
}
