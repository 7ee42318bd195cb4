import Foundation
import Schema
import Search
import TestSupport
import Testing
import Training

@Suite struct TuningTests {
    private func customers(_ folder: TemporaryFolder) throws -> (CustomerData, Project) {
        let (data, inferred) = try CustomerData.inferring(
            folder.customers(400),
            SchemaInference(target: "Exited"),
            threads: 1
        )
        return (data, Project(schema: inferred.schema, training: TrainingSettings(.seed)))
    }

    @Test func `a search goes on where it stopped and its winner can be trained again`() throws {
        let folder = try TemporaryFolder()
        let (data, project) = try customers(folder)
        let workflow = TuningWorkflow(project, seed: 3, folds: 3, threads: 2)
        func run(_ log: String, trials: Int) throws -> TuningWorkflow.Result {
            try workflow.run(
                data,
                log: folder.path + "/" + log,
                limits: Search.Limits(trials: trials)
            ) { _, _ in }
        }
        let whole = try run("whole.jsonl", trials: 4)
        _ = try run("parts.jsonl", trials: 2)
        let resumed = try run("parts.jsonl", trials: 4)
        #expect(resumed.trials.map(\.point) == whole.trials.map(\.point))
        #expect(resumed.trials.map(\.scores) == whole.trials.map(\.scores))
        #expect(whole.trials.count == 4 && whole.ending == .trials)

        let best = try #require(whole.best)
        let yaml = best.schema.yaml(sections: best.sections)
        #expect(try Project(yaml: yaml, file: "f") == best)
        #expect(whole.trials[0].point.choice("hidden") == "10-10")
        #expect(whole.trials[0].point.integer("epochs") == 50)
    }

    @Test(arguments: ModelKind.allCases)
    func `a winner's YAML keeps what the trial had`(model: ModelKind) throws {
        let folder = try TemporaryFolder()
        var (_, project) = try customers(folder)
        project.training = TrainingSettings(model)
        let space = try project.training.searchSpace()
        let start = project.training.searchStart(in: space)
        #expect(try space.checked(start) == start)
        project.training = project.training.at(start)
        let yaml = project.schema.yaml(sections: project.sections)
        #expect(try Project(yaml: yaml, file: "f") == project)
    }

    @Test func `other data is refused`() throws {
        let folder = try TemporaryFolder()
        let (data, project) = try customers(folder)
        let other = try CustomerData(
            folder.customers(400, seed: 9),
            schema: project.schema,
            threads: 1
        )
        let workflow = TuningWorkflow(project, seed: 3, folds: 2, threads: 1)
        let log = folder.path + "/log.jsonl"
        _ = try workflow.run(data, log: log, limits: Search.Limits(trials: 1)) { _, _ in }
        #expect(throws: TrialLogError.self) {
            try workflow.run(other, log: log, limits: Search.Limits(trials: 2)) { _, _ in }
        }
    }
}
