import Evaluation
import Kernels

/// Rows whose probabilities are true: calibrated by construction.
struct SimulatedRows {
    var labels: [Bool] = []
    var probabilities: [Double] = []

    init(count: Int, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0 ..< count {
            let uniform = generator.uniform()
            let probability = uniform * uniform * uniform
            probabilities.append(probability)
            labels.append(generator.uniform() < probability)
        }
    }

    func report(
        threshold: Double = 0.5,
        seed: UInt64 = 42,
        replicates: Int = 0
    ) throws -> EvaluationReport {
        try evaluate(
            labels: labels,
            probabilities: probabilities,
            threshold: threshold,
            seed: seed,
            replicates: replicates
        )
    }
}
