import Drift
import Kernels

extension Workbench {
    /// Kolmogorov-Smirnov as the peer does it: two samples of a million rows, ten columns, one core.
    func drift(_ stopwatch: Stopwatch) throws -> [Measurement] {
        let rows = 1_000_000
        var generator = SeededGenerator(seed: 1)
        func column(shift: Double) -> [Double] {
            (0 ..< rows).map { _ in normal(using: &generator) + shift }
        }
        let columns = (0 ..< 10).map { _ in (column(shift: 0), column(shift: 0.01)) }
        var widest = 0.0
        let seconds = try stopwatch.seconds {
            for (reference, current) in columns {
                widest = max(
                    widest,
                    try KolmogorovSmirnov(reference: reference, current: current).statistic
                )
            }
        }
        precondition(widest > 0, "nothing was compared")
        return [
            Measurement(
                "drift.kolmogorov",
                "Kolmogorov-Smirnov test, two samples of 1,000,000 rows, 10 columns, 1 core",
                unit: "s",
                values: seconds
            )
        ]
    }

    /// One normal number: the sum of twelve uniform ones is close enough to time a sort by.
    private func normal(using generator: inout SeededGenerator) -> Double {
        (0 ..< 12).reduce(-6) { sum, _ in sum + generator.uniform() }
    }
}
