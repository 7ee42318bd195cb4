import ChurnModel
import Drift
import Lifecycle
import Schema
import Simulation
import TestSupport
import Testing
import Training

@Suite struct DriftWorkflowTests {
    private let folder: TemporaryFolder
    private let model: ChurnModel
    private let reference: DriftReference

    init() throws {
        folder = try TemporaryFolder()
        let (data, inferred) = try CustomerData.inferring(
            folder.customers(3_000, seed: 1),
            SchemaInference(target: BankSimulator.target),
            threads: 2
        )
        let project = Project(schema: inferred.schema, training: TrainingSettings(.seed))
        let outcome = try TrainingWorkflow(project, seed: 1).run(data)
        (model, reference) = (outcome.model, outcome.reference)
    }

    @Test func `the profile is the same on any number of threads`() throws {
        // Some 2.2 MB: three blocks.
        let path = try folder.customers(20_000, seed: 2)
        let alone = try DriftWorkflow(model, threads: 1).run(path)
        let joined = try DriftWorkflow(model, threads: 3).run(path)
        let isSame = alone.profile == joined.profile
        #expect(isSame)
        let isSameSample = alone.sample == joined.sample
        #expect(isSameSample && alone.sample.count == 10_000)
        #expect(alone.rows == 20_000 && alone.profile.scores.rowCount == 20_000)
        #expect(alone.unreadable == 0 && alone.refused == 0)
        let verdict = try DriftVerdict(reference: reference, current: joined.profile)
        #expect(verdict.score != nil)
        #expect(!verdict.hasDrifted)
    }

    @Test func `the reference's scores are those of customers who were not learned from`() throws {
        #expect(reference.scores?.rowCount == 900)
        #expect(reference.rowCount < 3_000 - 900 + 1)
    }

    @Test func `what the model refuses counts in the columns`() throws {
        var lines = customerText(1_000, seed: 3).split(separator: "\n").map(String.init)
        for row in 1 ... 400 {
            var fields = lines[row].split(separator: ",", omittingEmptySubsequences: false)
            // An empty score, an unlisted country, an age beyond every range, a word for a number.
            switch row % 4 {
            case 0: fields[3] = ""
            case 1: fields[4] = "Atlantis"
            case 2: fields[6] = "400"
            default: fields[6] = row < 10 ? "old" : fields[6]
            }
            lines[row] = fields.joined(separator: ",")
        }
        let path = try folder.file("new.csv", lines.joined(separator: "\n") + "\n")
        let counted = try DriftWorkflow(model, threads: 2).run(path)
        #expect(counted.rows == 1_000 && counted.unreadable == 2)
        #expect(counted.firstProblem?.contains("old") == true)
        // The empty ones: what is not listed or out of range has a score.
        #expect(counted.refused == 100)
        #expect(counted.profile.scores.rowCount == 898)
        // What is refused is in the sample, what can't be read is not.
        #expect(counted.sample.count == 998)
        let verdict = try DriftVerdict(reference: reference, current: counted.profile)
        #expect(
            Set(verdict.drifted.map(\.name)) == ["CreditScore", "Geography", "Age"]
        )
        let kinds = verdict.drifted.map { $0.tests.filter(\.hasDrifted).map(\.kind) }
        #expect(kinds.contains([.missing]) && kinds.contains([.distribution, .unseen]))
    }

    @Test func `a schema is inferred from the beginning`() throws {
        let path = try folder.customers(2_000, seed: 4)
        let (counted, schema, inferred) = try DriftWorkflow.inferring(
            path,
            SchemaInference(target: BankSimulator.target),
            threads: 2
        )
        #expect(counted.rows == 2_000)
        #expect(inferred?.schema == schema && schema.features.count == 13)
        let again = try DriftWorkflow(schema, threads: 2).run(path)
        let isSame = again.profile == counted.profile
        #expect(isSame)
        let rows = try #require(RowVerdict(reference: counted.sample, current: again.sample))
        #expect(rows.area == 0.5 && !rows.hasDrifted)
        #expect(counted.profile.scores.rowCount == 0)
    }
}
