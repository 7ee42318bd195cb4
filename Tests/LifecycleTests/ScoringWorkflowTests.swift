import ChurnModel
import Evaluation
import Foundation
import Lifecycle
import Schema
import Tabular
import TestSupport
import Testing
import Training

@Suite struct ScoringWorkflowTests {
    /// A folder, and a model trained on simulated customers.
    private func setUp() throws -> (folder: TemporaryFolder, model: ChurnModel) {
        let folder = try TemporaryFolder()
        return (folder, try trained(folder.customers(500)).model)
    }

    @Test(arguments: [1, 2, 5])
    func `every row comes out once, in order, whatever the threads`(threads: Int) throws {
        let (folder, model) = try setUp()
        let input = try folder.customers(40_000, seed: 3)
        let counts = try ScoringWorkflow(model, threads: threads)
            .run(input: input, output: folder.path + "/scores.csv", rejects: nil)
        #expect(counts.read == 40_000 && counts.scored == 40_000 && counts.rejected == 0)
        let lines = try folder.text("scores.csv").split(separator: "\n")
        #expect(lines[0] == "identifier,churn_probability,risk")
        #expect(model.schema.identifier == "CustomerId")
        let expected = try String(contentsOfFile: input, encoding: .utf8)
            .split(separator: "\n").dropFirst().map { $0.split(separator: ",")[1] }
        #expect(lines.dropFirst().map { $0.split(separator: ",")[0] } == expected)
    }

    @Test func `a row scored alone has the same bits`() throws {
        let (folder, model) = try setUp()
        let text = customerText(3_000, seed: 4).split(separator: "\n")
        let input = try folder.file("many.csv", text.joined(separator: "\n") + "\n")
        _ = try ScoringWorkflow(model, threads: 2)
            .run(input: input, output: folder.path + "/many-scores.csv", rejects: nil)
        let together = try folder.text("many-scores.csv").split(separator: "\n")
        for row in [1, 2, 9, 255, 256, 257, 1_500, 3_000] {
            let one = try folder.file("one.csv", "\(text[0])\n\(text[row])\n")
            _ = try ScoringWorkflow(model, threads: 1)
                .run(input: one, output: folder.path + "/one-scores.csv", rejects: nil)
            let alone = try folder.text("one-scores.csv").split(separator: "\n")
            #expect(alone[1] == together[row])
            let probability = try #require(Float(alone[1].split(separator: ",")[1]))
            #expect(probability > 0 && probability < 1)
        }
    }

    @Test func `risk follows the threshold`() throws {
        let (folder, model) = try setUp()
        let input = try folder.customers(2_000, seed: 8)
        _ = try ScoringWorkflow(model, threads: 2)
            .run(input: input, output: folder.path + "/s.csv", rejects: nil)
        for line in try folder.text("s.csv").split(separator: "\n").dropFirst() {
            let fields = line.split(separator: ",")
            let probability = try #require(Float(fields[1]))
            let expected =
                Double(probability) >= model.threshold
                ? "high" : Double(probability) >= model.threshold / 2 ? "medium" : "low"
            #expect(fields[2] == expected)
        }
    }

    @Test(arguments: [1, 3])
    func `numbers beyond their range are scored at the bound, counted and flagged`(
        threads: Int
    ) throws {
        let (folder, model) = try setUp()
        var lines = customerText(300, seed: 6).split(separator: "\n").map(String.init)
        let place = try #require(lines[0].split(separator: ",").firstIndex(of: "Age"))
        func age(_ row: Int, _ text: String) {
            var fields = lines[row].split(separator: ",", omittingEmptySubsequences: false)
                .map(String.init)
            fields[place] = text
            lines[row] = fields.joined(separator: ",")
        }
        guard
            case .number(_, let maximum?) = model.schema.columns.first(where: { $0.name == "Age" })?
                .type
        else {
            Issue.record("Age has no maximum")
            return
        }
        for row in [1, 7] { age(row, "\(maximum + 1)") }
        age(2, "-0.02")
        age(3, "\(maximum)")
        let input = try folder.file("wide.csv", lines.joined(separator: "\n") + "\n")
        let workflow = ScoringWorkflow(model, threads: threads)
        let counts = try workflow.run(
            input: input,
            output: folder.path + "/s.csv",
            rejects: nil
        )
        #expect(counts.scored == 300 && counts.rejected == 0)
        #expect(counts.outside.columns == ["Age": 3] && counts.outsideRows == 3)
        #expect(counts.flagged.map(\.line) == [2, 3, 8])
        #expect(counts.flagged.map(\.bound) == [maximum, 0, maximum])
        #expect(counts.flagged[1].value == "-0.02")

        _ = try workflow.run(
            input: input,
            output: folder.path + "/s.jsonl",
            rejects: nil,
            form: .json
        )
        struct Line: Decodable {
            let identifier: String
            let churnProbability: Float
            let risk: String
            let outside: [String]
        }
        let scored = try folder.text("s.csv").split(separator: "\n").dropFirst()
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let objects = try folder.text("s.jsonl").split(separator: "\n").map {
            try decoder.decode(Line.self, from: Data($0.utf8))
        }
        #expect(objects.count == 300)
        for (line, object) in zip(scored, objects) {
            let fields = line.split(separator: ",")
            #expect(object.identifier == fields[0] && object.risk == fields[2])
            #expect(object.churnProbability == Float(fields[1]))
        }
        #expect(objects.indices.filter { objects[$0].outside == ["Age"] } == [0, 1, 6])
    }

    @Test(arguments: [1, 7, 100])
    func `rows in = rows scored + rows rejected`(every: Int) throws {
        let (folder, model) = try setUp()
        var lines = customerText(1_000, seed: 5).split(separator: "\n").map(String.init)
        var broken = 0
        for row in stride(from: 1, to: lines.count, by: every) {
            broken += 1
            switch row % 3 {
            case 0: lines[row] = "short,row"
            case 1: lines[row] += ",one too many"
            default: lines[row] = lines[row].replacing("ale,", with: "ale,old")
            }
        }
        let input = try folder.file("mixed.csv", lines.joined(separator: "\n"))
        let counts = try ScoringWorkflow(model, threads: 2).run(
            input: input,
            output: folder.path + "/scores.csv",
            rejects: folder.path + "/rejects.csv"
        )
        #expect(counts.rejected == broken)
        #expect(counts.read == 1_000)
        #expect(counts.scored + counts.rejected == counts.read)
        let scored = try folder.text("scores.csv").split(separator: "\n").count - 1
        let rejects = try folder.text("rejects.csv").split(separator: "\n")
        #expect(scored == counts.scored)
        #expect(rejects[0] == "line,reason,row")
        #expect(rejects.count - 1 == counts.rejected)
    }

    @Test func `a reject tells line, reason and the row as it was`() throws {
        let (folder, model) = try setUp()
        var lines = customerText(3, seed: 6).split(separator: "\n").map(String.init)
        lines[2] = lines[2].replacing("ale,", with: "ale,\"o\"\"ld\"")
        let input = try folder.file("bad.csv", lines.joined(separator: "\r\n"))
        let counts = try ScoringWorkflow(model, threads: 1).run(
            input: input,
            output: folder.path + "/s.csv",
            rejects: folder.path + "/r.csv"
        )
        #expect(counts.rejected == 1)
        let reject = try folder.text("r.csv").split(separator: "\n")[1]
        #expect(reject.hasPrefix("3,"), "\(reject)")
        let quoted = "\"" + lines[2].replacing("\"", with: "\"\"") + "\""
        #expect(reject.hasSuffix(quoted), "\(reject)")
    }

    @Test func `an error leaves no file`() throws {
        let (folder, model) = try setUp()
        let text = customerText(30_000, seed: 7) + "1,\"never closed\n"
        let input = try folder.file("open.csv", text)
        #expect(throws: CSVError.self) {
            try ScoringWorkflow(model, threads: 2).run(
                input: input,
                output: folder.path + "/scores.csv",
                rejects: folder.path + "/rejects.csv"
            )
        }
        #expect(try folder.names == ["customers-1.csv", "open.csv"])
    }

    @Test func `a missing column is named`() throws {
        let (folder, model) = try setUp()
        let text = customerText(5).replacing("Balance", with: "Ballance")
        let input = try folder.file("renamed.csv", text)
        let error = #expect(throws: ColumnMismatch.self) {
            try ScoringWorkflow(model, threads: 1)
                .run(input: input, output: folder.path + "/s.csv", rejects: nil)
        }
        #expect(error?.description.contains("\"Balance\"") == true)
        #expect(error?.description.contains("Ballance") == true)
    }

    @Test(arguments: [1, 3])
    func `without identifier its number names the row`(threads: Int) throws {
        let folder = try TemporaryFolder()
        var text = "x,y,left\n"
        for row in 0 ..< 400 { text += "\(row % 17).5,\((row * 7) % 11),\((row / 3) % 2)\n" }
        let path = try folder.file("plain.csv", text)
        let (data, inferred) = try CustomerData.inferring(
            path,
            SchemaInference(target: "left"),
            threads: 1
        )
        #expect(inferred.schema.identifier == nil)
        let model = try TrainingWorkflow(Project(schema: inferred.schema), seed: 1)
            .run(data) { _ in }.model
        // A line end within a field is no row, and a rejected row counts.
        var many = "x,y,left,note\n"
        for row in 1 ... 60_000 {
            many += row == 50_000 ? "x,1,0,\n" : "\(row % 17).5,\(row % 11),1,\"a\nb\"\n"
        }
        _ = try ScoringWorkflow(model, threads: threads).run(
            input: folder.file("many.csv", many),
            output: folder.path + "/s.csv",
            rejects: nil
        )
        let lines = try folder.text("s.csv").split(separator: "\n").dropFirst()
        let numbers = lines.compactMap { Int($0.prefix { $0 != "," }) }
        #expect(numbers == Array(1 ..< 50_000) + Array(50_001 ... 60_000))
    }

    @Test func `certainty is a column of its own`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.customers(600)
        let model = try trained(path, model: .fast).model
        let conformal = try #require(model.conformal)
        _ = try ScoringWorkflow(model, threads: 2).run(
            input: path,
            output: folder.path + "/s.csv",
            rejects: nil,
            certainty: true
        )
        let lines = try folder.text("s.csv").split(separator: "\n")
        #expect(lines[0] == "identifier,churn_probability,risk,certainty")
        for line in lines.dropFirst() {
            let fields = line.split(separator: ",")
            let probability = try #require(Float(fields[1]))
            #expect(fields[2] == model.risk(of: probability).rawValue)
            #expect(fields[3] == conformal.certainty(of: probability).rawValue)
        }
        let seed = try trained(path, model: .seed).model
        #expect(throws: NoCertainty.self) {
            try ScoringWorkflow(seed, threads: 1).run(
                input: path,
                output: folder.path + "/t.csv",
                rejects: nil,
                certainty: true
            )
        }
    }
}
