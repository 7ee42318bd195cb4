import ChurnModel
import Explanation
import Foundation
import Lifecycle
import Schema
import Tabular
import TestSupport
import Testing
import Training

@Suite struct ScoreFormsTests {
    /// A model, and customers of whom every seventh breaks the schema.
    private func setUp() throws -> (folder: TemporaryFolder, saved: SavedModel, input: String) {
        let folder = try TemporaryFolder()
        let saved = try saved(folder)
        var lines = customerText(700, seed: 5).split(separator: "\n").map(String.init)
        for row in stride(from: 1, to: lines.count, by: 7) {
            lines[row] =
                row % 2 == 0 ? "short,row" : lines[row].replacing("ale,", with: "ale,\"o,ld\"")
        }
        let input = try folder.file("mixed.csv", lines.joined(separator: "\n"))
        return (folder, saved, input)
    }

    private func saved(_ folder: TemporaryFolder) throws -> SavedModel {
        let outcome = try trained(folder.customers(500), model: .fast)
        return try SavedModel(
            files: ModelFolder.files(
                outcome.model,
                metrics: outcome.record,
                card: "# Card\n",
                reference: outcome.reference,
                references: outcome.references
            )
        )
    }

    private func rows(_ path: String) throws -> (header: [String], rows: [[String]]) {
        var reader = try CSVReader(path)
        let header = reader.header
        let rows = try reader.readAll(threads: 1).flatMap { batch in
            (0 ..< batch.rowCount).map { row in
                header.indices.map { batch.text(row: row, column: $0) }
            }
        }
        return (header, rows)
    }

    @Test(arguments: [(false, nil), (true, nil), (true, 2)] as [(Bool, Int?)])
    func `with all rows each row stays in its place`(certainty: Bool, reasons: Int?) throws {
        let (folder, saved, input) = try setUp()
        let workflow = ScoringWorkflow(saved.model, threads: 2)
        let columns = try reasons.map {
            ReasonColumns(try CustomerExplainer(saved, levers: []), count: $0, threads: 2)
        }
        func run(_ name: String, _ form: ScoringWorkflow.Form, allRows: Bool) throws -> String {
            let path = folder.path + "/" + name
            let counts = try workflow.run(
                input: input,
                output: path,
                rejects: folder.path + "/rejects.csv",
                certainty: certainty,
                form: form,
                reasons: columns,
                allRows: allRows
            )
            #expect(counts.read == 700 && counts.rejected == 100 && counts.scored == 600)
            return path
        }
        let all = try rows(run("all.csv", .csv, allRows: true))
        let some = try rows(run("some.csv", .csv, allRows: false))
        #expect(all.header == some.header + ["rejected"])
        #expect(all.rows.count == 700)
        let scored = all.rows.filter { $0[1] != "" }
        #expect(scored.map { $0.dropLast() } == some.rows.map { $0[...] })
        #expect(scored.allSatisfy { $0.last == "" })
        let rejects = try rows(folder.path + "/rejects.csv").rows
        let rejected = all.rows.enumerated().filter { $0.element[1] == "" }
        #expect(rejected.map { "\($0.offset + 2)" } == rejects.map { $0[0] })
        #expect(rejected.map { $0.element.last } == rejects.map { $0[1] })
        #expect(
            rejected.allSatisfy { $0.element[1 ..< all.header.count - 1].allSatisfy(\.isEmpty) }
        )

        let arrow = try rows(run("all.arrows", .arrow, allRows: true))
        #expect(arrow.header == all.header)
        for (one, other) in zip(arrow.rows, all.rows) {
            for (column, name) in arrow.header.enumerated() {
                // CSV has six digits of points, Arrow all of them.
                if name.hasPrefix("points"), let points = Double(one[column]) {
                    #expect(abs(points - (Double(other[column]) ?? .nan)) < 1e-6)
                } else {
                    #expect(one[column] == other[column], "\(name)")
                }
            }
        }
        let objects = try String(
            contentsOfFile: run("all.jsonl", .json, allRows: true),
            encoding: .utf8
        )
        .split(separator: "\n")
        #expect(objects.count == 700)
        for (object, row) in zip(objects, all.rows) {
            let members = try #require(
                try JSONSerialization.jsonObject(with: Data(object.utf8)) as? [String: Any]
            )
            #expect(members["identifier"] as? String == row[0])
            #expect(members["rejected"] as? String == (row.last == "" ? nil : row.last))
            #expect((members["churn_probability"] is NSNull) == (row[1] == ""))
        }
    }

    @Test(arguments: [1, 2])
    func `the same customers as columns have the same scores`(threads: Int) throws {
        let folder = try TemporaryFolder()
        let saved = try saved(folder)
        let input = try folder.customers(30_000, seed: 9)
        let (header, customers) = try rows(input)
        let numbers = Set(
            saved.model.schema.features.filter {
                if case .number = $0.type { true } else { false }
            }
            .map(\.name)
        )
        let writer = ArrowWriter(header.map { ($0, numbers.contains($0) ? .double : .text) })
        var columns = header.map { ArrowColumn(numbers.contains($0) ? .double : .text) }
        for customer in customers {
            for (column, text) in customer.enumerated() {
                if columns[column].kind == .text {
                    columns[column].append(text)
                } else if let number = Double(text) {
                    columns[column].append(number)
                } else {
                    columns[column].appendNull()
                }
            }
        }
        let arrow = try folder.file(
            "customers.arrows",
            Data(writer.schema + writer.batch(columns) + ArrowWriter.end)
        )
        let workflow = ScoringWorkflow(saved.model, threads: threads)
        for (name, path) in [("csv", input), ("arrow", arrow)] {
            let counts = try workflow.run(
                input: path,
                output: folder.path + "/\(name).scores",
                rejects: nil
            )
            #expect(counts.scored == 30_000)
        }
        #expect(try folder.bytes("csv.scores") == folder.bytes("arrow.scores"))
    }
}
