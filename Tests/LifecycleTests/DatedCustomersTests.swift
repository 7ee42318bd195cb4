import ChurnModel
import Evaluation
import Foundation
import Lifecycle
import NeuralNetwork
import Schema
import TestSupport
import Testing
import Training

/// Models of customers with dates, of whom those leave who were not heard of for long.
@Suite struct DatedCustomersTests {
    /// A file drawn on a day: the same customers, as old as on any other day.
    private static func text(_ drawn: Day, late: Bool = false) -> String {
        var lines = ["Id,Joined,Seen,Plan,Exited"]
        for row in 0 ..< 600 {
            let age = (row * 7919 + row / 7) % 400
            let joined = Day(number: drawn.number - 400 - row * 31 % 900)
            let seen = Day(number: drawn.number - age)
            let leaves = age + (row * 37 + row / 3) % 301 > 380
            let isLate = late && row % 25 == 0
            lines.append(
                "c\(row),\(joined),\(isLate ? Day(number: drawn.number + 9) : seen),"
                    + "\(row % 3 == 0 ? "a" : "b"),\(leaves ? 1 : 0)"
            )
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static let drawn = Day(year: 2023, month: 10, day: 31) ?? Day(number: 0)
    private static let later = Day(number: drawn.number + 91)

    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = try folder.file("old.csv", Self.text(Self.drawn))
    }

    private func fastModel() throws -> TrainingWorkflow.Result {
        try trained(path, model: .fast) { $0.loop.epochs = 30 }
    }

    @Test func `how long ago decides, and the model keeps the day`() throws {
        let outcome = try fastModel()
        #expect(outcome.model.schema.dates == DateReference(trained: Self.drawn))
        let area = outcome.record.test?.metrics.first { $0.name == .rocAUC }?.value
        #expect((area ?? 0) > 0.75)
        #expect(outcome.model.schema.features.map(\.name) == ["Joined", "Seen", "Plan"])
    }

    @Test func `the same customers get the same scores on any day`() throws {
        let model = try fastModel().model
        let moved = try folder.file("new.csv", Self.text(Self.later))
        var scores: [String] = []
        for (input, day) in [(path, Self.drawn), (moved, Self.later)] {
            let counts = try ScoringWorkflow(model, threads: 2)
                .run(input: input, output: folder.path + "/s.csv", rejects: nil, asOf: day)
            #expect(counts.asOf == AsOf(day, .given))
            #expect(counts.leastAge == 0 && counts.lateDates == 0)
            let text = try folder.text("s.csv")
            #expect(text.hasPrefix("identifier,churn_probability,risk,as_of\nc0,"))
            #expect(text.split(separator: "\n").dropFirst().allSatisfy { $0.hasSuffix(",\(day)") })
            scores.append(text.replacing(",\(day)\n", with: "\n"))
        }
        #expect(scores[0] == scores[1])
        let today = try ScoringWorkflow(model, threads: 1)
            .run(input: path, output: folder.path + "/s.csv", rejects: nil)
        #expect(today.asOf?.source == .today)
    }

    @Test func `drift compares ages`() throws {
        let model = try fastModel().model
        let moved = try folder.file("new.csv", Self.text(Self.later))
        let before = try DriftWorkflow(model, threads: 2).run(path)
        let now = try DriftWorkflow(model, threads: 1).run(moved)
        #expect(before.asOf == AsOf(Self.drawn, .newest) && now.asOf == AsOf(Self.later, .newest))
        #expect(before.profile == now.profile)
        let wrong = try DriftWorkflow(model, threads: 1).run(moved, asOf: Self.drawn)
        #expect(before.profile != wrong.profile)
        let inferred = try DriftWorkflow.inferring(
            moved,
            SchemaInference(target: "Exited"),
            threads: 1
        )
        #expect(inferred.counted.asOf == AsOf(Self.later, .newest))
    }

    @Test func `a given day is repeated by reproduction, and leaks are judged by it`() throws {
        let (_, inferred) = try CustomerData.inferring(
            path,
            SchemaInference(target: "Exited"),
            threads: 1
        )
        let schema = inferred.schema.counting(from: Self.later)
        var project = Project(schema: schema, training: TrainingSettings(.seed))
        project.training.loop.epochs = 3
        let data = try CustomerData(path, schema: schema, threads: 1)
        #expect(data.asOf == AsOf(Self.later, .setting))
        let outcome = try TrainingWorkflow(project, seed: 1, threads: 1).run(data)
        #expect(outcome.model.schema.dates == DateReference(trained: Self.later))
        let report = try Reproduction(GateModels.saved(outcome)).run(path, threads: 1)
        #expect(report.isIdentical, "\(report.text)")

        project.schema = inferred.schema.counting(from: Self.drawn)
        let late = try folder.file("late.csv", Self.text(Self.drawn, late: true))
        let lateData = try CustomerData(late, schema: project.schema, threads: 1)
        let error = #expect(throws: LeaksFound.self) {
            try TrainingWorkflow(project, seed: 1, threads: 1).run(lateData)
        }
        #expect(error?.findings.map(\.column) == ["Seen"])
        #expect(error?.description.contains("24 of 600 dates lie after the reference date") == true)
    }
}
