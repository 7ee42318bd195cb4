private import Kernels
public import Schema
import Tabular

/// The log-odds of leaving of each level of a column that has many, shrunk towards those of all customers.
///
/// An indicator for each of a thousand levels is more than a model can learn from a few rows each. Here a level counts by
/// the rate at which its customers left, of which as much is believed as the rows of all levels show that levels differ:
/// the posterior mean of a beta-binomial model, whose intraclass correlation is estimated by analysis of variance
/// (Ridout, Demétrio and Firth, "Estimating intraclass correlation for binary data", Biometrics 55, 1999). Where levels
/// differ by no more than chance, all have the same value, and the column tells nothing.
///
/// An empty field and a level that is not listed are levels like others: the rare ones count together.
public struct LevelOdds: Equatable, Sendable {
    /// Log-odds by code, from `LevelCode.unlisted` on.
    public let values: [Double]

    /// Columns with more levels than this are encoded by rates.
    static let mostIndicators = 100
    /// Each training row's rate is taken from nine tenths of the rows, of which it is none.
    private static let folds = 10
    /// The variation between levels counts from so many standard errors on.
    private static let leastDeviations = 2.0

    /// Rows by level.
    private struct Counts {
        var rows: [Double]
        var positives: [Double]

        init(levels: Int) {
            rows = Array(repeating: 0, count: levels)
            positives = rows
        }

        mutating func add(_ level: Int, _ weight: Double, isPositive: Bool) {
            rows[level] += weight
            if isPositive { positives[level] += weight }
        }
    }

    private let counts: Counts
    private let prior: Prior

    /// What is believed of a level without rows, and how firmly.
    private struct Prior: Equatable {
        /// Share of customers who left.
        let rate: Double
        /// So many rows the rate counts; nil where levels don't differ.
        let strength: Double?

        func logOdds(rows: Double, positives: Double) -> Double {
            guard rate > 0, rate < 1 else { return 0 }
            guard let strength else { return Elementary.log(rate / (1 - rate)) }
            let yes = positives + strength * rate
            let no = rows - positives + strength * (1 - rate)
            return Elementary.log(yes / no)
        }
    }

    /// Takes rates from training rows.
    ///
    /// - Parameters:
    ///   - codes: Level of each row.
    ///   - levels: Number of levels listed.
    ///   - labels: Whether each row's customer left.
    ///   - weights: How much each row counts; nil where all count the same.
    /// - Complexity: O(rows + levels).
    public init(_ codes: [Int32], levels: Int, labels: [Bool], weights: [Float]? = nil) {
        var counts = Counts(levels: levels - Int(LevelCode.unlisted))
        for row in codes.indices {
            counts.add(
                Int(codes[row] - LevelCode.unlisted),
                Double(weights?[row] ?? 1),
                isPositive: labels[row]
            )
        }
        let prior = Self.prior(counts)
        self.counts = counts
        self.prior = prior
        values = counts.rows.indices.map {
            prior.logOdds(rows: counts.rows[$0], positives: counts.positives[$0])
        }
    }

    /// Whether both say the same of each level.
    public static func == (one: LevelOdds, other: LevelOdds) -> Bool { one.values == other.values }

    /// The values of the rows that rates were taken from, each by the rows of other folds, so that a row does not see its
    /// own truth.
    ///
    /// The folds hold as large a share of either class, and depend on the rows alone.
    ///
    /// - Parameters: As of `init`.
    /// - Returns: Shape [rows].
    /// - Complexity: O(rows + folds · levels).
    public func heldOut(_ codes: [Int32], labels: [Bool], weights: [Float]? = nil) -> [Double] {
        let levels = values.count
        var folds: [Int] = []
        folds.reserveCapacity(codes.count)
        var seen = [0, 0]
        for label in labels {
            let number = seen[label ? 1 : 0]
            seen[label ? 1 : 0] += 1
            // Multiples of the golden ratio: folds even in size that follow no pattern of the file.
            let spread = UInt64(number) &* 0x9E37_79B9_7F4A_7C15
            folds.append(Int(((spread >> 32) * UInt64(Self.folds)) >> 32))
        }
        var parts = Array(repeating: Counts(levels: levels), count: Self.folds)
        for row in codes.indices {
            parts[folds[row]].add(
                Int(codes[row] - LevelCode.unlisted),
                Double(weights?[row] ?? 1),
                isPositive: labels[row]
            )
        }
        let rates = parts.map { part in
            (0 ..< levels).map { level in
                prior.logOdds(
                    rows: max(0, counts.rows[level] - part.rows[level]),
                    positives: max(0, counts.positives[level] - part.positives[level])
                )
            }
        }
        return codes.indices.map { rates[folds[$0]][Int(codes[$0] - LevelCode.unlisted)] }
    }

    private static func prior(_ counts: Counts) -> Prior {
        var (rows, positives, squares, levels) = (0.0, 0.0, 0.0, 0.0)
        for level in counts.rows.indices where counts.rows[level] > 0 {
            rows += counts.rows[level]
            positives += counts.positives[level]
            squares += counts.rows[level] * counts.rows[level]
            levels += 1
        }
        let rate = rows > 0 ? positives / rows : 0
        guard levels > 1, rate > 0, rate < 1 else { return Prior(rate: rate, strength: nil) }
        var between = 0.0
        for level in counts.rows.indices where counts.rows[level] > 0 {
            let difference = counts.positives[level] - rate * counts.rows[level]
            between += difference * difference / counts.rows[level]
        }
        // Chi-squared of as many degrees of freedom where levels don't differ.
        let freedom = levels - 1
        let excess = between / (rate * (1 - rate)) - freedom
        guard excess >= leastDeviations * (2 * freedom).squareRoot() else {
            return Prior(rate: rate, strength: nil)
        }
        let correlation = excess / max(1, rows - squares / rows - freedom)
        let bounded = min(0.9, correlation)
        return Prior(rate: rate, strength: (1 - bounded) / bounded)
    }
}

extension Coding {
    /// The levels of a column that has so many that each counts by its rate; nil for others.
    public var ratedLevels: Int? {
        guard case .level(let levels) = self, levels.count > LevelOdds.mostIndicators else {
            return nil
        }
        return levels.count
    }
}
