import ChurnModel
import Evaluation
import Foundation
import Schema
import Tabular
import Testing

/// Writes graphs with every calibration, and what `predict` says, for onnxruntime to agree with.
///
/// `RETAIN_TEST_GRAPHS` names the folder. `make interop` reads it with `check_graphs.py`.
@Suite struct ModelGraphFileTests {
    private static let folder = ProcessInfo.processInfo.environment["RETAIN_TEST_GRAPHS"]
    private static let calibrations: [(name: String, Calibration)] = [
        ("none", .none),
        ("temperature", .temperature(TemperatureScaling(temperature: 1.5))),
        ("platt", .platt(PlattScaling(a: -1.5, b: 0.25))),
        (
            "isotonic",
            .isotonic(
                IsotonicRegression(thresholds: [0.3, 0.4, 0.5, 0.6], values: [0.1, 0.2, 0.5, 0.9])
            )
        ),
        ("trees", .none),
        ("flat", .isotonic(IsotonicRegression(thresholds: [0.5], values: [0.5]))),
    ]
    private struct Case: Encodable {
        var inputs: [String: [String]] = [:]
        var probabilities: [Float]
    }

    @Test(.enabled(if: folder != nil), arguments: calibrations)
    func `writes graphs and what they should give`(name: String, calibration: Calibration) throws {
        let small = try SmallModel()
        let model = ChurnModel(
            schema: small.model.schema,
            parts: small.model.parts,
            trees: name == "trees" ? try small.joinedWithTrees(weight: 0.6).trees : nil,
            calibration: calibration,
            threshold: small.model.threshold,
            costs: small.model.costs
        )
        var expected = Case(probabilities: try model.predict(small.table))
        for column in small.model.schema.columns where column.role == .feature {
            expected.inputs[column.name] = try texts(of: column, in: small.table)
        }
        let folder = URL(filePath: try #require(Self.folder))
        try Data(model.onnx(small.reference)).write(to: folder.appending(path: name + ".onnx"))
        try JSONEncoder().encode(expected).write(to: folder.appending(path: name + ".json"))
    }

    @Test(.enabled(if: folder != nil))
    func `writes the graph of a column with many levels, and what it should give`() throws {
        let many = try ManyLevelsModel()
        var expected = Case(probabilities: try many.model.predict(many.table))
        for column in many.model.schema.columns where column.role == .feature {
            expected.inputs[column.name] = try texts(of: column, in: many.table)
        }
        let folder = URL(filePath: try #require(Self.folder))
        try Data(many.model.onnx(many.reference)).write(to: folder.appending(path: "levels.onnx"))
        try JSONEncoder().encode(expected).write(to: folder.appending(path: "levels.json"))
    }

    /// The fields as a file would have them; empty is "".
    private func texts(of column: ColumnSchema, in table: Table) throws -> [String] {
        switch try #require(table[column.name]) {
        case .level(let codes, let levels):
            return codes.map { $0 == -1 ? "" : $0 < 0 ? "Atlantis" : levels[Int($0)] }
        case .number(let numbers):
            return numbers.map { $0.isNaN ? "" : "\($0)" }
        default:
            Issue.record("no column of SmallModel")
            return []
        }
    }
}
