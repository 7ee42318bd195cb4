/// The values of a column that can't stand beside the others, such as the greatest double or 1e200 for "no limit".
///
/// Beside a value 2²⁴ times as large, those of a column are one and the same for a network that computes in single
/// precision, and squares of values above 1e154 are infinite. Where such values are far from all others they are set
/// apart: they count as the nearest of the others, and as being beyond.
public struct NumberExtremes: Equatable, Sendable {
    /// The least and the greatest of the other values; all others count as the nearer of the two.
    public let ordinary: ClosedRange<Double>
    /// A value from which on a number is beyond all others; nil where none was.
    public let above: Double?
    /// A value below which a number is beneath all others; nil where none was.
    public let below: Double?
    /// Number of values set apart.
    public let count: Int

    /// Squares and sums of squares of these are finite.
    private static let greatest = 1e100
    /// What single precision tells apart.
    private static let resolution = 0x1p24
    /// Values that a distribution of a long tail reaches lie closer to one another.
    private static let gap = 0x1p10

    /// Looks for values to be set apart; nil where there are none, which is the rule.
    ///
    /// - Parameter values: Finite numbers.
    /// - Complexity: O(*n*), and O(*n* log *n*) where the largest is far from what is usual.
    public init?(_ values: [Double]) {
        let most = values.reduce(0) { max($0, abs($1)) }
        guard most > 0, let limit = Self.limit(values, most: most) else { return nil }
        var (least, greatest) = (Double.infinity, -Double.infinity)
        var (above, below): (Double?, Double?) = (nil, nil)
        var count = 0
        for value in values {
            if abs(value) < limit {
                least = min(least, value)
                greatest = max(greatest, value)
            } else if value > 0 {
                above = min(above ?? value, value)
                count += 1
            } else {
                below = max(below ?? value, value)
                count += 1
            }
        }
        // Where all are beyond, the sign is what is left.
        ordinary = least <= greatest ? least ... greatest : -Self.greatest ... Self.greatest
        self.above = above.map { $0 / 2 }
        self.below = below.map { $0 / 2 }
        self.count = count
    }

    /// The least magnitude that is set apart; nil where none is.
    private static func limit(_ values: [Double], most: Double) -> Double? {
        // A denormal number, and any near it, is a zero that was not rounded.
        let magnitudes = values.lazy.map(abs).filter { $0 > 1 / greatest && $0 <= greatest }
            .sorted()
        let absolute = most > greatest ? values.lazy.map(abs).filter { $0 > greatest }.min() : nil
        guard let last = magnitudes.last else { return absolute }
        let usual = magnitudes[magnitudes.count / 2]
        guard last / usual > resolution else { return absolute }
        let first = magnitudes.indices.dropFirst(magnitudes.count / 2 + 1).first { place in
            magnitudes[place] / usual > resolution
                && magnitudes[place] / magnitudes[place - 1] >= gap
        }
        return first.map { magnitudes[$0] } ?? absolute
    }

    /// The number, or the nearest that is not set apart.
    public func held(_ value: Double) -> Double {
        min(max(value, ordinary.lowerBound), ordinary.upperBound)
    }
}
