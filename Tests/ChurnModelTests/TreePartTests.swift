import ChurnModel
import Features
import Foundation
import ONNX
import Schema
import SwiftProtobuf
import Tabular
import Testing
import Trees

@Suite struct TreePartTests {
    private let small: SmallModel
    private let model: ChurnModel

    init() throws {
        small = try SmallModel()
        model = try small.joinedWithTrees(weight: 0.4)
    }

    @Test func `trees move what the networks say`() throws {
        let networks = try small.model.predict(small.table)
        let joined = try model.predict(small.table)
        #expect(joined != networks && joined.allSatisfy { (0 ... 1).contains($0) })
        #expect(try small.joinedWithTrees(weight: 0).predict(small.table) != joined)
    }

    @Test func `what is saved is loaded, to the last bit of a prediction`() throws {
        let files = try ModelFolder.files(
            model,
            metrics: small.metrics,
            card: "# Card\n",
            reference: small.reference
        )
        #expect(files.contains { $0.path == "retain/trees.safetensors" })
        let saved = try SavedModel(files: files)
        #expect(saved.model == model)
        #expect(try saved.model.predict(small.table) == model.predict(small.table))
    }

    @Test func `a service's rows have the bits of a file's`() throws {
        let together = try model.predict(small.table)
        let features = model.schema.features
        // The service's columns in another order, and its levels too.
        var columns = Array(features.reversed())
        for place in columns.indices {
            guard case .levels(let levels) = columns[place].type else { continue }
            columns[place].type = .levels(levels.reversed())
        }
        let predictor = try RowPredictor(model, columns: columns)
        for row in 0 ..< small.table.rowCount {
            var rows = CodedRows(width: columns.count)
            rows.append(
                try columns.map { column -> Double in
                    switch try small.table.column(column.name, as: column.type.coding) {
                    case .number(let values): values[row]
                    case .level(let codes, _): Double(codes[row])
                    case .text: .nan
                    }
                }
            )
            #expect(predictor.predict(rows) == [together[row]])
        }
    }

    @Test(arguments: [
        (
            "\"ensemble_1.leaves\"", "\"ensemble_7.leaves\"",
            "tensors ensemble_1.* are missing or make no trees"
        ),
        (
            "\"ensemble_1.parents\"", "\"ensemble_1.burdens\"",
            "tensors ensemble_1.* are missing or make no trees"
        ),
        (
            "\"ensemble_0.leaves\"", "\"ensemble_7.leaves\"",
            "tensors ensemble_0.* are missing or make no trees"
        ),
        ("\"trees\":", "\"other\":", "its metadata describes no trees"),
        ("\\\"weight\\\":0.4", "\\\"weight\\\":7.4", "its trees do not fit its columns"),
    ])
    func `trees that do not fit are refused`(part: String, wrong: String, problem: String) throws {
        var files = try ModelFolder.files(
            model,
            metrics: small.metrics,
            card: "# Card\n",
            reference: small.reference
        )
        files.removeLast()
        let place = try #require(files.firstIndex { $0.path == "retain/trees.safetensors" })
        let text = try #require(String(bytes: files[place].bytes, encoding: .isoLatin1))
        #expect(text.contains(part))
        let changed = try #require(text.replacing(part, with: wrong).data(using: .isoLatin1))
        files[place] = ModelFile(path: files[place].path, bytes: [UInt8](changed))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let manifest = try encoder.encode(Manifest(of: files)) + Data("\n".utf8)
        files.append(ModelFile(path: Manifest.path, bytes: [UInt8](manifest)))
        let error = #expect(throws: ModelFolderError.self) { try SavedModel(files: files) }
        #expect(error?.problem == problem)
    }

    @Test func `the graph has one node for all trees`() throws {
        let graph = try Onnx_ModelProto(serializedBytes: Data(model.onnx(small.reference))).graph
        let nodes = graph.node.filter { $0.opType == "TreeEnsembleRegressor" }
        #expect(nodes.count == 1)
        let trees = try #require(model.trees).trees.ensembles.reduce(0) { $0 + $1.count }
        let ids = try #require(nodes.first?.attribute.first { $0.name == "nodes_treeids" }?.ints)
        #expect(Set(ids).count == trees)
    }
}

extension SmallModel {
    /// The model with a few trees of either shape beside its networks.
    func joinedWithTrees(weight: Double) throws -> ChurnModel {
        let features = model.schema.features.map {
            TreePart.Feature(name: $0.name, type: $0.type)
        }
        let columns = try TreePart.columns(features, of: table)
        let bins = columns.map { ColumnBins($0, mostBorders: 128) }
        let rows = BinnedRows(columns, bins, count: table.rowCount)
        let labels = (0 ..< table.rowCount).map { $0 % 5 == 0 || $0 % 7 == 0 }
        let ensembles = (0 ..< 2).map { number in
            var growth = TreeGrowth(
                rows,
                labels: labels,
                weights: nil,
                learning: Array(labels.indices),
                settings: number == 0 ? TreeSettings() : .leafByLeaf,
                seed: UInt64(number)
            )
            for _ in 0 ..< 30 { growth.grow() }
            return growth.trees
        }
        return ChurnModel(
            schema: model.schema,
            parts: model.parts,
            trees: TreePart(
                features: features,
                trees: BoostedTrees(bins: bins, ensembles: ensembles),
                weight: weight
            ),
            calibration: model.calibration,
            conformal: model.conformal,
            threshold: model.threshold,
            costs: model.costs
        )
    }
}
