import ChurnModel
import Foundation
import Schema
import Tabular
import Testing
import Training

@Suite struct ScoringWorkflowTests {
    /// A folder, and a model trained on simulated customers.
    private func setUp() throws -> (folder: TemporaryFolder, model: ChurnModel) {
        let folder = try TemporaryFolder()
        return (folder, try TrainingWorkflowTests.trained(folder.customers(500)).model)
    }

    @Test("every row comes out once, in order, whatever the threads", arguments: [1, 2, 5])
    func keepsOrder(threads: Int) throws {
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

    @Test func aRowScoredAloneHasTheSameBits() throws {
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

    @Test func riskFollowsTheThreshold() throws {
        let (folder, model) = try setUp()
        let input = try folder.customers(2_000, seed: 8)
        _ = try ScoringWorkflow(model, threads: 2)
            .run(input: input, output: folder.path + "/s.csv", rejects: nil)
        for line in try folder.text("s.csv").split(separator: "\n").dropFirst() {
            let fields = line.split(separator: ",")
            let probability = try #require(Float(fields[1]))
            let expected =
                Double(probability) < model.threshold
                ? "low" : Double(probability) < (1 + model.threshold) / 2 ? "medium" : "high"
            #expect(fields[2] == expected)
        }
    }

    @Test("rows in = rows scored + rows rejected", arguments: [1, 7, 100])
    func accountsForEveryRow(every: Int) throws {
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

    @Test func aRejectTellsLineReasonAndTheRowAsItWas() throws {
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

    @Test func anErrorLeavesNoFile() throws {
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

    @Test func aMissingColumnIsNamed() throws {
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

    @Test func withoutIdentifierTheLineNamesTheRow() throws {
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
        _ = try ScoringWorkflow(model, threads: 1)
            .run(input: path, output: folder.path + "/s.csv", rejects: nil)
        let lines = try folder.text("s.csv").split(separator: "\n")
        #expect(lines[1].hasPrefix("2,") && lines[400].hasPrefix("401,"))
    }
}
