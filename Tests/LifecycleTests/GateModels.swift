import ChurnModel
import Evaluation
import Foundation
import Lifecycle
import NeuralNetwork
import Schema
import TestSupport
import Testing
import Training

/// Trains a small model on a file of simulated customers.
func trained(
    _ path: String,
    model: ModelKind = .seed,
    seed: UInt64 = 42,
    _ change: (inout TrainingSettings) -> Void = { _ in }
) throws -> TrainingWorkflow.Result {
    let (data, inferred) = try CustomerData.inferring(
        path,
        SchemaInference(target: "Exited"),
        threads: 2
    )
    var project = Project(schema: inferred.schema, training: TrainingSettings(model))
    project.training.loop.epochs = 5
    change(&project.training)
    return try TrainingWorkflow(project, seed: seed, threads: 2).run(data)
}

/// Small models of simulated customers, as a store would give them.
struct GateModels {
    let folder: TemporaryFolder
    /// The file that `good` was trained on.
    let path: String
    let good: SavedModel
    let data: TrainingWorkflow.Result

    init(rows: Int = 3_000) throws {
        folder = try TemporaryFolder()
        path = try folder.customers(rows)
        data = try trained(path) { $0.loop.epochs = 20 }
        good = try Self.saved(data)
    }

    static func saved(
        _ outcome: TrainingWorkflow.Result,
        model: ChurnModel? = nil,
        record: TrainingRecord? = nil
    ) throws -> SavedModel {
        try SavedModel(
            files: ModelFolder.files(
                model ?? outcome.model,
                metrics: record ?? outcome.record,
                card: "# Card\n",
                reference: outcome.reference
            )
        )
    }

    /// The good model with another curve over its probabilities.
    func curved(temperature: Double) throws -> SavedModel {
        let json = #"{"method": "temperature", "temperature": \#(temperature)}"#
        let model = ChurnModel(
            schema: good.model.schema,
            parts: good.model.parts,
            calibration: try JSONDecoder().decode(Calibration.self, from: Data(json.utf8)),
            threshold: good.model.threshold,
            costs: good.model.costs
        )
        return try Self.saved(data, model: model)
    }

    /// A model that has hardly learnt.
    func bad(seed: UInt64 = 42) throws -> SavedModel {
        try Self.saved(try trained(path, seed: seed) { $0.loop.epochs = 1 })
    }

    /// Customers that no model has seen.
    func others(_ rows: Int = 2_000, seed: UInt64 = 9) throws -> CustomerFile {
        try CustomerFile(folder.customers(rows, seed: seed), threads: 2)
    }

    var file: CustomerFile { get throws { try CustomerFile(path, threads: 2) } }
}

extension PromotionGate {
    /// Judges models called new and old.
    func judge(
        _ challenger: SavedModel,
        _ champion: SavedModel?,
        _ file: CustomerFile
    ) throws -> GateReport {
        try judge(
            Candidate(name: "new", saved: challenger),
            against: champion.map { Candidate(name: "old", saved: $0) },
            on: file
        )
    }
}

extension GateReport {
    var refused: [GateCheck.Question] { refusals.map(\.question) }

    subscript(question: GateCheck.Question) -> GateCheck? {
        checks.first { $0.question == question }
    }
}
