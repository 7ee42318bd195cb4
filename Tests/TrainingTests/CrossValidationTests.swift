import Evaluation
import Foundation
import NeuralNetwork
import Schema
import TestSupport
import Testing
import Training

@Suite struct CrossValidationTests {
    private func customers(
        _ folder: TemporaryFolder,
        _ rows: Int
    ) throws -> (CustomerData, Project) {
        let (data, inferred) = try CustomerData.inferring(
            folder.customers(rows),
            SchemaInference(target: "Exited"),
            threads: 1
        )
        var project = Project(schema: inferred.schema, training: TrainingSettings(.seed))
        project.training.loop.epochs = 5
        return (data, project)
    }

    @Test(arguments: [2, 5], [1, 3])
    func `every row is held out once a repetition`(folds: Int, repeats: Int) {
        let labels = (0 ..< 103).map { $0 % 5 == 0 }
        let plan = FoldPlan(labels: labels, folds: folds, repeats: repeats, seed: 1)
        #expect(plan.splits.count == folds * repeats)
        for number in 0 ..< repeats {
            let splits = plan.splits[number * folds ..< (number + 1) * folds]
            #expect(splits.flatMap(\.heldOut).sorted() == Array(0 ..< 103))
            for split in splits {
                #expect((split.kept + split.heldOut).sorted() == Array(0 ..< 103))
                let positives = split.heldOut.count { labels[$0] }
                #expect(abs(positives - 21 / folds) <= 1)
                #expect(abs(split.heldOut.count - 103 / folds) <= 1)
            }
        }
        let first = plan.splits[0].heldOut
        #expect(repeats == 1 || plan.splits[folds].heldOut != first)
        #expect(
            FoldPlan(labels: labels, folds: folds, repeats: 1, seed: 2).splits[0].heldOut != first
        )
    }

    @Test func `results do not depend on threads, and configurations are compared`() throws {
        let folder = try TemporaryFolder()
        let (data, project) = try customers(folder, 600)
        let plan = FoldPlan(labels: data.labels, folds: 3, repeats: 2, seed: 4)
        func validate(_ project: Project, threads: Int) throws -> CrossValidation {
            try CrossValidation(data, project: project, plan: plan, seed: 4, threads: threads)
        }
        let one = try validate(project, threads: 1)
        #expect(try validate(project, threads: 3) == one)
        #expect(one.folds.map(\.name) == plan.splits.map(\.name))
        #expect(one.folds.allSatisfy { $0.testRows == 200 && $0.metrics.count == 6 })

        var longer = project
        longer.training.loop.epochs = 40
        let other = try validate(longer, threads: 2)
        let comparisons = try other.compared(with: one)
        #expect(comparisons.map(\.metric) == CrossValidation.metrics)
        let loss = try #require(comparisons.first { $0.metric == .logLoss }?.comparison)
        // Above 0 is better for every metric, so for a loss the lower counts.
        #expect(loss.mean > 0 && loss.folds == 6)
        let pairs = zip(one.folds, other.folds)
        let expected = pairs.reduce(0) { $0 + ($1.0[.logLoss] ?? 0) - ($1.1[.logLoss] ?? 0) } / 6
        #expect(abs(loss.mean - expected) < 1e-12)
    }

    @Test func `a fold file says who is held out`() throws {
        let folder = try TemporaryFolder()
        let lines = (0 ..< 9).map { "\($0),\($0 % 3),\($0 < 2 ? 1 : 0)" }
        let path = try folder.file("f.csv", "row,a,test\n" + lines.joined(separator: "\n") + "\n")
        let plan = try FoldPlan(file: path, rows: 9)
        #expect(plan.splits.map(\.name) == ["a.0", "a.1", "a.2", "test"])
        #expect(plan.splits.map(\.isFold) == [true, true, true, false])
        #expect(plan.splits[1].heldOut == [1, 4, 7] && plan.splits[3].heldOut == [0, 1])
    }

    @Test(arguments: [
        ("row,a\n0,0\n1,1\n2,2\n", "row 3 has no line; the data has 4"),
        ("row,a\n0,0\n1,1\n2,2\n7,0\n", "line 5 is not a row's place below 4"),
        ("row,a\n0,0\n1,x\n2,2\n3,0\n", "line 3 is not a row's place below 4"),
        ("row,a\n0,0\n1,0\n2,2\n3,2\n", "a.1 holds out no row, or every row"),
        ("row,a\n0,0\n1,0\n2,0\n3,0\n", "a holds out no row, or every row"),
    ])
    func `a broken fold file is refused`(text: String, problem: String) throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("f.csv", text)
        let error = #expect(throws: FoldFileError.self) { try FoldPlan(file: path, rows: 4) }
        #expect(error?.description.contains(problem) == true, "\(error?.description ?? "")")
    }
}
