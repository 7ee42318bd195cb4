import ChurnModel
import Evaluation
import Explanation
import Kernels
import Schema
import Testing

@Suite struct ExplainerTests {
    private let bank: BankModel
    private let model: ChurnModel
    private let explainer: Explainer
    private let customers: CodedRows

    init() throws {
        bank = try BankModel()
        model = try bank.model(columns: ["Age", "Balance", "Geography", "IsActiveMember"])
        explainer = try Explainer(model, bank.references())
        customers = bank.rows.selecting(0 ..< 3)
    }

    /// The definition: v(S) is the weighted mean score of the reference customers with the customer's values in S.
    private func naive(_ row: Int, players: [Int]) throws -> [Double] {
        let predictor = try RowPredictor(model)
        let references = bank.references()
        let worths = (0 ..< 1 << players.count).map { coalition in
            var sum = 0.0
            for reference in references.weights.indices {
                var mixed = Array(references.rows[row: reference])
                for (place, player) in players.enumerated() where coalition & 1 << place != 0 {
                    mixed[player] = customers[row: row, column: player]
                }
                let score = predictor.predict(CodedRows(width: mixed.count, values: mixed))[0]
                sum += references.weights[reference] * Double(score)
            }
            return sum
        }
        return shapley(players: players.count, worths)
    }

    @Test func `exact values are the definition's, though most mixtures are left out`() throws {
        let columns = bank.schema.features.count
        let explained = explainer.explain(customers, .exact)
        let values = try naive(0, players: Array(0 ..< columns))
        for (value, expected) in zip(explained[0].points, values) {
            #expect(abs(value - expected) < 1e-12)
        }
        #expect(explained[0].standardErrors == nil)
        #expect(explained[0].points.contains { abs($0) > 1e-3 })
        #expect(
            explainer.exactEvaluations(customers)[0] < bank.references().weights.count << columns
        )
    }

    @Test(arguments: [ExplanationMethod.automatic, .exact, .pairs(1), .pairs(2)])
    func `points and base add up to the score`(method: ExplanationMethod) throws {
        let scores = try RowPredictor(model).predict(customers)
        for (explanation, score) in zip(explainer.explain(customers, method), scores) {
            #expect(explanation.probability == Double(score))
            let sum = explanation.points.reduce(explanation.base, +)
            #expect(abs(sum - explanation.probability) <= 1e-12)
        }
    }

    @Test(arguments: [ExplanationMethod.exact, .pairs(2)])
    func `a customer has the same bytes alone, among others, and on more threads`(
        method: ExplanationMethod
    ) {
        let together = explainer.explain(customers, method, threads: 1)
        #expect(explainer.explain(customers, method, threads: 2) == together)
        for row in 0 ..< customers.count {
            let alone = customers.selecting([row])
            #expect(explainer.explain(alone, method, threads: 3) == [together[row]])
            let twice = explainer.explain(alone.appending(alone), method)
            #expect(twice == [together[row], together[row]])
        }
    }

    @Test
    func `a column that the model does not read, or whose value is everybody's, has no points`()
        throws
    {
        let networks = try bank.model(columns: ["Age", "Balance"], trees: 0)
        let explained = try Explainer(networks, bank.references()).explain(customers, .exact)
        for explanation in explained {
            for (column, points) in zip(bank.schema.features, explanation.points) {
                #expect(["Age", "Balance"].contains(column.name) || points == 0)
            }
        }
        let same = ReferenceCustomers(rows: customers.selecting([0]), weights: [1], error: 0)
        let own = try Explainer(model, same).explain(customers.selecting([0]), .exact)[0]
        #expect(own.points.allSatisfy { $0 == 0 } && own.base == own.probability)
    }

    @Test func `where calibration is flat nothing has points`() throws {
        // Everybody is on one plateau.
        let flat = try IsotonicRegression(
            labels: [false, true, false, true],
            probabilities: [0, 0, 1, 1]
        )
        let plateau = try bank.model(trees: 0, calibration: .isotonic(flat))
        let explained = try Explainer(plateau, bank.references()).explain(customers, .exact)
        #expect(explained.allSatisfy { $0.points.allSatisfy { $0 == 0 } })
    }

    @Test func `what is too much to be exact is walked, and says so`() throws {
        let wide = try Explainer(bank.model(hidden: [64, 64], members: 16), bank.references(64))
        let explained = wide.explain(customers, .automatic)
        for (explanation, exact) in zip(explained, wide.explain(customers, .pairs(2))) {
            #expect(explanation == exact && explanation.standardErrors != nil)
        }
    }
}
