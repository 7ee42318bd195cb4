/// A category column by which to look at the results: one code per row into the level names.
public struct SliceColumn: Sendable, Equatable {
    /// The column's name.
    public var name: String
    /// The names of the levels.
    public var levels: [String]
    /// Per row, the level's index in `levels`, or a negative number where the value is missing or
    /// is none of them.
    public var codes: [Int32]

    /// Creates a column.
    public init(name: String, levels: [String], codes: [Int32]) {
        self.name = name
        self.levels = levels
        self.codes = codes
    }
}

/// How the model does on the rows of one level of one column.
public struct SliceResult: Codable, Sendable, Equatable {
    /// The column's name.
    public var column: String
    /// The level's name; nil for the rows where the value is missing or unseen.
    public var level: String?
    /// Rows of this level.
    public var rows: Int
    /// Positive rows of this level.
    public var positives: Int
    /// Fewer than 100 rows, or fewer than 10 of either class: read its metrics with care.
    public var isSmall: Bool
    /// The headline metrics on these rows.
    public var metrics: [Metric]

    /// Creates a result.
    public init(
        column: String,
        level: String?,
        rows: Int,
        positives: Int,
        isSmall: Bool,
        metrics: [Metric]
    ) {
        self.column = column
        self.level = level
        self.rows = rows
        self.positives = positives
        self.isSmall = isSmall
        self.metrics = metrics
    }
}

extension SliceColumn {
    /// The metrics per level that has rows, in the order of `levels`; missing values come last.
    ///
    /// Intervals come from at most 200 replicates, and are left out above 100,000 rows, where they
    /// are narrow and would take long.
    func results(
        labels: [Bool],
        probabilities: [Double],
        threshold: Double,
        replicates: Int,
        seed: UInt64
    ) throws(EvaluationError) -> [SliceResult] {
        var results: [SliceResult] = []
        for (level, rows) in try rowsByLevel(expected: labels.count) {
            let ranked = RankedScores(
                labels: rows.map { labels[$0] },
                scores: rows.map { probabilities[$0] }
            )
            results.append(
                SliceResult(
                    column: name,
                    level: level,
                    rows: ranked.rows,
                    positives: ranked.positives,
                    isSmall: SliceResult.isSmall(
                        positives: ranked.positives,
                        negatives: ranked.negatives
                    ),
                    metrics: ranked.headlineMetrics(
                        threshold: threshold,
                        replicates: rows.count > 100_000 ? 0 : min(replicates, 200),
                        seed: seed
                    )
                )
            )
        }
        return results
    }

    /// The rows of each level that has some, in the order of `levels`; missing values come last.
    func rowsByLevel(
        expected: Int
    ) throws(EvaluationError) -> [(level: String?, rows: [Int])] {
        guard codes.count == expected else {
            throw .sliceLength(column: name, rows: codes.count, expected: expected)
        }
        var rowsOfLevel = [[Int]](repeating: [], count: levels.count + 1)
        for row in codes.indices {
            let code = Int(codes[row])
            guard code < levels.count else {
                throw .sliceCode(column: name, row: row, code: codes[row], levels: levels.count)
            }
            rowsOfLevel[code < 0 ? levels.count : code].append(row)
        }
        return rowsOfLevel.enumerated().filter { !$0.element.isEmpty }.map { place, rows in
            (place < levels.count ? levels[place] : nil, rows)
        }
    }
}

extension SliceResult {
    /// Whether so few rows hardly tell anything.
    static func isSmall(positives: Int, negatives: Int) -> Bool {
        positives + negatives < 100 || min(positives, negatives) < 10
    }
}
