import ChurnModel
import Files
import FoundationEssentials
import Schema
import Simulation
import Training

/// Where a study keeps its simulated files.
struct StudyFolder: Sendable {
    private let path: String

    /// A new folder in a temporary place.
    init(_ study: String) throws {
        let place = FileManager.default.temporaryDirectory.path
        path = "\(place)/drift-study-\(study)-\(UInt64.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    /// Removes the folder with all that is in it.
    func remove() throws { try FileManager.default.removeItem(atPath: path) }

    /// Writes customers.
    ///
    /// - Returns: The file's path.
    func simulate(
        _ name: String,
        rows: Int,
        seed: UInt64,
        change: Change = .none
    ) throws -> String {
        let simulator = BankSimulator(seed: seed, options: .init(drift: try change.drift))
        let path = "\(path)/\(name).csv"
        var file = try AtomicFile(path)
        try file.write(simulator.header)
        for start in stride(from: 0, to: rows, by: 16_384) {
            try file.write(simulator.csv(rows: start ..< min(start + 16_384, rows)))
        }
        try file.commit()
        return path
    }

    /// A model of a file of customers, trained on one core.
    static func train(_ path: String) throws -> TrainingWorkflow.Result {
        let inference = SchemaInference(target: BankSimulator.target)
        let (customers, inferred) = try CustomerData.inferring(path, inference, threads: 1)
        let project = Project(schema: inferred.schema, training: TrainingSettings(.seed))
        return try TrainingWorkflow(project, seed: 42).run(customers)
    }
}
