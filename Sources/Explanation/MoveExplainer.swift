public import ChurnModel
public import Features
public import Schema
public import Texts

/// Explains why scores moved from one model to another, or between two times of one, with what may be told of it.
///
/// ```swift
/// let explainer = try MoveExplainer(from: model, to: model)
/// for move in try explainer.moves(from: coded, to: coded) {
///     print(explainer.sentence(move, count: 3, .english))
/// }
/// ```
public struct MoveExplainer: Sendable {
    private let moves: ScoreMoves
    private let teller: MoveTeller
    private let old: Schema
    private let new: Schema

    /// Prepares two models, which may be the same.
    ///
    /// - Throws: `FeatureError` where they read a column as different kinds.
    public init(from old: ChurnModel, to new: ChurnModel) throws(FeatureError) {
        moves = try ScoreMoves(from: old, to: new)
        teller = MoveTeller(moves, new)
        self.old = old.schema
        self.new = new.schema
    }

    /// Explains customers, in their order.
    ///
    /// - Parameters:
    ///   - before: The customers as they were, the features of the old model's schema.
    ///   - after: The same customers as they are, the features of the new one's.
    ///   - threads: How many work at once; the result does not depend on it.
    /// - Returns: A move for each customer.
    /// - Throws: `FeatureError` where a column is of another kind than in the schema.
    /// - Precondition: As many rows.
    public func moves(
        from before: CodedRows,
        to after: CodedRows,
        threads: Int = 1
    ) throws(FeatureError) -> [ToldMove] {
        told(try moves.coded(before, of: old), try moves.coded(after, of: new), threads: threads)
    }

    /// Explains a customer of whom not all is known how it was.
    ///
    /// What is not known counts as it is now. Whether that is right the score tells that was told then.
    ///
    /// - Parameters:
    ///   - before: The features of the old model's schema; nil for what is not known.
    ///   - probability: What the old model said of the customer.
    ///   - after: The features of the new one's.
    ///   - threads: How many work at once; the result does not depend on it.
    /// - Returns: The move; nil where the old model says something else of these values.
    /// - Throws: `FeatureError` where a column is of another kind than in the schema.
    public func move(
        from before: [Double?],
        of probability: Double,
        to after: [Double],
        threads: Int = 1
    ) throws(FeatureError) -> ToldMove? {
        let now = try moves.coded(CodedRows(width: after.count, values: after), of: new)
        let filled = zip(old.features, before).map { $1 ?? $0.type.coding?.null ?? .nan }
        let known = CodedRows(width: before.count, values: filled)
        var then = Array(try moves.coded(known, of: old)[row: 0])
        for (feature, value) in zip(old.features, before) where value == nil {
            guard let place = moves.columns.firstIndex(where: { $0.name == feature.name }) else {
                continue
            }
            then[place] = now[row: 0][place]
        }
        let move = told(CodedRows(width: then.count, values: then), now, threads: threads)[0]
        return abs(move.from - probability) <= Self.nearness ? move : nil
    }

    /// The record has probabilities as they were answered; other processors may round the last digit otherwise.
    private static let nearness = 1e-6

    private func told(_ before: CodedRows, _ after: CodedRows, threads: Int) -> [ToldMove] {
        moves.moves(from: before, to: after, threads: threads).enumerated()
            .map { row, move in
                teller.told(move, from: Array(before[row: row]), to: Array(after[row: row]))
            }
    }

    /// Why a score moved, in one sentence with whole points that add up.
    ///
    /// - Parameters:
    ///   - move: What may be told.
    ///   - count: How many columns are named at most.
    ///   - language: In which it is told.
    ///   - since: The day from which it moved, where that is known.
    /// - Returns: The sentence.
    public func sentence(
        _ move: ToldMove,
        count: Int,
        _ language: Language,
        since: Day? = nil
    ) -> String {
        teller.sentence(move, count: count, language, since: since)
    }
}
