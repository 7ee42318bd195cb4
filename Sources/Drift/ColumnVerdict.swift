/// Whether one column drifts, and by which test.
public struct ColumnVerdict: Equatable, Sendable, Encodable {
    /// Name in the header.
    public let name: String
    /// Whether one of the tests alarms.
    public let hasDrifted: Bool
    /// The tests that could be made, the distribution's first.
    public let tests: [DriftTest]
    /// For information: what other statistics say.
    public let distances: DriftDistances
    /// Mean of the reference and of the current rows; nil for levels.
    public let means: Means?

    /// Two means in the column's unit.
    public struct Means: Equatable, Sendable, Encodable {
        /// Of the reference.
        public let reference: Double
        /// Of the current rows.
        public let current: Double
    }

    /// The test whose effect is furthest above its threshold; nil where no test could be made.
    public var worst: DriftTest? { tests.max { $0.severity < $1.severity } }

    /// What columns are ordered by: alarms first, then how far the effect is above its threshold.
    var severity: Double {
        (worst?.severity ?? 0) + (hasDrifted ? 1_000_000 : 0)
    }

    init(_ comparison: ColumnComparison, adjusted: [Double], rate: Double, floor: Double) {
        name = comparison.name
        tests = zip(comparison.tests, adjusted).map {
            DriftTest($0, adjusted: $1, rate: rate, floor: floor)
        }
        hasDrifted = tests.contains(where: \.hasDrifted)
        distances = comparison.distances
        means = comparison.means.map { Means(reference: $0, current: $1) }
    }
}

/// One test of a column.
public struct DriftTest: Equatable, Sendable, Encodable {
    /// What is compared.
    public enum Kind: String, Sendable, Encodable, CaseIterable {
        /// Values: Kolmogorov-Smirnov for numbers, chi-squared for levels.
        case distribution
        /// The rate of empty fields.
        case missing
        /// The rate of levels that the schema does not list.
        case unseen
    }

    /// What is compared.
    public let kind: Kind
    /// The share of customers by which both differ, from 0 to 1: the widest gap between distribution
    /// functions, the total-variation distance of levels, or the difference of rates; less what an
    /// inexact sketch may have added.
    public let effect: Double
    /// What the effect must exceed.
    public let threshold: Double
    /// The chance of at least such a difference where nothing has changed.
    public let pValue: Double
    /// The p-value corrected for all tests.
    public let adjustedPValue: Double
    /// Whether the test alarms.
    public let hasDrifted: Bool
    /// For rates: the reference's.
    public let referenceRate: Double?
    /// For rates: the current rows'.
    public let currentRate: Double?

    /// The effect in thresholds.
    var severity: Double { effect / threshold }

    init(_ test: ColumnComparison.Test, adjusted: Double, rate: Double, floor: Double) {
        kind = test.kind
        effect = test.effect
        // Above 0, so that no effect is no severity.
        threshold = max(floor, test.chanceEffect, .leastNormalMagnitude)
        pValue = test.pValue
        adjustedPValue = adjusted
        hasDrifted = adjusted <= rate && effect > threshold
        referenceRate = test.rates?.reference
        currentRate = test.rates?.current
    }
}

/// What other statistics say of a column; nil where it can't be computed.
public struct DriftDistances: Equatable, Sendable, Encodable {
    /// The population stability index, over deciles of the reference or over levels.
    public internal(set) var stabilityIndex: Double?
    /// The Jensen-Shannon distance, over the same.
    public internal(set) var jensenShannon: Double?
    /// The Wasserstein distance in the column's unit; nil for levels.
    public internal(set) var wasserstein: Double?
}
