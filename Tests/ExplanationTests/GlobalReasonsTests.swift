import ChurnModel
import Explanation
import Schema
import Testing

@Suite struct GlobalReasonsTests {
    private let bank: BankModel
    private let explainer: Explainer

    init() throws {
        bank = try BankModel()
        explainer = try Explainer(
            bank.model(columns: ["Age", "Geography"], trees: 0),
            bank.references()
        )
    }

    @Test func `means are those of single explanations, the largest first`() throws {
        let reasons = GlobalReasons(explainer, bank.rows, schema: bank.schema, threads: 2)
        #expect(reasons.customers == 300)
        #expect(reasons == GlobalReasons(explainer, bank.rows, schema: bank.schema))
        #expect(Set(reasons.columns.prefix(2).map(\.name)) == ["Age", "Geography"])
        #expect(reasons.columns.dropFirst(2).allSatisfy { $0.meanAbsolutePoints == 0 })
        let age = try #require(bank.schema.features.firstIndex { $0.name == "Age" })
        let every = bank.rows.selecting((0 ..< 300).map { 2 * $0 })
        let points = explainer.explain(every, .pairs(2)).map { $0.points[age] }
        let mean = points.reduce(0) { $0 + abs($1) } / 300
        #expect(
            reasons.columns.contains {
                $0.name == "Age" && abs($0.meanAbsolutePoints - mean) < 1e-12
            }
        )
    }

    @Test func `cells have at least 20 customers, and levels are not joined`() throws {
        let reasons = GlobalReasons(explainer, bank.rows, schema: bank.schema)
        let cells = reasons.columns.flatMap(\.dependence)
        #expect(!cells.isEmpty && cells.allSatisfy { $0.customers >= 20 })
        let country = try #require(reasons.columns.first { $0.name == "Geography" })
        #expect(country.dependence.allSatisfy { $0.from == $0.to })
        let age = try #require(reasons.columns.first { $0.name == "Age" })
        #expect(age.dependence.count > 3)
    }

    @Test func `values of a personal column are not shown`() throws {
        var schema = bank.schema
        let place = try #require(schema.columns.firstIndex { $0.name == "Age" })
        schema.columns[place].personal = true
        let reasons = GlobalReasons(explainer, bank.rows, schema: schema)
        let age = try #require(reasons.columns.first { $0.name == "Age" })
        #expect(age.dependence.isEmpty && age.meanAbsolutePoints > 0)
    }

    @Test func `nobody has no reasons`() {
        let none = GlobalReasons(
            explainer,
            CodedRows(width: bank.schema.features.count),
            schema: bank.schema
        )
        #expect(none.customers == 0)
        #expect(none.columns.allSatisfy { $0.meanAbsolutePoints == 0 && $0.dependence.isEmpty })
    }
}
