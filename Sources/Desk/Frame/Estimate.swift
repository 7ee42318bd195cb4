public import Texts

/// A value with the interval that it lies in with 95 %.
public struct Estimate: Sendable, Equatable {
    /// The best guess.
    public var value: Double
    /// The interval's lower end.
    public var low: Double
    /// The interval's upper end.
    public var high: Double

    /// Creates an estimate.
    public init(
        value: Double,
        low: Double,
        high: Double
    ) {
        self.value = value
        self.low = low
        self.high = high
    }

    /// `1,240 (between 950 and 1,510)`.
    public func told(_ language: Language, decimals: Int = 0) -> String {
        let (value, low, high) = (
            language.number(value, decimals: decimals), language.number(low, decimals: decimals),
            language.number(high, decimals: decimals)
        )
        return language(
            "\(value) (between \(low) and \(high))",
            "\(value) (entre \(low) e \(high))"
        )
    }
}
