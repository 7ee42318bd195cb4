import ChurnModel
import Files
import FoundationEssentials
import Schema
import Simulation
import Training

/// What the benchmarks work on: customers to learn from, a model, a long file to score.
struct Workbench {
    let folder: String
    let customers: CustomerData
    let project: Project
    /// The seed's model.
    let model: ChurnModel
    /// The other models, by name.
    let ensembles: [(name: String, model: ChurnModel)]
    /// A CSV file of simulated customers, with the column that the peers expect to drop.
    let longFile: String
    let longFileBytes: Int
    let longFileRows: Int
    /// Cores to measure with: one, then all.
    let threads: [Int]

    /// Reads or simulates the customers, trains and saves the model, writes the long file.
    ///
    /// Without `data` 10,000 customers are simulated; a long file that is there already is used again.
    /// The ensembles, which take seconds to train, are made only where they are needed.
    init(
        data: String?,
        target: String,
        folder: String,
        rows: Int,
        needsEnsembles: Bool
    ) throws {
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true
        )
        self.folder = folder
        longFileRows = rows
        threads = Processors.active > 1 ? [1, Processors.active] : [1]

        let training = folder + "/customers.csv"
        if data == nil { try Self.simulate(rows: 10_000, seed: 42, to: training) }
        let (customers, inferred) = try CustomerData.inferring(
            data ?? training,
            SchemaInference(target: target, positive: nil),
            threads: Processors.active
        )
        self.customers = customers
        project = Project(schema: inferred.schema, training: TrainingSettings(.seed))
        let outcome = try TrainingWorkflow(project, seed: 42).run(customers)
        model = outcome.model
        try outcome.save(to: folder + "/model")
        ensembles = try (needsEnsembles ? [ModelKind.fast, .best] : []).map { kind in
            let project = Project(schema: inferred.schema, training: TrainingSettings(kind))
            let outcome = try TrainingWorkflow(project, seed: 42, threads: Processors.active)
                .run(customers)
            try outcome.save(to: folder + "/model-" + kind.rawValue)
            return (kind.rawValue, outcome.model)
        }

        longFile = folder + "/simulated-\(rows).csv"
        if !FileManager.default.fileExists(atPath: longFile) {
            try Self.simulate(rows: rows, seed: 1, to: longFile)
        }
        var reader = try BlockReader(longFile)
        longFileBytes = try reader.size()
    }

    private static func simulate(rows: Int, seed: UInt64, to path: String) throws {
        let simulator = BankSimulator(seed: seed, options: .init(complain: true))
        var file = try AtomicFile(path)
        try file.write(simulator.header)
        let block = 16_384
        for start in stride(from: 0, to: rows, by: block) {
            try file.write(simulator.csv(rows: start ..< min(start + block, rows)))
        }
        try file.commit()
    }
}

extension BlockReader {
    /// Reads to the end, block by block as `CSVReader` does, and counts the bytes.
    mutating func size() throws -> Int {
        let count = 256 << 10
        var size = 0
        while true {
            let read = try block(after: [], count: count, padding: 0).count
            size += read
            if read < count { return size }
        }
    }
}
