import ChurnModel
import Evaluation
import Foundation
import NeuralNetwork
import Schema
import TestSupport
import Testing
import Training

@Suite struct TrainingMaterialTests {
    /// Customers of whom every third was treated, and what a model is trained by.
    private struct Sample {
        let folder: TemporaryFolder
        let file: CustomerFile
        let project: Project
        let treated: TreatedCustomers

        init(_ rows: Int = 900, model: ModelKind = .seed) throws {
            folder = try TemporaryFolder()
            let path = try folder.treatedCustomers(rows) { row, _ in row % 3 == 0 ? "yes" : "no" }
            let (_, inferred) = try CustomerData.inferring(
                path,
                SchemaInference(target: "Exited"),
                threads: 1
            )
            var schema = inferred.schema
            schema.columns.removeAll { $0.name == "offer" }
            file = try CustomerFile(path, threads: 1)
            treated = try TreatedCustomers(in: file, by: "offer")
            var project = Project(schema: schema, training: TrainingSettings(model))
            project.training.loop.epochs = 3
            project.training.members = min(2, project.training.members)
            project.training.hidden = [4, 4]
            self.project = project
        }

        func material(_ weight: Double, beside: [CustomerFile] = []) throws -> TrainingMaterial {
            TrainingMaterial(
                try CustomerData(file, schema: project.schema),
                treated: treated,
                treatedWeight: weight,
                beside: try beside.map { try CustomerData($0, schema: project.schema) }
            )
        }

        func train(_ material: TrainingMaterial) throws -> TrainingWorkflow.Result {
            try TrainingWorkflow(project, seed: 1, threads: 2).run(material)
        }
    }

    @Test func `treated customers are excluded or weighed, and never judged on`() throws {
        let sample = try Sample()
        #expect(sample.treated.count == 300 && sample.treated.unknown == 0)
        let plain = try sample.train(TrainingMaterial(sample.material(0).data))
        let excluded = try sample.train(sample.material(0))
        let weighed = try sample.train(sample.material(0.5))
        let data = [plain, excluded, weighed].map(\.record.data)
        #expect(data[0].trainingRows + data[0].validationRows + data[0].testRows == 900)
        // Of 630 rows to learn from a third was treated; of those held out nobody who was is judged.
        let (none, half) = (
            try sample.material(0).counts(share: 0.3, seed: 1),
            try sample.material(0.5).counts(share: 0.3, seed: 1)
        )
        #expect(half.learned == data[0].trainingRows + data[0].validationRows)
        #expect(none.learned + none.judged == 600 && none.judged == half.judged)
        #expect(data[1].trainingRows + data[1].validationRows == none.learned)
        #expect(data[1].testRows == none.judged && data[2].testRows == none.judged)
        #expect(data[2].trainingRows > data[1].trainingRows)
        #expect(data[2].treated?.column == "offer" && data[2].treated?.rows == 300)
        #expect(data[2].treated?.weight == 0.5)
        #expect(data[0].treated == nil && data[1].treated?.weight == 0)
        // Who is excluded has no influence at all; who weighs less has less.
        #expect(excluded.model != weighed.model && weighed.model != plain.model)
        #expect(excluded.record.test?.rows == none.judged)
    }

    @Test func `who is excluded has no influence`() throws {
        let one = try Sample()
        let other = try Sample()
        let text = try one.folder.text("treated.csv").split(separator: "\n").map(String.init)
        // The treated customers' salaries are others'; the labels, by which rows are drawn, stay.
        let changed = text.enumerated().map { line, row -> String in
            guard line > 0, (line - 1) % 3 == 0 else { return row }
            var fields = row.split(separator: ",", omittingEmptySubsequences: false)
            fields[12] = "1.5"
            return fields.joined(separator: ",")
        }
        let path = try other.folder.file("changed.csv", changed.joined(separator: "\n") + "\n")
        let file = try CustomerFile(path, threads: 1)
        let material = TrainingMaterial(
            try CustomerData(file, schema: one.project.schema),
            treated: try TreatedCustomers(in: file, by: "offer")
        )
        let (ours, theirs) = (try one.train(one.material(0)), try one.train(material))
        #expect(ours.model == theirs.model && ours.record.test == theirs.record.test)
        let weighed = TrainingMaterial(
            material.data,
            treated: material.treated,
            treatedWeight: 0.5
        )
        #expect(try one.train(one.material(0.5)).model != one.train(weighed).model)
    }

    @Test(arguments: [ModelKind.fast, .best])
    func `ensembles train on weighed rows`(kind: ModelKind) throws {
        let sample = try Sample(model: kind)
        let outcome = try sample.train(sample.material(0.25))
        #expect(outcome.record.calibration != nil)
        #expect(
            try outcome.model.predict(sample.material(0).data.table).allSatisfy {
                $0 >= 0 && $0 <= 1
            }
        )
        let again = try TrainingWorkflow(sample.project, seed: 1, threads: 1)
            .run(sample.material(0.25))
        #expect(again.model == outcome.model)
    }

    @Test func `older files are learned from and not judged on`() throws {
        let sample = try Sample()
        let old = try CustomerFile(sample.folder.customers(400, seed: 7), threads: 1)
        let outcome = try sample.train(sample.material(0, beside: [old]))
        let data = outcome.record.data
        let alone = try sample.material(0).counts(share: 0.3, seed: 1)
        #expect(data.trainingRows + data.validationRows == alone.learned + 400)
        #expect(data.testRows == alone.judged && data.rows == 900)
        #expect(data.beside?.map(\.name) == ["customers-7.csv"])
        #expect(data.beside?.map(\.digest) == [old.digest])
        // No row of an older file is unseen.
        let rows = try CustomerData(old, schema: sample.project.schema)
        #expect(rows.heldOut(of: outcome.record)?.labels.isEmpty == true)
    }

    @Test(
        arguments: [
            ("yes", true), (" NO ", false), ("1", true), ("0.0", false), ("True", true),
            ("n", false),
            ("", nil), ("  ", nil),
        ] as [(String, Bool?)]
    )
    func `words for yes and no`(word: String, isTreated: Bool?) throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("a.csv", "x,offer\n1,\(word)\n2,no\n")
        let treated = try TreatedCustomers(in: CustomerFile(path, threads: 1), by: "offer")
        #expect(treated.isTreated == [isTreated ?? false, false])
        #expect(treated.unknown == (isTreated == nil ? 1 : 0))
    }

    @Test func `what is neither is named`() throws {
        let folder = try TemporaryFolder()
        let file = try CustomerFile(folder.file("a.csv", "x,offer\n1,no\n2,perhaps\n"), threads: 1)
        let error = #expect(throws: TreatedColumnError.self) {
            try TreatedCustomers(in: file, by: "offer")
        }
        #expect(
            error?.description.contains("a.csv, row 2: the column \"offer\" says \"perhaps\"")
                == true
        )
        let missing = #expect(throws: TreatedColumnError.self) {
            try TreatedCustomers(in: file, by: "offers")
        }
        #expect(missing?.description.contains("no column \"offers\"") == true)
    }
}
