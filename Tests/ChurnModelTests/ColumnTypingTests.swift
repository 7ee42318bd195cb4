import ChurnModel
import Drift
import Evaluation
import Features
import Foundation
import Kernels
import NeuralNetwork
import ONNX
import Schema
import SwiftProtobuf
import Tabular
import Testing

/// Under which type a column stands in the graph and in MLflow's signature: the one that pandas gives it.
@Suite struct ColumnTypingTests {
    /// A column, what its training rows hold, and what becomes of it.
    struct Case: Sendable {
        var type: ColumnType
        var nulls = NullPolicy.error
        var column: Column
        var element: Graph.Element
        var signature: String
        var example: String
    }

    private static func truths(_ codes: [Int32], _ no: String, _ yes: String) -> Column {
        .level(codes: (0 ..< 20).map { codes[$0 % codes.count] }, levels: [no, yes])
    }

    private static func numbers(_ values: [Double]) -> Column {
        .number((0 ..< 20).map { values[$0 % values.count] })
    }

    private static func codes(_ levels: [String], isEmptyFirst: Bool = false) -> Column {
        .level(
            codes: (0 ..< 20).map { isEmptyFirst && $0 == 0 ? -1 : Int32($0 % levels.count) },
            levels: levels
        )
    }

    private static let number = ColumnType.number(minimum: nil, maximum: nil)
    static let cases: [Case] = [
        Case(
            type: number,
            column: numbers([3, -7, 40]),
            element: .int64,
            signature: "long",
            example: "3"
        ),
        Case(
            type: number,
            column: numbers([3, 7.5]),
            element: .double,
            signature: "double",
            example: "5.25"
        ),
        Case(
            type: number,
            column: numbers([0x1p60, 0]),
            element: .double,
            signature: "double",
            example: "5.764607523034235e+17"
        ),
        Case(
            type: number,
            nulls: .impute,
            column: numbers([3, 7, .nan, 7]),
            element: .double,
            signature: "double",
            example: "7.0"
        ),
        Case(
            type: .boolean(no: "0", yes: "1"),
            column: truths([0, 1], "0", "1"),
            element: .int64,
            signature: "long",
            example: "0"
        ),
        Case(
            type: .boolean(no: "0.0", yes: "1.0"),
            column: truths([0, 1], "0.0", "1.0"),
            element: .double,
            signature: "double",
            example: "0.0"
        ),
        Case(
            type: .boolean(no: "0", yes: "1"),
            nulls: .impute,
            column: truths([0, -1, 1], "0", "1"),
            element: .double,
            signature: "double",
            example: "0.0"
        ),
        Case(
            type: .boolean(no: "False", yes: "True"),
            column: truths([0, 1], "False", "True"),
            element: .bool,
            signature: "boolean",
            example: "false"
        ),
        Case(
            type: .boolean(no: "false", yes: "true"),
            nulls: .impute,
            column: truths([0, 1, -1], "false", "true"),
            element: .string,
            signature: "string",
            example: #""false""#
        ),
        Case(
            type: .boolean(no: "no", yes: "yes"),
            column: truths([0, 1], "no", "yes"),
            element: .string,
            signature: "string",
            example: #""no""#
        ),
        Case(
            type: .levels(["A", "B", "C"]),
            column: codes(["A", "B", "C"]),
            element: .string,
            signature: "string",
            example: #""A""#
        ),
        Case(
            type: .levels(["007", "12"]),
            column: codes(["007", "12"]),
            element: .int64,
            signature: "long",
            example: "7"
        ),
        Case(
            type: .levels(["1.5", "2"]),
            column: codes(["1.5", "2"]),
            element: .double,
            signature: "double",
            example: "1.5"
        ),
        Case(
            type: .levels(["1", "2"]),
            nulls: .impute,
            column: codes(["1", "2"], isEmptyFirst: true),
            element: .double,
            signature: "double",
            example: "1.0"
        ),
        // pandas would take them for one.
        Case(
            type: .levels(["1", "01"]),
            column: codes(["1", "01"]),
            element: .string,
            signature: "string",
            example: #""1""#
        ),
    ]

    private func model(
        _ columns: [(ColumnSchema, Column)]
    ) throws -> (model: ChurnModel, reference: DriftReference) {
        let schema = Schema(
            target: .init(column: "Left", positive: "1", negative: "0"),
            identifier: nil,
            columns: columns.map(\.0)
        )
        let table = Table(columns.map { ($0.0.name, $0.1) }, rowCount: 20)
        let features = try FeaturePlan(schema).fit(table)
        var generator = SeededGenerator(seed: 1)
        let network = Network(
            .init(inputs: features.encodedColumns.count, hidden: []),
            using: &generator
        )
        let model = ChurnModel(
            schema: schema,
            parts: [ModelPart(features: features, network: network)],
            threshold: 0.5,
            costs: CampaignCosts()
        )
        let scores = try model.predict(table)
        return (model, DriftReference(table, schema: schema, scores: scores))
    }

    @Test(arguments: cases)
    func `a column stands as pandas reads it`(of column: Case) throws {
        let other = ColumnSchema(name: "other", role: .feature, type: Self.number)
        let schema = ColumnSchema(
            name: "it's",
            role: .feature,
            type: column.type,
            nulls: column.nulls
        )
        let (model, reference) = try model([
            (schema, column.column), (other, Self.numbers([1.5, 2])),
        ])
        let graph = try Onnx_ModelProto(serializedBytes: Data(model.onnx(reference))).graph
        #expect(graph.input.map(\.name) == ["it's", "other"])
        #expect(graph.input[0].type.tensorType.elemType == column.element.rawValue)

        let files = try ModelFolder.files(model, metrics: [0], card: "", reference: reference)
        let texts = files.map { String(decoding: $0.bytes, as: UTF8.self) }
        #expect(texts[0].contains(#"{"type": "\#(column.signature)", "name": "it''s""#))
        #expect(
            texts.contains(
                #"{"columns": ["it's", "other"], "data": [[\#(column.example), 1.75]]}"# + "\n"
            )
        )
    }

    @Test func `a column that no network reads costs nothing`() throws {
        let (model, reference) = try model([
            (
                ColumnSchema(name: "a", role: .feature, type: Self.number),
                Self.numbers([1, 2, 3])
            ),
            (
                ColumnSchema(name: "b", role: .feature, type: Self.number),
                Self.numbers([4, 5])
            ),
        ])
        let (less, _) = try self.model([
            (
                ColumnSchema(name: "a", role: .feature, type: Self.number),
                Self.numbers([1, 2, 3])
            )
        ])
        let screened = ChurnModel(
            schema: model.schema,
            parts: less.parts,
            threshold: 0.5,
            costs: model.costs
        )
        let graph = try Onnx_ModelProto(serializedBytes: Data(screened.onnx(reference))).graph
        #expect(graph.input.map(\.name) == ["a"])
        // MLflow hands the only column over as a table.
        #expect(graph.input[0].type.tensorType.shape.dim.map(\.dimValue) == [0, 1])
        #expect(!graph.node.contains { $0.opType == "Unsqueeze" })
    }
}
