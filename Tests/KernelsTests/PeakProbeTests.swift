import Kernels
import Testing

@Suite struct PeakProbeTests {
    @Test func `every chain runs every round`() {
        // x ← ½ x + ½ from 1 … 12 is 1 + (x₀ - 1) / 2ⁿ, exact in float32; 8 lanes, Σ (x₀ - 1) = 66.
        for rounds in [0, 1, 5] {
            let expected = 8 * (12 + 66 / Float(1 << rounds))
            #expect(PeakProbe.run(rounds: rounds, factor: 0.5) == expected)
        }
    }
}
