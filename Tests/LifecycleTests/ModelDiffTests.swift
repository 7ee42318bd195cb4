import ChurnModel
import Lifecycle
import Schema
import TestSupport
import Testing
import Training

@Suite struct ModelDiffTests {
    private func diff(_ first: [Float?], _ second: [Float?], top: Int) -> ModelDiff {
        ModelDiff(first, second, top: top, identifiers: ["id"]) { ["c\($0)"] }
    }

    @Test func `who enters and who leaves`() throws {
        let found = diff([0.9, 0.8, 0.7, 0.1], [0.2, 0.9, 0.3, 0.8], top: 2)
        #expect(found.entering.map(\.row) == [4] && found.leaving.map(\.row) == [1])
        let customer = try #require(found.entering.first)
        #expect(customer.identifiers == ["c3"])
        #expect(customer.first?.rank == 4 && customer.second?.rank == 2)
        #expect(customer.second?.probability == 0.8)
        #expect(found.overlap == 0.5)
        #expect(abs((found.rankCorrelation ?? 9) + 0.4) < 1e-12)
    }

    @Test func `equal scores keep the order of the file`() {
        let found = diff([0.5, 0.5, 0.5, 0.5], [0.5, 0.5, 0.6, 0.5], top: 2)
        #expect(found.entering.map(\.row) == [3] && found.leaving.map(\.row) == [2])
        #expect(found.entering.first?.first?.rank == 3)
        #expect(found.rankCorrelation == nil)
        #expect(diff([0.5, 0.5], [0.1, 0.1], top: 1).entering.isEmpty)
    }

    @Test func `rows that one model can't read are counted`() throws {
        let found = diff([nil, 0.8, 0.7], [0.9, 0.2, 0.1], top: 1)
        #expect(found.unreadByFirst == 1 && found.unreadBySecond == 0)
        #expect(found.entering.map(\.row) == [1] && found.entering.first?.first == nil)
        #expect(found.leaving.map(\.row) == [2])
        #expect(found.rankCorrelation == 1)
        let text = found.text(first: "old", second: "new")
        #expect(text.contains("1 customers break the schema of old"), "\(text)")
        #expect(String(decoding: found.csv, as: UTF8.self).contains("enters,1,c0,,,0.9,1\n"))
        let short = diff([0.1, nil], [0.1, 0.2], top: 5)
        #expect(short.top == 1 && short.entering.map(\.row) == [2])
        #expect(diff([], [], top: 3).overlap == nil)
    }

    @Test func `two models on a file without target`() throws {
        let models = try GateModels(rows: 1_000)
        let text = customerText(400, seed: 3)
        let lines = text.split(separator: "\n").map { $0.split(separator: ",") }
        let target = try #require(lines[0].firstIndex(of: "Exited"))
        let unlabelled = lines.map { fields in
            fields.enumerated().filter { $0.offset != target }.map(\.element)
                .joined(separator: ",")
        }.joined(separator: "\n")
        let path = try models.folder.file("new.csv", unlabelled.replacing("Spain", with: ""))
        let file = try CustomerFile(path, threads: 1)
        let same = try ModelDiff(models.good.model, models.good.model, on: file, top: 50)
        #expect(same.entering.isEmpty && same.overlap == 1 && same.unreadByFirst > 30)
        #expect(abs((same.rankCorrelation ?? 0) - 1) < 1e-12)
        let found = try ModelDiff(models.good.model, models.bad().model, on: file, top: 50)
        #expect(found.identifiers == ["RowNumber", "CustomerId", "Surname"])
        #expect(!found.entering.isEmpty && found.entering.count == found.leaving.count)
        #expect(try ModelDiff(models.good.model, models.bad().model, on: file, top: 50) == found)
        for customer in found.entering + found.leaving {
            guard let first = customer.first, let second = customer.second else { continue }
            // Same customers, same columns: only the model can have moved them.
            let move = try #require(customer.move)
            let far = Double(second.probability) - Double(first.probability)
            #expect(move.changes.isEmpty && move.others == nil)
            #expect(abs(move.model + move.calibration - far) < 1e-12)
            #expect(move.sentence.hasPrefix("From "))
        }
        #expect(found.text(first: "old", second: "new").contains("with the new model"))
        let csv = String(decoding: found.csv, as: UTF8.self).split(separator: "\n")
        #expect(csv.count == 1 + 2 * found.entering.count)
        #expect(csv[0].hasPrefix("change,row,RowNumber,CustomerId,Surname,probability_before"))
    }
}
