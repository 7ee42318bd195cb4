public import ChurnModel
private import NeuralNetwork
private import Schema

/// Trains a recorded model anew and compares.
///
/// The model folder holds all that training depends on: the schema, the costs, the settings, the seed and
/// the digest of the data.
public struct Reproduction: Sendable {
    /// The recorded model.
    public let saved: SavedModel
    /// How it came to be.
    public let record: TrainingRecord
    /// What else the run tells of its making.
    public let evidence: RunEvidence

    /// Prepares to train anew.
    ///
    /// - Parameters:
    ///   - saved: The recorded model.
    ///   - evidence: What else the run tells.
    /// - Throws: `GateError.noRecord` where the folder does not tell how the model came to be.
    public init(_ saved: SavedModel, evidence: RunEvidence = RunEvidence()) throws(GateError) {
        do {
            record = try saved.record()
        } catch {
            throw .noRecord(model: "the recorded model")
        }
        self.saved = saved
        self.evidence = evidence
    }

    /// The project that the model was trained by.
    public var project: Project {
        Project(schema: saved.model.schema, costs: saved.model.costs, training: record.settings)
    }

    /// Trains anew and compares.
    ///
    /// - Parameters:
    ///   - path: The data.
    ///   - others: The files that were learned from beside it, in their order.
    ///   - threads: Networks fitted at once; the result does not depend on it.
    ///   - onProgress: Called after each epoch, on any thread; may throw to stop.
    /// - Returns: Whether everything is the same. Where the file is another, nothing is trained.
    /// - Throws: What reading the file and training throw.
    /// - Complexity: That of training.
    public func run(
        _ path: String,
        beside others: [String] = [],
        threads: Int,
        onProgress: @escaping @Sendable (TrainingProgress) throws -> Void = { _ in }
    ) throws -> ReproductionReport {
        if let recorded = record.data.digest, path != "-" {
            let found = try fileDigest(path)
            guard found == recorded else { return otherData(path, recorded, found) }
        }
        let material = try material(CustomerFile(path, threads: threads), beside: others, threads)
        let outcome = try TrainingWorkflow(project, seed: record.seed, threads: threads)
            .run(material, onProgress: onProgress)
        return try compare(outcome, path)
    }

    private func material(
        _ file: CustomerFile,
        beside others: [String],
        _ threads: Int
    ) throws -> TrainingMaterial {
        let treated = record.data.treated
        return TrainingMaterial(
            try CustomerData(file, schema: project.schema),
            treated: try treated.map { try TreatedCustomers(in: file, by: $0.column) },
            treatedWeight: treated?.weight ?? 0,
            beside: try others.map {
                try CustomerData($0, schema: project.schema, threads: threads)
            }
        )
    }

    private func otherData(
        _ path: String,
        _ recorded: String,
        _ found: String
    ) -> ReproductionReport {
        ReproductionReport(
            data: path,
            networks: 0,
            parameters: 0,
            values: 0,
            difference: .init(
                what: "SHA-256 of the data",
                recorded: recorded,
                again: found,
                cause: .data,
                explanation:
                    "\(path) is not the file that the run was trained on, or was changed since;"
                    + " nothing was trained: leave out --data to search for the file by its digest"
            )
        )
    }

    /// Compares a model with the recorded one: encodings, tensors, decisions, then metrics.
    ///
    /// The file's name may differ, as nothing depends on it.
    func compare(
        _ outcome: TrainingWorkflow.Outcome,
        _ path: String
    ) throws -> ReproductionReport {
        let (recorded, again) = (saved.model, outcome.model)
        var report = ReproductionReport(
            data: path,
            networks: recorded.parts.count,
            parameters: recorded.parts.reduce(0) { sum, part in
                sum + part.network.tensors.reduce(0) { $0 + $1.range.count }
            },
            values: 0
        )
        var found: ContentTree.Difference?
        func compare(_ one: ContentTree, _ other: ContentTree, _ path: String) {
            report.values += one.leafCount
            found = found ?? one.difference(from: other, path: path)
        }
        try compare(
            ContentTree(recorded.parts.map(\.features)),
            ContentTree(again.parts.map(\.features)),
            "features"
        )
        found = found ?? tensorDifference(recorded, again)
        try compare(ContentTree(Decisions(recorded)), ContentTree(Decisions(again)), "")
        try compare(ContentTree(saved.reference), ContentTree(outcome.reference), "reference")
        var ours = outcome.record
        ours.data.name = record.data.name
        ours.data.digest = record.data.digest
        ours.data.beside = record.data.beside
        ours.retainVersion = record.retainVersion
        try compare(ContentTree(record), ContentTree(ours), "")
        report.difference = found.map { explained($0) }
        return report
    }

    private func explained(_ found: ContentTree.Difference) -> ReproductionReport.Difference {
        let (cause, explanation) = evidence.cause(
            of: record,
            schema: saved.model.schema,
            costs: saved.model.costs
        )
        return ReproductionReport.Difference(
            what: found.path,
            recorded: found.recorded,
            again: found.again,
            cause: cause,
            explanation: explanation
        )
    }
}
