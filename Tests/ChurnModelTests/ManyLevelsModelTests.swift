import ChurnModel
import Features
import Foundation
import ONNX
import Schema
import SwiftProtobuf
import Tabular
import Testing
import Trees

@Suite struct ManyLevelsModelTests {
    private let many: ManyLevelsModel

    init() throws { many = try ManyLevelsModel() }

    @Test func `cities move what networks and trees say`() throws {
        let scores = try many.model.predict(many.table)
        #expect(scores.allSatisfy { (0 ... 1).contains($0) })
        let cuts = try #require(many.model.trees).trees.ensembles[0].cuts
        #expect(cuts.contains { $0.column == 0 } && cuts.contains { $0.column == 1 })
        #expect(many.model.parts.allSatisfy { $0.features.encodedNames.contains("City_rate") })
        #expect(many.model.parts.allSatisfy { $0.features.encodedNames.contains("Limit_beyond") })
    }

    @Test func `what is saved is loaded, to the last bit of a prediction`() throws {
        let files = try ModelFolder.files(
            many.model,
            metrics: ["auc": 0.75],
            card: "# Card\n",
            reference: many.reference
        )
        let saved = try SavedModel(files: files)
        #expect(saved.model == many.model)
        #expect(try saved.model.predict(many.table) == many.model.predict(many.table))
    }

    @Test func `a service's rows have the bits of a file's`() throws {
        let together = try many.model.predict(many.table)
        let predictor = try RowPredictor(many.model)
        var rows = CodedRows(width: 2)
        rows.append(Array(together.indices), of: many.table, columns: ["City", "Limit"])
        #expect(predictor.predict(rows) == together)
    }

    @Test func `the graph looks rates and bins up by the level`() throws {
        let graph = try Onnx_ModelProto(
            serializedBytes: Data(many.model.onnx(many.reference))
        ).graph
        // Two networks' rates, and the bins of the trees.
        #expect(graph.node.count { $0.opType == "Gather" } == 3)
        let tables = graph.initializer.filter { $0.dims == [152] }
        #expect(tables.count >= 2)
    }
}
