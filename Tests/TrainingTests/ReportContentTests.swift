import ChurnModel
import Explanation
import Reports
import Schema
import Tabular
import TestSupport
import Testing
import Texts
import Training

/// What a report says of a trained model.
@Suite struct ReportContentTests {
    @Test func `a Portuguese page of a trained model has no English word but names`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.customers(2_000)
        let outcome = try TrainingWorkflowTests.trained(path, model: .best)
        let schema = outcome.model.schema
        let table = try CustomerData(path, schema: schema, threads: 1).table
        var rows = CodedRows(width: schema.features.count)
        rows.append(Array(0 ..< table.rowCount), of: table, columns: schema.features.map(\.name))
        let reasons = GlobalReasons(
            try Explainer(outcome.model, outcome.references),
            rows,
            schema: schema
        )
        func content(_ language: Language, data: String?) throws -> ReportContent {
            ReportContent(
                outcome.model,
                outcome.record,
                try #require(outcome.record.test),
                data: data,
                reasons: reasons,
                language: language
            )
        }
        let names = schema.columns.map(\.name) + ["best", "customers-1.csv"]
        for data in [nil, "customers-1.csv"] {
            let portuguese = try content(.portuguese, data: data)
            let page = HTMLReport(portuguese).document
            #expect(englishWords(on: page, except: names) == [])
            let english = try content(.english, data: data)
            #expect(english.settings.count == portuguese.settings.count)
            #expect(TextReport(english).text.contains("Of 100 customers on the list"))
        }
        let facts = try content(.portuguese, data: nil)
        #expect(facts.modelSummary.hasPrefix("rede neural "))
        #expect(facts.modelSummary.hasSuffix("árvores com boosting"))
        #expect(
            facts.settings.contains(ReportFact("Otimizador", "Adam, taxa de aprendizado 0,006"))
        )
        #expect(facts.reproduction.contains(ReportFact("Retain", outcome.record.retainVersion)))
    }
}
