/// P-values corrected for being many, so that among the columns called drifted the expected share of
/// false ones stays under a rate.
///
/// Benjamini and Hochberg, "Controlling the false discovery rate", Journal of the Royal Statistical
/// Society B 57, 1995; holds for independent and for positively dependent tests.
public struct BenjaminiHochberg: Equatable, Sendable {
    /// The corrected p-values, in the order in which the p-values were given.
    public let adjusted: [Double]

    /// Corrects p-values, shape [tests]; may be empty.
    ///
    /// - Throws: Where one is not a number from 0 to 1.
    /// - Complexity: O(*n* log *n*).
    public init(_ pValues: [Double]) throws(DriftError) {
        for (place, value) in pValues.enumerated() {
            guard value >= 0, value <= 1 else { throw .badPValue(place: place, value: value) }
        }
        // Equal p-values get one result, whichever comes first.
        let falling = pValues.indices.sorted { pValues[$0] > pValues[$1] }
        var adjusted = pValues
        var least = 1.0
        for (place, test) in falling.enumerated() {
            let rank = Double(pValues.count - place)
            least = min(least, pValues[test] * Double(pValues.count) / rank)
            adjusted[test] = least
        }
        self.adjusted = adjusted
    }

    /// Which tests are significant while the false discovery rate stays at `rate`, in their order.
    public func discoveries(rate: Double) -> [Bool] { adjusted.map { $0 <= rate } }
}
