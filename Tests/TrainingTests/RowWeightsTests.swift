import ChurnModel
import Evaluation
import Foundation
import NeuralNetwork
import Schema
import Tabular
import TestSupport
import Testing
import Training

@Suite struct RowWeightsTests {
    private let folder: TemporaryFolder
    private let lines: [String]

    init() throws {
        folder = try TemporaryFolder()
        lines = customerText(900, seed: 3).split(separator: "\n").map(String.init)
    }

    /// The customers with a weight each; nil leaves the column out.
    private func file(
        _ name: String,
        _ weight: ((_ row: Int, _ left: Bool) -> String)?
    ) throws -> String {
        let target = try #require(lines[0].split(separator: ",").firstIndex(of: "Exited"))
        var text = lines[0] + (weight == nil ? "" : ",worth") + "\n"
        for (row, line) in lines.dropFirst().enumerated() {
            let left = line.split(separator: ",", omittingEmptySubsequences: false)[target] == "1"
            text += line + (weight.map { ",\($0(row, left))" } ?? "") + "\n"
        }
        return try folder.file(name, text)
    }

    /// A small model of either kind.
    private func project(_ path: String, _ kind: ModelKind) throws -> Project {
        let (_, inferred) = try CustomerData.inferring(
            path,
            SchemaInference(target: "Exited"),
            threads: 1
        )
        var schema = inferred.schema
        schema.columns.removeAll { $0.name == "worth" }
        schema.columns.append(
            ColumnSchema(name: "worth", role: .weight, type: .number(minimum: nil, maximum: nil))
        )
        var project = Project(schema: schema, training: TrainingSettings(kind))
        project.training.loop.epochs = 3
        project.training.members = min(2, project.training.members)
        project.training.hidden = [4, 4]
        return project
    }

    private func train(_ path: String, _ project: Project) throws -> TrainingWorkflow.Result {
        try TrainingWorkflow(project, seed: 1, threads: 2)
            .run(CustomerData(path, schema: project.schema, threads: 1))
    }

    private func read(_ yaml: String) throws(YAMLProblem) -> Schema {
        try StrictMapping.read(yaml, file: "retain.yaml") { root throws(YAMLProblem) in
            try Schema(yaml: &root)
        }
    }

    @Test(arguments: [ModelKind.seed, .best])
    func `equal weights of any size are as none`(kind: ModelKind) throws {
        let weighed = try file("weighed.csv") { _, _ in "3.5" }
        let plain = try file("plain.csv", nil)
        let project = try project(weighed, kind)
        var unweighed = project
        unweighed.schema.columns.removeAll { $0.role == .weight }
        let (one, other) = (try train(weighed, project), try train(plain, unweighed))
        #expect(one.model.parts == other.model.parts && one.model.trees == other.model.trees)
        #expect(one.record.data.weight?.column == "worth" && other.record.data.weight == nil)
        #expect(one.record.data.weight?.least == 1 && one.record.data.weight?.greatest == 1)
    }

    @Test(arguments: [ModelKind.seed, .best])
    func `only relations count`(kind: ModelKind) throws {
        let small = try file("small.csv") { row, _ in "\(1 + row % 3)" }
        let large = try file("large.csv") { row, _ in "\(256 * (1 + row % 3))" }
        let project = try project(small, kind)
        let (one, other) = (try train(small, project), try train(large, project))
        #expect(one.model == other.model)
        let plain = try train(try file("ones.csv") { _, _ in "1" }, project)
        #expect(one.model != plain.model)
        #expect(one.record.test?.rows == plain.record.test?.rows)
    }

    @Test func `what counts more is learned more`() throws {
        let path = try file("leavers.csv") { _, left in left ? "8" : "1" }
        let project = try project(path, .seed)
        let table = try CustomerData(path, schema: project.schema, threads: 1).table
        func mean(_ path: String) throws -> Float {
            let scores = try train(path, project).model.predict(table)
            return scores.reduce(0, +) / Float(scores.count)
        }
        let plain = try mean(try file("same.csv") { _, _ in "1" })
        #expect(try mean(path) > plain + 0.1)
    }

    @Test(arguments: [
        ("0", "is no weight above 0"), ("-1", "is no weight above 0"), ("", "is empty"),
        ("x", "is not a number"),
    ])
    func `a row without a weight above 0 is refused by name`(text: String, words: String) throws {
        let path = try file("bad.csv") { row, _ in row == 4 ? text : "2" }
        let project = try project(try file("good.csv") { _, _ in "2" }, .seed)
        let error = try #require(throws: BrokenRows.self) { try train(path, project) }
        #expect(error.count == 1 && error.first[0].line == 6)
        #expect("\(error.first[0])".contains(words), "\(error)")
    }

    @Test func `training needs the column, judging does not`() throws {
        let project = try project(try file("good.csv") { _, _ in "2" }, .seed)
        let plain = try file("plain.csv", nil)
        let error = try #require(throws: ColumnMismatch.self) { try train(plain, project) }
        #expect(error.missing == ["worth"])
        let data = try CustomerData(plain, schema: project.schema, threads: 1)
        #expect(data.labels.count == 900 && data.weights == nil)
    }

    @Test(arguments: [
        ("role: weight\n    type: boolean\n    levels: [a, b]", "a weight is a number"),
        ("role: weight\n    type: number\n    nulls: impute", "can't be imputed"),
        (
            "role: weight\n    type: number\n  other:\n    role: weight\n    type: number",
            "second column with role: weight"
        ),
    ])
    func `what retain.yaml may not say`(entry: String, words: String) throws {
        let yaml = """
            version: 1
            target:
              column: left
              positive: "1"
              negative: "0"
            columns:
              age:
                role: feature
                type: number
              worth:
                \(entry)
              left:
                role: target

            """
        let error = try #require(throws: YAMLProblem.self) { try read(yaml) }
        #expect("\(error)".contains(words), "\(error)")
    }

    @Test func `it stands in retain.yaml and comes back`() throws {
        let schema = try project(try file("good.csv") { _, _ in "2" }, .seed).schema
        let read = try self.read(schema.yaml())
        #expect(read.weight == "worth" && read == schema)
        #expect(!read.features.contains { $0.name == "worth" })
    }
}
