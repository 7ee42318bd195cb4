public import ChurnModel
import Features
import Kernels
public import Schema

/// Finds weighted customers who are nobody and stand for the training rows: the mean score of any mixture with a customer
/// is nearly the same over both.
///
/// Candidates are drawn column by column, so that none is a customer. Nonnegative least squares (Lawson and Hanson,
/// "Solving least squares problems", 1974) picks and weighs those who give random coalitions the worth that they have over
/// the training rows.
///
/// ```swift
/// let references = try ReferenceFitting(seed: 42).references(for: model, coded)
/// print(references.rows.count, references.error)
/// ```
public struct ReferenceFitting: Sendable {
    /// Random seed of all that is drawn.
    public var seed: UInt64
    /// How many coalitions are evaluated at once; no bit depends on it.
    public var threads: Int

    /// So many rows are scored, drawn by seed, where there are more.
    static let mostScored = 50_000
    /// So many rows stand for all in coalitions, taken evenly in the order of their scores.
    static let mostRows = 6_000
    /// Candidates.
    static let candidates = 600
    /// Customers chosen, and where their error is above `leastError`.
    static let chosen = 64, more = 128
    /// Half a point.
    static let highError = 0.005
    /// Work of all evaluations, in multiply-adds of networks: seconds on two cores.
    static let work = 200_000_000_000
    /// Coalitions that candidates are chosen by, and that judge them.
    static let pairs = 256, further = 64

    /// Creates a fitting.
    public init(seed: UInt64, threads: Int = 1) {
        self.seed = seed
        self.threads = threads
    }

    /// Finds reference customers.
    ///
    /// - Parameters:
    ///   - model: Whose scores they stand for.
    ///   - rows: Training rows, the features of the model's schema; at least one.
    ///   - onProgress: Called after some coalitions with the share that is done, on any thread; may throw to stop.
    /// - Returns: 64 customers, or 128 where the error is above half a point; fewer where few differ.
    /// - Throws: `FeatureError`, and what `onProgress` throws.
    /// - Complexity: At most `work` multiply-adds, and O(rows · parameters) for 50,000 rows.
    public func references(
        for model: ChurnModel,
        _ rows: CodedRows,
        onProgress: @escaping @Sendable (Double) throws -> Void = { _ in }
    ) throws -> ReferenceCustomers {
        precondition(rows.count > 0, "no row to stand for")
        let predictor = try RowPredictor(model)
        var generator = SeededGenerator(seed: seed, stream: Self.purpose)
        var scored = rows
        if rows.count > Self.mostScored {
            let some = generator.permutation(rows.count).prefix(Self.mostScored).sorted()
            scored = rows.selecting(some.map(Int.init))
        }
        let scores = predictor.predictMixed(scored, threads: threads)
        let cells = (0 ..< rows.width).map {
            ValueCells(
                scored,
                column: $0,
                isNumber: model.schema.features[$0].type.coding == .number
            )
        }
        var candidates = CodedRows(width: rows.width)
        for _ in 0 ..< Self.candidates {
            candidates.append(cells.map { $0.draw(&generator) })
        }
        let plan = Plan(predictor.work, rows: scored.count)
        // Evenly in the order of scores, so that few stand for all.
        let order = scores.indices.sorted { (scores[$0], $0) < (scores[$1], $1) }
        let targets = scored.selecting(
            (0 ..< plan.rows).map { order[(2 * $0 + 1) * order.count / (2 * plan.rows)] }
        )
        let base = scores.reduce(0.0) { $0 + Double($1) } / Double(scores.count)
        let read = predictor.sights(scored.selecting([0]))[0]
        let players = read.indices.filter { !read[$0].isEmpty }
        let coalitions = (0 ..< plan.pairs + plan.further).map { _ in
            Coalition(players, of: scored, using: &generator)
        }
        let worths = try self.worths(coalitions, predictor, candidates, targets, onProgress)
        // The empty coalition makes the weighted mean score the rows' own.
        let empty = Worths(
            candidates: predictor.predictMixed(candidates, threads: threads).map(Double.init),
            target: base
        )
        let fitted = [empty] + worths.prefix(plan.pairs)
        let judging = worths.suffix(plan.further)
        let least = NonnegativeFit(
            columns: (0 ..< Self.candidates).map { candidate in
                fitted.enumerated().map { number, worths in
                    worths.candidates[candidate] * (number == 0 ? Self.emphasis : 1)
                }
            },
            target: fitted.enumerated().map { $1.target * ($0 == 0 ? Self.emphasis : 1) }
        )
        func chosen(_ count: Int) -> ReferenceCustomers {
            let weights = least.weights(most: count)
            let kept = weights.indices.filter { weights[$0] > 0 }
            var sum = 0.0
            for worths in judging {
                var mean = 0.0
                for candidate in kept { mean += weights[candidate] * worths.candidates[candidate] }
                sum += (mean - worths.target) * (mean - worths.target)
            }
            return ReferenceCustomers(
                rows: candidates.selecting(kept),
                weights: kept.map { weights[$0] },
                error: (sum / Double(max(judging.count, 1))).squareRoot()
            )
        }
        let few = chosen(Self.chosen)
        guard few.error > Self.highError else { return few }
        let many = chosen(Self.more)
        return many.error < few.error ? many : few
    }

    private static let purpose: UInt64 = 0x7265_6665_7265_6e63
    private static let emphasis = 30.0

    /// How much is evaluated, so that slow models take no longer.
    private struct Plan {
        var rows: Int
        var pairs = ReferenceFitting.pairs
        var further = ReferenceFitting.further

        init(_ work: RowPredictor.Work, rows count: Int) {
            let row = max(1, work.networks + work.trees * Explainer.cutWork)
            let allowed = ReferenceFitting.work / row
            rows = min(count, ReferenceFitting.mostRows)
            let enough = max(1_000, allowed / (pairs + further) - ReferenceFitting.candidates)
            rows = min(rows, enough)
            let affordable = allowed / (rows + ReferenceFitting.candidates)
            if affordable < pairs + further {
                pairs = max(96, affordable * 4 / 5)
                further = max(32, affordable / 5)
            }
        }
    }

    /// A customer and the columns that mixtures have of them.
    private struct Coalition {
        let values: [Double]
        let columns: [Int]

        /// Of uniform size below all, since the full one's worth is the customer's score against anybody.
        init(_ players: [Int], of rows: CodedRows, using generator: inout SeededGenerator) {
            values = Array(rows[row: generator.below(rows.count)])
            let size = players.isEmpty ? 0 : generator.below(players.count)
            let order = generator.permutation(players.count)
            columns = order.prefix(size).map { players[Int($0)] }
        }

        /// Rows with the customer's values in these columns.
        func mixed(into rows: CodedRows) -> [Double] {
            var mixed = rows.values
            for column in columns {
                for row in 0 ..< rows.count { mixed[row * rows.width + column] = values[column] }
            }
            return mixed
        }
    }

    /// What a coalition is worth against each candidate, and against the training rows.
    private struct Worths: Sendable {
        let candidates: [Double]
        let target: Double
    }

    private func worths(
        _ coalitions: [Coalition],
        _ predictor: RowPredictor,
        _ candidates: CodedRows,
        _ rows: CodedRows,
        _ onProgress: @escaping @Sendable (Double) throws -> Void
    ) throws -> [Worths] {
        var all: [Worths] = []
        // In parts, so that progress is told in order.
        let part = 16
        for start in stride(from: 0, to: coalitions.count, by: part) {
            try onProgress(Double(start) / Double(coalitions.count))
            let some = coalitions[start ..< min(start + part, coalitions.count)]
            all += concurrentMap(some.count, threads: threads) { number in
                let coalition = some[start + number]
                let mixed = CodedRows(
                    width: rows.width,
                    values: coalition.mixed(into: candidates) + coalition.mixed(into: rows)
                )
                let scores = predictor.predictMixed(mixed).map(Double.init)
                var sum = 0.0
                for score in scores[candidates.count...] { sum += score }
                return Worths(
                    candidates: Array(scores[..<candidates.count]),
                    target: sum / Double(rows.count)
                )
            }
        }
        try onProgress(1)
        return all
    }
}
