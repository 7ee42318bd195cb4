private import Tabular

/// The categories in which one column of traffic is counted: the missing first, then bins of the reference's
/// quantiles or its levels, the unseen last.
public struct ColumnCategories: Equatable, Sendable {
    /// The column, and what the reference holds of it.
    public let column: SequentialDrift.Column
    private let bins: QuantileBins?

    /// The least share of rows that must lie elsewhere for drift; about the least that 3,000 rows can tell from
    /// chance in ten bins.
    public static let leastEffect = 0.05

    /// Cuts a column; nil where the reference has no value to compare with.
    ///
    /// - Parameter reference: The distribution that traffic is compared with.
    /// - Complexity: O(bins · log *n*).
    public init?(_ reference: ReferenceColumn) {
        let middle: [Int]
        let unseen: Int
        switch reference.spread {
        case .numbers(let sample, _, _):
            guard let sample, let bins = try? QuantileBins(sample) else { return nil }
            self.bins = bins
            middle = bins.counts(of: sample)
            unseen = 0
        case .levels(_, let counts):
            bins = nil
            middle = counts.listed
            unseen = counts.unseen
        }
        let counts = [reference.missing] + middle + [unseen]
        guard counts.contains(where: { $0 > 0 }) else { return nil }
        column = SequentialDrift.Column(
            name: reference.name,
            reference: counts,
            leastEffect: max(Self.leastEffect, reference.chance.distribution)
        )
    }

    /// The category of a coded value.
    ///
    /// - Parameter value: As `Coding` has it.
    /// - Returns: Its place in `column.reference`.
    /// - Complexity: O(log bins).
    public func place(of value: Double) -> Int {
        let last = column.reference.count - 1
        guard !value.isNaN else { return 0 }
        if let bins { return 1 + bins.place(of: value) }
        guard value >= 0, value < Double(last - 1) else {
            return value == Double(LevelCode.null) ? 0 : last
        }
        return 1 + Int(value)
    }
}
