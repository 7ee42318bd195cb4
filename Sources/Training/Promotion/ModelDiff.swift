public import ChurnModel
private import Evaluation
private import Schema
private import Tabular

/// Which customers enter and leave the top of the list when one model takes the place of another.
public struct ModelDiff: Codable, Equatable, Sendable {
    /// How many customers the list holds: as asked, or fewer where a model scored fewer.
    public let top: Int
    /// Rows of the file.
    public let rows: Int
    /// Rows that the first model could not read.
    public let unreadByFirst: Int
    /// Rows that the second model could not read.
    public let unreadBySecond: Int
    /// Share of the list that both models put on it; nil where it is empty.
    public let overlap: Double?
    /// Spearman's rank correlation over the rows that both scored; nil where there are fewer than two
    /// different scores.
    public let rankCorrelation: Double?
    /// Names of the columns that identify a customer.
    public let identifiers: [String]
    /// Who is on the second model's list only, by its rank.
    public let entering: [Customer]
    /// Who is on the first model's list only, by its rank.
    public let leaving: [Customer]

    /// A customer under both models.
    public struct Customer: Codable, Equatable, Sendable {
        /// Place in the file, from 1.
        public let row: Int
        /// In the order of `identifiers`.
        public let identifiers: [String]
        /// By the first model; nil where it could not read the row.
        public let first: Score?
        /// By the second model; nil where it could not read the row.
        public let second: Score?
    }

    /// What a model says of a customer.
    public struct Score: Codable, Equatable, Sendable {
        /// The probability of leaving.
        public let probability: Float
        /// From 1, the highest probability; of equals the earlier row comes first.
        public let rank: Int
    }

    /// Compares two models on a file, which needs no target.
    ///
    /// - Parameters:
    ///   - first: The model in use.
    ///   - second: The model that would take its place.
    ///   - file: Customers; each model reads it by its own schema.
    ///   - top: How many customers the list holds.
    /// - Throws: `ColumnMismatch`, `FeatureError`.
    /// - Complexity: O(rows · (parameters + log rows)).
    public init(
        _ first: ChurnModel,
        _ second: ChurnModel,
        on file: CustomerFile,
        top: Int
    ) throws {
        // What the second model calls identifiers, then what only the first does.
        let named = (second.schema.columns + first.schema.columns).filter { $0.role == .identifier }
        var names: [String] = []
        for column in named where !names.contains(column.name) && file.header.contains(column.name)
        {
            names.append(column.name)
        }
        let columns = names.compactMap { file.texts($0) }
        self.init(
            try first.scores(of: file),
            try second.scores(of: file),
            top: top,
            identifiers: names
        ) { row in columns.map { $0[row] } }
    }

    /// Compares two lists of scores, a row each; nil where a model could not read the row.
    package init(
        _ first: [Float?],
        _ second: [Float?],
        top: Int,
        identifiers: [String],
        names: (Int) -> [String]
    ) {
        precondition(first.count == second.count, "scores of different rows")
        let (one, other) = (Ranking(first), Ranking(second))
        self.top = max(0, min(top, min(one.order.count, other.order.count)))
        rows = first.count
        unreadByFirst = rows - one.order.count
        unreadBySecond = rows - other.order.count
        self.identifiers = identifiers
        func customer(_ row: Int) -> Customer {
            Customer(
                row: row + 1,
                identifiers: names(row),
                first: one.score(row),
                second: other.score(row)
            )
        }
        let limit = self.top
        func isListed(_ score: Score?) -> Bool { score.map { $0.rank <= limit } ?? false }
        entering = other.order.prefix(limit).filter { !isListed(one.score($0)) }.map(customer)
        leaving = one.order.prefix(limit).filter { !isListed(other.score($0)) }.map(customer)
        overlap = limit > 0 ? Double(limit - entering.count) / Double(limit) : nil
        let both = first.indices.compactMap { row -> (Double, Double)? in
            guard let one = first[row], let other = second[row] else { return nil }
            return (Double(one), Double(other))
        }
        rankCorrelation = Evaluation.rankCorrelation(both.map(\.0), both.map(\.1))
    }
}

/// Rows by falling score.
private struct Ranking {
    /// Scored rows, the highest first.
    let order: [Int]
    private let scores: [Float?]
    private let ranks: [Int]

    init(_ scores: [Float?]) {
        self.scores = scores
        order = scores.indices.filter { scores[$0] != nil }.sorted { one, other in
            let (left, right) = (scores[one] ?? 0, scores[other] ?? 0)
            return left != right ? left > right : one < other
        }
        var ranks = [Int](repeating: 0, count: scores.count)
        for (place, row) in order.enumerated() { ranks[row] = place + 1 }
        self.ranks = ranks
    }

    func score(_ row: Int) -> ModelDiff.Score? {
        scores[row].map { ModelDiff.Score(probability: $0, rank: ranks[row]) }
    }
}

extension ChurnModel {
    /// The probability of each row of a file; nil where the row breaks the schema.
    fileprivate func scores(of file: CustomerFile) throws -> [Float?] {
        let decoder = try file.decoder(schema, needsTarget: false)
        var scores: [Float?] = []
        for batch in file.batches {
            let decoded = decoder.decode(batch)
            var own = [Float?](repeating: nil, count: batch.rowCount)
            for (row, score) in zip(decoded.acceptedRows, try predict(decoded.table)) {
                own[row] = score
            }
            scores += own
        }
        return scores
    }
}
