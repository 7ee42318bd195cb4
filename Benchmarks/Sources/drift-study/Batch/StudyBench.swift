import ChurnModel
import Drift
import Files
import Kernels
import Schema
import Simulation
import Training

/// Simulated files, read and judged by the code of `retain drift`.
struct StudyBench {
    let folder: String
    let seed: UInt64

    /// What is compared with.
    enum Reference: String, CaseIterable {
        case file, model
    }

    /// How customers differ from those of the reference.
    struct Change {
        let name: String
        let columns: Set<String>
        var shifts: [String] = []
        var scales: [String] = []

        static let none = Change(name: "none", columns: [])
        static let studied = [
            Change(
                name: "Age + 2.5 and Balance × 1.8",
                columns: ["Age", "Balance"],
                shifts: ["Age=+2.5"],
                scales: ["Balance=1.8"]
            ),
            Change(name: "Age + 2.5", columns: ["Age"], shifts: ["Age=+2.5"]),
            Change(name: "Age + 1", columns: ["Age"], shifts: ["Age=+1"]),
            Change(name: "Balance × 1.1", columns: ["Balance"], scales: ["Balance=1.1"]),
            Change(name: "CreditScore + 10", columns: ["CreditScore"], shifts: ["CreditScore=+10"]),
        ]
    }

    /// Compares so many files, ten with each reference.
    func verdicts(
        _ count: Int,
        _ kind: Reference,
        rows: Int,
        change: Change
    ) throws -> [DriftVerdict] {
        let drift = try SimulatedDrift(shifts: change.shifts, scales: change.scales)
        var verdicts: [DriftVerdict] = []
        for start in stride(from: 0, to: count, by: 10) {
            // Unrelated to all others, whatever is compared.
            var seeds = SeededGenerator(seed: seed, stream: UInt64(start) << 32 | UInt64(rows))
            let (reference, workflow) = try reference(kind, seed: seeds.next())
            for _ in start ..< min(start + 10, count) {
                let path = folder + "/current.csv"
                try simulate(rows, seed: seeds.next(), drift: drift, to: path)
                let current = try workflow.run(path).profile
                verdicts.append(try DriftVerdict(reference: reference, current: current))
            }
        }
        return verdicts
    }

    private func reference(
        _ kind: Reference,
        seed: UInt64
    ) throws -> (DriftReference, DriftWorkflow) {
        let path = folder + "/reference.csv"
        try simulate(10_000, seed: seed, drift: SimulatedDrift(), to: path)
        let inference = SchemaInference(target: BankSimulator.target)
        switch kind {
        case .file:
            let (counted, inferred) = try DriftWorkflow.inferring(
                path,
                inference,
                threads: Processors.active
            )
            return (
                DriftReference(counted.profile),
                DriftWorkflow(inferred.schema, threads: Processors.active)
            )
        case .model:
            let (customers, inferred) = try CustomerData.inferring(
                path,
                inference,
                threads: Processors.active
            )
            let project = Project(schema: inferred.schema, training: TrainingSettings(.seed))
            let outcome = try TrainingWorkflow(project, seed: 42).run(customers)
            return (outcome.reference, DriftWorkflow(outcome.model, threads: Processors.active))
        }
    }

    private func simulate(
        _ rows: Int,
        seed: UInt64,
        drift: SimulatedDrift,
        to path: String
    ) throws {
        let simulator = BankSimulator(seed: seed, options: .init(drift: drift))
        var file = try AtomicFile(path)
        try file.write(simulator.header)
        for start in stride(from: 0, to: rows, by: 16_384) {
            try file.write(simulator.csv(rows: start ..< min(start + 16_384, rows)))
        }
        try file.commit()
    }
}
