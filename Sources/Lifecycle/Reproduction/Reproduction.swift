public import ChurnModel
import Evaluation
private import NeuralNetwork
import Output
import Schema
public import Tabular
public import Training
private import Trees

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
        Project(
            schema: saved.model.schema.repeatingTraining,
            costs: saved.model.costs,
            training: record.settings,
            reasons: saved.model.reasons,
            levers: saved.model.levers
        )
    }

    /// Trains anew and compares.
    ///
    /// - Parameters:
    ///   - path: The data.
    ///   - others: The files that were learned from beside it, in their order.
    ///   - threads: Networks fitted at once; the result does not depend on it.
    ///   - encoding: How the files' characters are written; nil finds out.
    ///   - onProgress: Called after each epoch, on any thread; may throw to stop.
    /// - Returns: Whether everything is the same. Where the file is another, nothing is trained.
    /// - Throws: What reading the file and training throw.
    /// - Complexity: That of training.
    public func run(
        _ path: String,
        beside others: [String] = [],
        threads: Int,
        encoding: TextEncoding? = nil,
        onProgress: @escaping @Sendable (TrainingProgress) throws -> Void = { _ in }
    ) throws -> ReproductionReport {
        if let recorded = record.data.digest, path != "-" {
            let found = try fileDigest(path)
            guard found == recorded else { return otherData(path, recorded, found) }
        }
        let material = try material(
            CustomerFile(path, threads: threads, encoding: encoding),
            beside: others,
            threads,
            encoding
        )
        let outcome = try TrainingWorkflow(project, seed: record.seed, threads: threads)
            .run(material, onProgress: onProgress)
        return try compare(outcome, path)
    }

    private func material(
        _ file: CustomerFile,
        beside others: [String],
        _ threads: Int,
        _ encoding: TextEncoding?
    ) throws -> TrainingMaterial {
        let treated = record.data.treated
        let file = try file.labelled(by: project.schema)
        return TrainingMaterial(
            try CustomerData(file, schema: project.schema),
            treated: try treated.map { try TreatedCustomers(in: file, by: $0.column) },
            treatedWeight: treated?.weight ?? 0,
            beside: try others.map {
                // The day that is recorded is that of the first file.
                try CustomerData(
                    $0,
                    schema: saved.model.schema,
                    threads: threads,
                    encoding: encoding
                )
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
        _ outcome: TrainingWorkflow.Result,
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
        var found: FirstDifference?
        func compare(_ one: JSONValue, _ other: JSONValue, _ path: String) {
            report.values += one.leafCount
            found = found ?? one.difference(from: other, path: path)
        }
        try compare(
            JSONValue(encoding: recorded.parts.map(\.features)),
            JSONValue(encoding: again.parts.map(\.features)),
            "features"
        )
        found = found ?? tensorDifference(recorded, again)
        try compare(
            JSONValue(encoding: Decisions(recorded)),
            JSONValue(encoding: Decisions(again)),
            ""
        )
        try compare(
            JSONValue(encoding: saved.reference),
            JSONValue(encoding: outcome.reference),
            "reference"
        )
        // A folder of a Retain that told no reasons has nothing to compare.
        if let references = saved.references {
            try compare(
                JSONValue(encoding: references),
                JSONValue(encoding: outcome.references),
                "explain"
            )
        }
        var ours = outcome.record
        ours.data.name = record.data.name
        ours.data.digest = record.data.digest
        ours.data.beside = record.data.beside
        ours.retainVersion = record.retainVersion
        try compare(JSONValue(encoding: record), JSONValue(encoding: ours), "")
        report.difference = found.map { explained($0) }
        return report
    }

    private func explained(_ found: FirstDifference) -> ReproductionReport.Difference {
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

extension Reproduction {
    /// The first number of the networks whose bits differ.
    ///
    /// - Complexity: O(parameters).
    func tensorDifference(
        _ recorded: ChurnModel,
        _ again: ChurnModel
    ) -> FirstDifference? {
        guard recorded.parts.count == again.parts.count else {
            return FirstDifference(
                path: "networks",
                recorded: "\(recorded.parts.count)",
                again: "\(again.parts.count)"
            )
        }
        for (number, (one, other)) in zip(recorded.parts, again.parts).enumerated() {
            let (own, others) = (one.network, other.network)
            guard own.architecture == others.architecture else {
                return FirstDifference(
                    path: "network_\(number)",
                    recorded: "\(own.architecture.inputs)-\(own.architecture.hidden)",
                    again: "\(others.architecture.inputs)-\(others.architecture.hidden)"
                )
            }
            for tensor in own.tensors {
                for place in tensor.range {
                    let (left, right) = (own.parameters[place], others.parameters[place])
                    guard left.bitPattern != right.bitPattern else { continue }
                    let index = Self.index(place - tensor.range.lowerBound, tensor.shape)
                    return FirstDifference(
                        path: "network_\(number).\(tensor.name)\(index)",
                        recorded: "\(left)",
                        again: "\(right)"
                    )
                }
            }
        }
        return treeDifference(recorded.trees, again.trees)
    }

    /// The first of the trees' parts that differs.
    private func treeDifference(_ recorded: TreePart?, _ again: TreePart?) -> FirstDifference? {
        func difference(_ path: String, _ one: String, _ other: String) -> FirstDifference? {
            one == other ? nil : FirstDifference(path: path, recorded: one, again: other)
        }
        let ensembles = (recorded?.trees.ensembles ?? [], again?.trees.ensembles ?? [])
        if let found = difference("trees", "\(ensembles.0.count)", "\(ensembles.1.count)")
            ?? difference("trees.weight", "\(recorded?.weight ?? 0)", "\(again?.weight ?? 0)")
        {
            return found
        }
        for (number, (one, other)) in zip(ensembles.0, ensembles.1).enumerated() {
            let path = "trees.ensemble_\(number)"
            if let found = difference(path, "\(one.count) trees", "\(other.count) trees") {
                return found
            }
            for (place, (left, right)) in zip(one.cuts, other.cuts).enumerated()
            where left != right {
                return FirstDifference(
                    path: "\(path).cut[\(place)]",
                    recorded: "\(left)",
                    again: "\(right)"
                )
            }
            if let found = difference(
                "\(path).parents",
                "\(one.parents ?? [])",
                "\(other.parents ?? [])"
            ) {
                return found
            }
            for (place, (left, right)) in zip(one.values, other.values).enumerated()
            where left.bitPattern != right.bitPattern {
                return FirstDifference(
                    path: "\(path).leaf[\(place)]",
                    recorded: "\(left)",
                    again: "\(right)"
                )
            }
        }
        return recorded?.trees == again?.trees
            ? nil : FirstDifference(path: "trees.bins", recorded: "some", again: "others")
    }

    /// A place in a row-major tensor, an index for each dimension.
    private static func index(_ place: Int, _ shape: [Int]) -> [Int] {
        var rest = place
        var index: [Int] = []
        for size in shape.reversed() {
            index.insert(rest % size, at: 0)
            rest /= size
        }
        return index
    }
}

/// What a model does with its networks' answers.
struct Decisions: Encodable {
    let calibration: Calibration
    let conformal: ConformalClassifier?
    let threshold: Double
    let costs: CampaignCosts
    let reasons: ReasonRules
    let levers: [Lever]

    init(_ model: ChurnModel) {
        calibration = model.calibration
        conformal = model.conformal
        threshold = model.threshold
        costs = model.costs
        reasons = model.reasons
        levers = model.levers
    }
}
