/// How features become a network's inputs.
public enum FeatureEncoding: String, Codable, CaseIterable, Sendable {
    /// As pandas' `get_dummies(drop_first=True)` and scikit-learn's `StandardScaler`: the inputs of the `seed` model.
    case dummies
    /// Numbers as z-scores within ±4; few-valued whole numbers and levels as one indicator each, with
    /// deviations of at least 0.15, so that a rare level is not blown up.
    case scores
    /// As `scores`, but a number climbs a ramp between the cuts of a decision tree on the target:
    /// Gorishniy, Rubachev and Babenko, "On embeddings for numerical features in tabular deep learning",
    /// NeurIPS 2022 (piecewise-linear encoding).
    case pieces
}

/// What kind of number a column holds, found from training rows.
package enum NumberKind: Equatable {
    /// Any number.
    case continuous
    /// Mostly any number, but zero stands out: it means "none" rather than a small amount.
    case zeroInflated
    /// One of a few whole numbers, ascending.
    case few([Double])

    /// Whole numbers of at most this many different values are encoded as levels.
    static let mostValues = 10

    /// Finds the kind.
    ///
    /// Zero stands out where at least 5 % of the rows have it and it is five times as frequent as the next
    /// frequent number.
    ///
    /// - Parameter sorted: The training values that are not null, ascending.
    /// - Complexity: O(*n*).
    package init(sorted: [Double]) {
        var distinct: [Double] = []
        var zeros = 0
        var most = 0
        var start = 0
        for place in sorted.indices
        where place + 1 == sorted.count || sorted[place + 1] != sorted[place] {
            let count = place + 1 - start
            if sorted[place] == 0 { zeros = count } else { most = max(most, count) }
            if distinct.count <= Self.mostValues { distinct.append(sorted[place]) }
            start = place + 1
        }
        if distinct.count <= Self.mostValues, distinct.allSatisfy({ $0 == $0.rounded() }) {
            self = .few(distinct)
        } else if zeros * 20 >= sorted.count, zeros >= 5 * most {
            self = .zeroInflated
        } else {
            self = .continuous
        }
    }
}
