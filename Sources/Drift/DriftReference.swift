private import Kernels
public import Schema
public import Tabular

/// The distribution that later rows are compared with, of every feature and of the predicted
/// probability, and what differences chance alone makes in it.
///
/// It travels in the model folder, so that no one needs the training data to watch for drift.
///
/// ```swift
/// let reference = DriftReference(trainingRows, schema: schema, scores: [])
/// var profile = DriftProfile(schema.acceptingDrift)
/// profile.add(otherRows, scores: [])
/// let verdict = try DriftVerdict(reference: reference, current: profile)
/// print(verdict.hasDrifted, verdict.drifted.map(\.name))
/// ```
public struct DriftReference: Codable, Equatable, Sendable {
    /// Number of rows.
    public let rowCount: Int
    /// One for each feature, in the order of the schema.
    public let columns: [ReferenceColumn]
    /// Predicted probabilities; nil where no model was asked.
    public let scores: ReferenceColumn?

    /// How many values of a number travel in a model folder: 14 columns are under 300 kB, and a rank is
    /// off by a thousandth at most.
    public static let pointsInFolder = 512

    /// The name under which scores are reported.
    public static let scoreName = "score"

    /// Makes a profile the reference.
    ///
    /// - Parameters:
    ///   - profile: Of the rows to compare with.
    ///   - points: To how many values a number is thinned at most; nil keeps what the profile keeps.
    ///   - threads: Columns asked at once; the result does not depend on it.
    /// - Complexity: O(columns · (*n* log *n* + 2,000 · `pointsInFolder`)).
    public init(_ profile: DriftProfile, points: Int? = nil, threads: Int = 1) {
        rowCount = profile.rowCount
        columns = concurrentMap(profile.columns.count, threads: threads) { place in
            ReferenceColumn(profile.columns[place], points: points, stream: place)
        }
        scores = profile.scores.sample.map { sample in
            ReferenceColumn(
                name: Self.scoreName,
                sample: sample,
                missing: 0,
                areWhole: false,
                points: points,
                stream: profile.columns.count
            )
        }
    }

    /// What travels in a model folder.
    ///
    /// - Parameters:
    ///   - table: The training rows, decoded by the schema.
    ///   - schema: Which columns are features.
    ///   - scores: Predicted probabilities of customers whom the model has not learned from, if there
    ///     are any: of the others it is too sure.
    ///   - threads: Columns asked at once; the result does not depend on it.
    public init(_ table: Table, schema: Schema, scores: [Float], threads: Int = 1) {
        var profile = DriftProfile(schema)
        profile.add(table, scores: scores)
        self.init(profile, points: Self.pointsInFolder, threads: threads)
    }
}

/// The reference of one column.
public struct ReferenceColumn: Equatable, Sendable {
    /// Name in the header.
    public let name: String
    /// How the rows are spread.
    public let spread: Spread
    /// The effects that chance alone makes.
    public let chance: Chance

    /// Rows by value.
    public enum Spread: Equatable, Sendable {
        /// Of numbers, nil where no row has one; how many rows have none, and whether all are whole.
        case numbers(OrderedSample?, missing: Int, areWhole: Bool)
        /// Of levels and booleans, in the order of the schema.
        case levels([String], LevelCounts)
    }

    /// What 999 of 1,000 random splits of the reference into halves stay under.
    public struct Chance: Codable, Equatable, Sendable {
        /// The Kolmogorov-Smirnov distance of numbers, the total-variation distance of levels.
        public var distribution: Double
        /// The difference of the rates of empty fields.
        public var missing: Double
        /// The difference of the rates of unlisted levels; 0 for numbers.
        public var unseen: Double
    }

    /// Rows with a value.
    public var filled: Int { rowCount - missing }

    /// All rows.
    public var rowCount: Int {
        switch spread {
        case .numbers(let sample, let missing, _): (sample?.rowCount ?? 0) + missing
        case .levels(_, let counts): counts.rows
        }
    }

    /// Rows without a value.
    public var missing: Int {
        switch spread {
        case .numbers(_, let missing, _): missing
        case .levels(_, let counts): counts.missing
        }
    }

    /// Whether it has numbers, and all are whole.
    public var isWhole: Bool {
        guard case .numbers(.some, _, let areWhole) = spread else { return false }
        return areWhole
    }

    /// The numbers; nil for levels and where no row has one.
    public var sample: OrderedSample? {
        guard case .numbers(let sample, _, _) = spread else { return nil }
        return sample
    }

    init(name: String, spread: Spread, chance: Chance) {
        self.name = name
        self.spread = spread
        self.chance = chance
    }

    fileprivate init(_ column: ColumnProfile, points: Int?, stream: Int) {
        switch column.spread {
        case .numbers(let sketch, let missing, let areWhole):
            self.init(
                name: column.name,
                sample: sketch.sample,
                missing: missing,
                areWhole: areWhole,
                points: points,
                stream: stream
            )
        case .levels(let names, let counts):
            var effect = ChanceEffect(stream: stream)
            self.init(
                name: column.name,
                spread: .levels(names, counts),
                chance: Chance(
                    distribution: effect.levels(counts.levels),
                    missing: effect.rate(counts.missing, of: counts.rows),
                    unseen: effect.rate(counts.unseen, of: counts.rows - counts.missing)
                )
            )
        }
    }

    fileprivate init(
        name: String,
        sample: OrderedSample?,
        missing: Int,
        areWhole: Bool,
        points: Int?,
        stream: Int
    ) {
        var effect = ChanceEffect(stream: stream)
        let thinned = sample?.thinned(to: DriftReference.pointsInFolder)
        let kept = points.flatMap { sample?.thinned(to: $0) } ?? sample
        self.init(
            name: name,
            spread: .numbers(kept, missing: missing, areWhole: areWhole),
            chance: Chance(
                distribution: thinned.map { effect.numbers($0) } ?? 1,
                missing: effect.rate(missing, of: missing + (sample?.rowCount ?? 0)),
                unseen: 0
            )
        )
    }
}

extension ChanceEffect {
    /// The difference of a rate in both halves; 0 where it is 0 or 1.
    fileprivate mutating func rate(_ hits: Int, of rows: Int) -> Double {
        hits == 0 || hits == rows ? 0 : levels([hits, rows - hits])
    }
}
