import Drift
import Kernels
import Lifecycle
import Schema
import Simulation
import Training

/// Simulated files, read and judged by the code of `retain drift`.
struct StudyBench: Sendable {
    let folder: StudyFolder
    let seed: UInt64

    /// What is compared with.
    enum Reference: String, CaseIterable {
        case file, model
    }

    /// Compares so many files, ten with each reference.
    func verdicts(
        _ count: Int,
        _ kind: Reference,
        rows: Int,
        change: Change
    ) throws -> [DriftVerdict] {
        let shared = 10
        return try concurrently((count + shared - 1) / shared) { group in
            let start = group * shared
            // Unrelated to all others of these rows.
            var seeds = SeededGenerator(seed: seed, stream: UInt64(start) << 32 | UInt64(rows))
            let (reference, workflow) = try reference(kind, "reference-\(group)", seeds.next())
            return try (start ..< min(start + shared, count)).map { _ in
                let path = try folder.simulate(
                    "current-\(group)",
                    rows: rows,
                    seed: seeds.next(),
                    change: change
                )
                let current = try workflow.run(path).profile
                return try DriftVerdict(reference: reference, current: current)
            }
        }.flatMap(\.self)
    }

    private func reference(
        _ kind: Reference,
        _ name: String,
        _ seed: UInt64
    ) throws -> (DriftReference, DriftWorkflow) {
        let path = try folder.simulate(name, rows: 10_000, seed: seed)
        switch kind {
        case .file:
            let inference = SchemaInference(target: BankSimulator.target)
            let (counted, inferred) = try DriftWorkflow.inferring(path, inference, threads: 1)
            return (DriftReference(counted.profile), DriftWorkflow(inferred.schema, threads: 1))
        case .model:
            let outcome = try StudyFolder.train(path)
            return (outcome.reference, DriftWorkflow(outcome.model, threads: 1))
        }
    }
}
