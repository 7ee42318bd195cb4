import ChurnModel
import Evaluation
import Features
import Foundation
import NeuralNetwork
import ONNX
import Schema
import SwiftProtobuf
import Testing

/// What the graph is made of; that it computes the right numbers is proved by onnxruntime in Scripts/interop.
@Suite struct ModelGraphTests {
    private let small: SmallModel

    init() throws { small = try SmallModel() }

    private func decoded(_ model: ChurnModel) throws -> Onnx_ModelProto {
        try Onnx_ModelProto(serializedBytes: Data(model.onnx(small.reference)))
    }

    private func changed(
        parts: [ModelPart]? = nil,
        calibration: Calibration? = nil
    ) -> ChurnModel {
        ChurnModel(
            schema: small.model.schema,
            parts: parts ?? small.model.parts,
            calibration: calibration ?? small.model.calibration,
            threshold: small.model.threshold,
            costs: small.model.costs
        )
    }

    @Test func `inputs are the raw columns, the output is the probability`() throws {
        let model = try decoded(small.model)
        #expect(model.graph.input.map(\.name) == ["Country", "Age", "Active", "Card"])
        let types = model.graph.input.map { Graph.Element(rawValue: $0.type.tensorType.elemType) }
        #expect(types == [.string, .double, .int64, .string])
        #expect(model.graph.output.map(\.name) == ["churn_probability"])
        #expect(model.graph.output[0].type.tensorType.elemType == Graph.Element.float.rawValue)
        for value in model.graph.input + model.graph.output {
            #expect(value.type.tensorType.shape.dim.map(\.dimParam) == ["rows"])
        }
        #expect(model.producerName == "retain" && model.producerVersion == RetainVersion.current)
        #expect(model.modelVersion == Int64(Manifest.currentFormatVersion))
        #expect(model.metadataProps.map(\.key) == ["threshold", "output"])
        #expect(model.metadataProps[0].value == "0.25")
    }

    @Test func `the folder holds the same file`() throws {
        let file = try small.files().first { $0.path == "model.onnx" }
        #expect(try file?.bytes == small.model.onnx(small.reference))
        #expect(try small.model.onnx(small.reference) == SmallModel().model.onnx(small.reference))
    }

    @Test func `every value is made before it is used, once`() throws {
        let graph = try decoded(small.model).graph
        var known = Set(graph.input.map(\.name) + graph.initializer.map(\.name))
        #expect(known.count == graph.input.count + graph.initializer.count)
        for node in graph.node {
            for input in node.input { #expect(known.contains(input), "\(node.name)") }
            for output in node.output { #expect(known.insert(output).inserted) }
        }
        #expect(graph.output.allSatisfy { known.contains($0.name) })
        let used = Set(graph.node.flatMap(\.input))
        #expect(graph.initializer.allSatisfy { used.contains($0.name) })
    }

    @Test func `every tensor has as many bytes as its shape says`() throws {
        for tensor in try decoded(small.model).graph.initializer {
            let size = tensor.dataType == Graph.Element.float.rawValue ? 4 : 8
            #expect(tensor.rawData.count == size * Int(tensor.dims.reduce(1, *)))
        }
    }

    @Test func `weights stand for all members at once, folded`() throws {
        let graph = try decoded(small.model).graph
        let shapes = graph.initializer.map(\.dims).filter { $0.count == 3 }
        let (dummies, pieces) = (small.model.parts[0], small.model.parts[1])
        let first = Int64(dummies.features.encodedColumns.count)
        let second = Int64(pieces.features.encodedColumns.count)
        #expect(
            shapes == [
                [1, first, 5], [1, 1, 5], [1, 5, 3], [1, 1, 3], [1, 3, 1], [1, 1, 1],
                [3, second, 6], [3, 1, 6], [3, 6, 1], [3, 1, 1],
            ]
        )
        let operations = graph.node.map(\.opType)
        #expect(operations.count { $0 == "Relu" } == 2 && operations.count { $0 == "Erf" } == 1)
    }

    @Test(arguments: [
        (Calibration.none, [] as [String]),
        (.temperature(TemperatureScaling(temperature: 1.5)), ["Log", "Sigmoid"]),
        (.platt(PlattScaling(a: -1.5, b: 0.25)), ["Log", "Sigmoid"]),
        (
            .isotonic(IsotonicRegression(thresholds: [0.2, 0.7], values: [0.1, 0.9])),
            ["GreaterOrEqual", "Gather"]
        ),
        (.isotonic(IsotonicRegression(thresholds: [0.5], values: [0.5])), ["Gather"]),
    ])
    func `the calibration follows the networks`(
        calibration: Calibration,
        operations: [String]
    ) throws {
        let nodes = try decoded(changed(calibration: calibration)).graph.node
        let end = try #require(nodes.lastIndex { $0.opType == "ReduceMean" })
        let after = Set(nodes[end...].map(\.opType))
        #expect(after.isSuperset(of: operations))
        #expect(after.contains("Log") == operations.contains("Log"))
        #expect(after.contains("Gather") == operations.contains("Gather"))
    }

    @Test(arguments: [0, 1])
    func `one part alone is no mean of parts`(place: Int) throws {
        let part = small.model.parts[place]
        let nodes = try decoded(changed(parts: [part], calibration: Calibration.none)).graph.node
        #expect(nodes.count { $0.opType == "ReduceMean" } == 1)
        let both = try decoded(changed(calibration: Calibration.none)).graph.node
        #expect(both.count > nodes.count)
    }

    @Test func `texts become codes, empty and unlisted ones too`() throws {
        let nodes = try decoded(small.model).graph.node.filter { $0.opType == "LabelEncoder" }
        #expect(nodes.map(\.domain) == ["ai.onnx.ml", "ai.onnx.ml"])
        let country = nodes[0].attribute
        let keys = country[0].strings.map { String(decoding: $0, as: UTF8.self) }
        let empty = [""] + Schema.usualNullValues
        #expect(keys == ["Bob's \"Île\"", "Germany", "Spain"] + empty)
        #expect(country[1].ints == [0, 1, 2] + empty.map { _ in -1 })
        #expect(country[2].i == -2)
    }

    @Test func `a row that the schema refuses has no probability`() throws {
        let graph = try decoded(small.model).graph
        let last = try #require(graph.node.last { $0.opType == "Where" })
        let blank = try #require(graph.initializer.first { $0.name == last.input[1] })
        #expect(Array(blank.rawData) == [0, 0, 0xC0, 0x7F])
        // Both columns of text may be empty or unlisted, but unlisted countries are accepted; a number's may
        // not be anything else.
        #expect(graph.node.count { $0.opType == "Or" } == 3)
    }
}
