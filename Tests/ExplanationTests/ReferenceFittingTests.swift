import ChurnModel
import Explanation
import Kernels
import Schema
import Testing

@Suite struct ReferenceFittingTests {
    private let bank: BankModel
    private let model: ChurnModel
    private let references: ReferenceCustomers

    init() throws {
        bank = try BankModel(rows: 1_000)
        model = try bank.model(columns: ["Age", "Balance", "NumOfProducts"], trees: 10)
        references = try ReferenceFitting(seed: 1).references(for: model, bank.rows)
    }

    @Test func `at most 64 with weights that add up stand for the mean score`() throws {
        #expect((16 ... 128).contains(references.rows.count))
        #expect(references.weights.allSatisfy { $0 > 0 })
        #expect(abs(references.weights.reduce(0, +) - 1) < 1e-12)
        let scores = try RowPredictor(model).predict(bank.rows).map(Double.init)
        let base = try Explainer(model, references).base
        #expect(abs(base - scores.reduce(0, +) / Double(scores.count)) < 0.001)
        #expect(references.error < 0.01)
    }

    @Test func `none is a customer`() {
        for reference in 0 ..< references.rows.count {
            let values = Array(references.rows[row: reference])
            #expect(!(0 ..< bank.rows.count).contains { Array(bank.rows[row: $0]) == values })
        }
    }

    @Test func `values are medians of at least 20 customers, and levels that as many have`() {
        for (column, feature) in bank.schema.features.enumerated() {
            let isNumber = feature.type.coding == .number
            let cells = ValueCells(bank.rows, column: column, isNumber: isNumber)
            #expect(!isNumber || cells.values.count <= 11)
            #expect(cells.counts.allSatisfy { $0 >= 20 })
            for reference in 0 ..< references.rows.count {
                #expect(cells.values.contains(references.rows[row: reference, column: column]))
            }
        }
    }

    @Test func `the same on any number of threads`() throws {
        let few = bank.rows.selecting(0 ..< 200)
        let one = try ReferenceFitting(seed: 5, threads: 1).references(for: model, few)
        #expect(try ReferenceFitting(seed: 5, threads: 2).references(for: model, few) == one)
        #expect(try ReferenceFitting(seed: 6, threads: 2).references(for: model, few) != one)
    }

    @Test(arguments: [1, 2, 19, 40]) func `few rows suffice`(count: Int) throws {
        let few = bank.rows.selecting(0 ..< count)
        let references = try ReferenceFitting(seed: 5).references(for: model, few)
        #expect(references.rows.count >= 1)
        #expect(abs(references.weights.reduce(0, +) - 1) < 1e-12)
    }

    @Test func `what stops training stops it here too`() {
        struct Stopped: Error {}
        #expect(throws: Stopped.self) {
            try ReferenceFitting(seed: 1).references(for: model, bank.rows) { _ in throw Stopped() }
        }
    }

    @Test func `nonnegative weights are those of the mixture that made the target`() {
        var generator = SeededGenerator(seed: 2)
        let columns = (0 ..< 12).map { _ in (0 ..< 30).map { _ in generator.uniform() } }
        let target = (0 ..< 30).map { 0.25 * columns[3][$0] + 0.75 * columns[8][$0] }
        let weights = NonnegativeFit(columns: columns, target: target).weights(most: 12)
        for (place, weight) in weights.enumerated() {
            #expect(abs(weight - (place == 3 ? 0.25 : place == 8 ? 0.75 : 0)) < 1e-6)
        }
    }
}
