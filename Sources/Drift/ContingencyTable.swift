/// The counts of two samples by level, and what they would be if both came from one distribution.
struct ContingencyTable {
    /// Levels that occur in neither sample are left out.
    private(set) var reference: [Double] = []
    /// Shape as `reference`.
    private(set) var current: [Double] = []
    /// All rows.
    let total: Double
    private let referenceTotal: Double

    /// Pairs counts.
    ///
    /// - Throws: Where the counts differ in number, one is negative, or a sample has no rows.
    init(_ reference: [Int], _ current: [Int]) throws(DriftError) {
        guard reference.count == current.count else {
            throw .lengthsDiffer(reference: reference.count, current: current.count)
        }
        let rows = (
            try Self.rows(reference, role: .reference),
            try Self.rows(current, role: .current)
        )
        referenceTotal = Double(rows.0)
        total = Double(rows.0 + rows.1)
        for level in reference.indices where reference[level] + current[level] > 0 {
            self.reference.append(Double(reference[level]))
            self.current.append(Double(current[level]))
        }
    }

    private static func rows(_ counts: [Int], role: SampleRole) throws(DriftError) -> Int {
        var sum = 0
        for (place, count) in counts.enumerated() {
            guard count >= 0 else { throw .negativeCount(role, place: place, count: count) }
            sum += count
        }
        guard sum > 0 else { throw .emptySample(role) }
        return sum
    }

    /// Levels that occur, less one.
    var degreesOfFreedom: Int { reference.count - 1 }

    /// Each level's share of the reference.
    var referenceShares: [Double] { reference.map { $0 / referenceTotal } }

    /// Each level's share of the current sample.
    var currentShares: [Double] { current.map { $0 / (total - referenceTotal) } }

    /// The sum of a term of each observed and expected count; reference and current by level.
    func sum(_ term: (_ observed: Double, _ expected: Double) -> Double) -> Double {
        var sum = 0.0
        for level in reference.indices {
            let both = reference[level] + current[level]
            sum += term(reference[level], referenceTotal * both / total)
            sum += term(current[level], (total - referenceTotal) * both / total)
        }
        return sum
    }
}
