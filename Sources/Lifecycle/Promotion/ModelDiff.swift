import Charts
public import ChurnModel
private import Evaluation
import Output
import Reports
private import Schema
import Tabular
public import Training

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
    public internal(set) var entering: [Customer]
    /// Who is on the first model's list only, by its rank.
    public internal(set) var leaving: [Customer]

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
        /// Why the score moved; nil where a model could not read the row.
        public internal(set) var move: Move?
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
        try tellMoves(first, second, on: file)
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
        var scores: [Float?] = []
        for decoded in try file.decoded(schema, needsTarget: false) {
            var own = [Float?](repeating: nil, count: decoded.rowCount)
            for (row, score) in zip(decoded.acceptedRows, try predict(decoded.table)) {
                own[row] = score
            }
            scores += own
        }
        return scores
    }
}

extension ModelDiff {
    /// The tables for a terminal.
    ///
    /// - Parameters:
    ///   - first: What the first model is called.
    ///   - second: What the second model is called.
    /// - Returns: The text, ended by a line break.
    public func text(first: String, second: String) -> String {
        let count = NumberFormat.grouped(0)
        var text =
            "Top \(count.text(top)) of \(count.text(rows)) customers: "
            + "\(count.text(top - entering.count)) stay"
            + (overlap.map { " (\(NumberFormat.percent(1).text($0)))" } ?? "")
            + ", \(count.text(entering.count)) enter and as many leave when \(second) takes the place"
            + " of \(first).\n"
            + "Rank correlation over all customers: \(NumberFormat.fixed(4).text(rankCorrelation)).\n"
        for (name, unread) in [(first, unreadByFirst), (second, unreadBySecond)] where unread > 0 {
            text +=
                "\(count.text(unread)) customers break the schema of \(name) and have no score by"
                + " it; `retain check --unlabelled` tells why.\n"
        }
        if !entering.isEmpty { text += "\nEnter:\n" + table(entering) }
        if !leaving.isEmpty { text += "\nLeave:\n" + table(leaving) }
        return String(text.map { $0 == "\u{A0}" ? " " : $0 })
    }

    private func table(_ customers: [Customer]) -> String {
        TextTable(
            columns: [("Row", .right)] + identifiers.map { ($0, .left) }
                + [
                    ("Probability before", .right), ("Rank", .right),
                    ("Probability after", .right), ("Rank", .right), ("Moved by", .left),
                ],
            rows: customers.map { customer in
                ["\(customer.row)"] + customer.identifiers
                    + [customer.first, customer.second].flatMap { score in
                        [
                            score.map { NumberFormat.fixed(4).text(Double($0.probability)) }
                                ?? "none",
                            score.map { "\($0.rank)" } ?? "none",
                        ]
                    } + [customer.move?.sentence ?? ""]
            }
        ).text
    }

    /// The customers as CSV: `change` (enters, leaves), `row`, the identifiers, and probability and rank
    /// under both models, empty where there is none.
    public var csv: [UInt8] {
        var bytes: [UInt8] = []
        func line(_ fields: [String]) {
            for (place, field) in fields.enumerated() {
                if place > 0 { bytes.append(UInt8(ascii: ",")) }
                bytes.appendCSVField(field)
            }
            bytes.append(UInt8(ascii: "\n"))
        }
        line(
            ["change", "row"] + identifiers
                + ["probability_before", "rank_before", "probability_after", "rank_after"]
        )
        for (change, customers) in [("enters", entering), ("leaves", leaving)] {
            for customer in customers {
                line(
                    [change, "\(customer.row)"] + customer.identifiers
                        + [customer.first, customer.second].flatMap { score in
                            [
                                score.map { "\($0.probability)" } ?? "",
                                score.map { "\($0.rank)" } ?? "",
                            ]
                        }
                )
            }
        }
        return bytes
    }
}
