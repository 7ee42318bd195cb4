public import ChurnModel
public import Features
import Kernels
public import Schema

/// Tells why customers' scores moved: by their data, by a new model, or by its calibration.
///
/// The Owen value (Owen, "Values of games with a priori unions", 1977) of a game whose players are the changed columns, the
/// model and the calibration, with the columns as one union: how much is the data's does not depend on how many columns
/// changed, and no order of events is preferred. No reference customer is needed.
///
/// ```swift
/// let moves = try ScoreMoves(from: model, to: model)
/// let rows = try moves.coded(coded, of: schema)
/// for move in moves.moves(from: rows, to: rows) {
///     print(move.from, move.to, move.points, move.model, move.calibration)
/// }
/// ```
public struct ScoreMoves: Sendable {
    /// What the points are of: the features of the new model, and behind them those that only the old one has.
    public let columns: [ColumnSchema]
    private let old: RowPredictor
    private let new: RowPredictor
    private let isSame: Bool

    /// Changed columns up to which all 4 · 2^k worths are evaluated.
    public static let mostExact = 12
    /// Permutations and their reverses where more columns changed.
    public static let pairs = 16

    /// Prepares two models, which may be the same.
    ///
    /// - Throws: `FeatureError` where they read a column as different kinds.
    public init(from old: ChurnModel, to new: ChurnModel) throws(FeatureError) {
        columns = Self.union(old.schema.features, new.schema.features)
        self.old = try RowPredictor(old, columns: columns)
        self.new = try RowPredictor(new, columns: columns)
        isSame = old == new
    }

    /// The columns of both; one of both has the new one's rules and the levels of both.
    private static func union(_ old: [ColumnSchema], _ new: [ColumnSchema]) -> [ColumnSchema] {
        let joined = new.map { column in
            guard case .levels(let levels) = column.type,
                case .levels(let others)? = old.first(where: { $0.name == column.name })?.type
            else { return column }
            let codes = Coding.codes(of: others, in: levels).dropFirst(2)
            var column = column
            column.type = .levels(levels + zip(others, codes).filter { $1 < 0 }.map(\.0))
            return column
        }
        return joined + old.filter { column in !new.contains { $0.name == column.name } }
    }

    /// Rows of a model's schema as rows of `columns`; a column that the schema lacks is empty.
    ///
    /// - Parameters:
    ///   - rows: The features of the schema.
    ///   - schema: Of the old model, or of the new one.
    /// - Returns: As many rows.
    /// - Throws: `FeatureError` where a column is of another kind.
    /// - Complexity: O(rows · columns).
    public func coded(_ rows: CodedRows, of schema: Schema) throws(FeatureError) -> CodedRows {
        let features = schema.features
        var values = [Double](repeating: 0, count: rows.count * columns.count)
        for (target, column) in columns.enumerated() {
            guard features.contains(where: { $0.name == column.name }) else {
                let null = column.type.coding?.null ?? .nan
                for row in 0 ..< rows.count { values[row * columns.count + target] = null }
                continue
            }
            let place = try CodedPlace(of: column.name, as: column.type.coding, in: features)
            for row in 0 ..< rows.count {
                values[row * columns.count + target] = place.value(of: rows, row: row)
            }
        }
        return CodedRows(width: columns.count, values: values)
    }

    /// Explains moves.
    ///
    /// - Parameters:
    ///   - before: Customers as they were, rows of `columns`.
    ///   - after: The same customers as they are, in the same order.
    ///   - threads: How many work at once; the result has the same bits for any number.
    /// - Returns: A move for each customer, to 10⁻¹² exact in its sum.
    /// - Complexity: O(2^k) evaluations of both models for k changed columns, O(`pairs` · k) above `mostExact`.
    /// - Precondition: As many rows.
    public func moves(
        from before: CodedRows,
        to after: CodedRows,
        threads: Int = 1
    ) -> [ScoreMove] {
        precondition(before.count == after.count, "\(before.count) rows and \(after.count)")
        let outer = before.count >= threads ? threads : 1
        let inner = before.count >= threads ? 1 : threads
        return concurrentMap(before.count, threads: outer) { row in
            move(before.selecting([row]), after.selecting([row]), threads: inner)
        }
    }

    private func move(_ before: CodedRows, _ after: CodedRows, threads: Int) -> ScoreMove {
        let ends = before.appending(after)
        let oldSights = old.sights(ends)
        let newSights = new.sights(ends)
        let players = (0 ..< columns.count).filter {
            oldSights[0][$0] != oldSights[1][$0] || newSights[0][$0] != newSights[1][$0]
        }
        let scored = corners(ends, threads: threads)
        let solved = ColumnGame.solve(
            [ColumnGame(players: players, from: before[row: 0], stream: 0)],
            for: after[row: 0],
            pairs: players.count <= Self.mostExact ? nil : Self.pairs
        ) { rows in
            self.corners(rows, threads: threads).map { $0.mean }
        }[0]
        var points = [Double](repeating: 0, count: columns.count)
        var errors = points
        for (place, player) in players.enumerated() {
            points[player] = solved.values[place]
            errors[player] = (solved.variances?[place] ?? 0).squareRoot()
        }
        let (was, now) = (scored[0], scored[1])
        return ScoreMove(
            from: was.worths[0],
            to: now.worths[3],
            points: points,
            model: Corners.share(of: 1, was, now),
            calibration: Corners.share(of: 2, was, now),
            standardErrors: solved.variances == nil ? nil : errors
        )
    }

    /// A row's scores by old and new model under old and new calibration.
    private struct Corners: Sendable {
        /// Bit 0 of a place is the new model, bit 1 the new calibration.
        let worths: [Double]

        /// What a column's gain is taken from: each coalition of the other unions by its share of their orders.
        var mean: Double { (worths[0] + worths[3]) / 3 + (worths[1] + worths[2]) / 6 }

        /// The gain of the model or of the calibration over all orders of the three unions.
        static func share(of bit: Int, _ was: Corners, _ now: Corners) -> Double {
            let other = 3 - bit
            func gain(_ corners: Corners, _ start: Int) -> Double {
                corners.worths[start | bit] - corners.worths[start]
            }
            return (gain(was, 0) + gain(now, other)) / 3 + (gain(now, 0) + gain(was, other)) / 6
        }
    }

    private func corners(_ rows: CodedRows, threads: Int) -> [Corners] {
        let was = old.predictMixed(rows, threads: threads, calibrated: false)
        let now = isSame ? was : new.predictMixed(rows, threads: threads, calibrated: false)
        let worths = [
            old.calibrated(was), old.calibrated(now), new.calibrated(was), new.calibrated(now),
        ]
        return (0 ..< rows.count).map { row in
            Corners(worths: worths.map { Double($0[row]) })
        }
    }
}
