public import ChurnModel
public import Features
import Kernels
public import Schema

/// Tells why a model gives customers their probabilities.
///
/// Interventional Shapley values of the calibrated probability over the schema's features, against weighted reference
/// customers (Janzing, Minorics and Blöbaum, "Feature relevance quantification in explainable AI: a causal problem",
/// AISTATS 2020): a feature with all its encodings is one player.
///
/// The game against each reference customer is solved on its own, among the columns in which the model tells it from
/// the customer: any other column's value is 0, so that 2^k mixtures suffice instead of 2^columns.
///
/// ```swift
/// let explainer = try Explainer(model, references)
/// for explanation in explainer.explain(coded) {
///     print(explanation.probability, explanation.base, explanation.points)
/// }
/// ```
public struct Explainer: Sendable {
    /// The weighted mean score of the reference customers.
    public let base: Double
    /// The root mean square error that reference customers bring, as `ReferenceCustomers.error`.
    public var referenceError: Double { references.error }
    private let predictor: RowPredictor
    private let references: ReferenceCustomers
    private let sights: [[RowPredictor.Sight]]

    /// Most mixtures that the automatic method evaluates for a customer.
    static let mostAutomatic = 200_000
    /// Most work of the automatic method for a customer, in multiply-adds of networks: a tenth of a second of two quick
    /// cores.
    static let mostWork = 4_400_000_000
    /// What a cut of a tree takes, in multiply-adds of networks: the bank's models took 79 ms of a core without trees, 231 ms
    /// with them.
    static let cutWork = 12
    /// Most mixtures that are evaluated for a customer whatever is asked: minutes.
    public static let mostExact = 1 << 26
    /// Permutations of each reference customer, and their reverses, where the automatic method is not exact.
    public static let automaticPairs = 2

    /// Prepares a model.
    ///
    /// - Throws: `FeatureError` where the model can't read rows of its own schema.
    public init(_ model: ChurnModel, _ references: ReferenceCustomers) throws(FeatureError) {
        predictor = try RowPredictor(model)
        self.references = references
        sights = predictor.sights(references.rows)
        base = Self.mean(predictor.predict(references.rows), references.weights)
    }

    /// Explains customers, in their order.
    ///
    /// - Parameters:
    ///   - rows: The features of the model's schema.
    ///   - method: How. Where `.exact` would take more than `mostExact` mixtures, the automatic method stands in, and the
    ///     standard errors tell.
    ///   - threads: How many work at once; the result has the same bits for any number.
    /// - Returns: An explanation for each row, the same bits alone and among any others.
    /// - Complexity: O(Σ 2^k) evaluations of the model for each row where exact, over the reference customers, k being
    ///   the columns in which one differs; O(references · pairs · columns) else.
    public func explain(
        _ rows: CodedRows,
        _ method: ExplanationMethod = .automatic,
        threads: Int = 1
    ) -> [Explanation] {
        // Many customers are shared out, one customer's mixtures else.
        let outer = rows.count >= threads ? threads : 1
        let inner = rows.count >= threads ? 1 : threads
        return concurrentMap(rows.count, threads: outer) { row in
            explanation(of: rows.selecting([row]), method, threads: inner)
        }
    }

    /// What two pairs of a customer take at most, in multiply-adds of networks.
    var walkedWork: Int {
        let rows = references.rows.count * (2 + 2 * Self.automaticPairs * references.rows.width)
        return rows * (predictor.work.networks + predictor.work.trees * Self.cutWork)
    }

    /// How many mixtures the exact value of each customer takes; `Int.max` where there are more than can be counted.
    ///
    /// - Parameter rows: The features of the model's schema.
    /// - Returns: Shape [rows].
    public func exactEvaluations(_ rows: CodedRows) -> [Int] {
        (0 ..< rows.count).map { row in
            Self.mixtures(players(predictor.sights(rows.selecting([row]))[0]).map(\.count))
        }
    }

    private func explanation(
        of row: CodedRows,
        _ method: ExplanationMethod,
        threads: Int
    ) -> Explanation {
        let sight = predictor.sights(row)[0]
        let players = players(sight)
        let probability = Double(predictor.predict(row)[0])
        let games = players.enumerated().map { reference, players in
            ColumnGame(
                players: players,
                from: references.rows[row: reference],
                stream: UInt64(reference)
            )
        }
        let solved = ColumnGame.solve(
            games,
            for: row[row: 0],
            pairs: pairs(method, players, sight)
        ) { rows in
            predictor.predictMixed(rows, threads: threads).map(Double.init)
        }
        var points = [Double](repeating: 0, count: row.width)
        var variances = points
        for (reference, solution) in solved.enumerated() {
            let weight = references.weights[reference]
            for (place, player) in players[reference].enumerated() {
                points[player] += weight * solution.values[place]
                guard let variance = solution.variances?[place] else { continue }
                variances[player] += weight * weight * variance
            }
        }
        return Explanation(
            probability: probability,
            base: base,
            points: points,
            standardErrors: solved.contains { $0.variances != nil }
                ? variances.map { $0.squareRoot() } : nil
        )
    }

    /// The columns in which the model tells each reference customer from a customer.
    private func players(_ sight: [RowPredictor.Sight]) -> [[Int]] {
        sights.map { other in sight.indices.filter { sight[$0] != other[$0] } }
    }

    /// How many permutations each reference customer walks with their reverses; nil for all mixtures.
    private func pairs(
        _ method: ExplanationMethod,
        _ players: [[Int]],
        _ sight: [RowPredictor.Sight]
    ) -> Int? {
        switch method {
        case .pairs(let pairs): return max(1, pairs)
        case .exact where Self.mixtures(players.map(\.count)) <= Self.mostExact: return nil
        case .automatic, .exact:
            let mixtures = Self.mixtures(players.map(\.count))
            guard mixtures <= Self.mostAutomatic else { return Self.automaticPairs }
            // What networks don't read does not multiply their mixtures.
            let asked = Self.mixtures(
                zip(players, sights).map { players, other in
                    players.count { sight[$0].networks != other[$0].networks }
                }
            )
            let work = predictor.work
            let all = asked * work.networks + mixtures * work.trees * Self.cutWork
            return all <= Self.mostWork ? nil : Self.automaticPairs
        }
    }

    /// Σ 2^k, `Int.max` where that is more than can be counted.
    private static func mixtures(_ players: [Int]) -> Int {
        guard (players.max() ?? 0) < 48 else { return .max }
        return players.reduce(0) { $0 + 1 << $1 }
    }

    static func mean(_ scores: [Float], _ weights: [Double]) -> Double {
        var sum = 0.0
        for (score, weight) in zip(scores, weights) { sum += Double(score) * weight }
        return sum
    }
}
