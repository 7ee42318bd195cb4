import Evaluation
import Kernels
import Testing

@Suite struct SliceGapTests {
    /// Rows of two levels; of the second, so many of the positives get a low score.
    private func gaps(
        rows: Int,
        missed: Double,
        lift: Double = 0,
        seed: UInt64 = 1
    ) throws -> SliceGaps {
        var generator = SeededGenerator(seed: seed)
        var (labels, probabilities, codes): ([Bool], [Double], [Int32]) = ([], [], [])
        for row in 0 ..< rows {
            let code = row % 2
            let label = generator.uniform() < 0.3
            let isMissed = generator.uniform() < (code == 1 ? missed : 0.2)
            labels.append(label)
            codes.append(Int32(code))
            probabilities.append((label != isMissed ? 0.5 : 0.1) + (code == 1 ? lift : 0))
        }
        return try SliceGaps(
            SliceColumn(name: "group", levels: ["a", "b"], codes: codes),
            labels: labels,
            probabilities: probabilities,
            threshold: 0.3
        )
    }

    @Test func `a gap is found, with the levels it lies between`() throws {
        let found = try gaps(rows: 4_000, missed: 0.5)
        let gap = try #require(found.gaps.first { $0.measure == .recall })
        #expect(gap.higher == "a" && gap.lower == "b" && gap.column == "group")
        #expect(abs(gap.difference - 0.3) < 0.08)
        #expect(gap.interval.low > 0.2 && gap.interval.high < 0.4)
        #expect(found.gaps.map(\.measure) == SliceMeasure.allCases)
    }

    @Test func `Newcombe's example of two proportions`() throws {
        // 56 of 70 against 48 of 80, method 10: 0.0524 to 0.3339.
        var (labels, probabilities, codes): ([Bool], [Double], [Int32]) = ([], [], [])
        for (code, (found, all)) in [(56, 70), (48, 80)].enumerated() {
            for row in 0 ..< all {
                labels.append(true)
                probabilities.append(row < found ? 0.9 : 0.1)
                codes.append(Int32(code))
            }
            for _ in 0 ..< 100 {
                labels.append(false)
                probabilities.append(0.1)
                codes.append(Int32(code))
            }
        }
        let found = try SliceGaps(
            SliceColumn(name: "x", levels: ["a", "b"], codes: codes),
            labels: labels,
            probabilities: probabilities,
            threshold: 0.5
        )
        let gap = try #require(found.gaps.first { $0.measure == .recall })
        #expect(abs(gap.difference - 0.2) < 1e-12)
        #expect(abs(gap.interval.low - 0.0524) < 1e-4 && abs(gap.interval.high - 0.3339) < 1e-4)
    }

    @Test func `chance alone stays within a bound in 19 of 20 draws`() throws {
        let broken = try (1 ... 100).count { seed in
            let found = try gaps(rows: 600, missed: 0.2, seed: UInt64(seed))
            return found.gaps.contains { $0.measure == .recall && $0.interval.low > 0 }
        }
        #expect(broken <= 12)
    }

    @Test func `probabilities too high for one level show as a calibration gap`() throws {
        let found = try gaps(rows: 4_000, missed: 0.2, lift: 0.15)
        let gap = try #require(found.gaps.first { $0.measure == .calibration })
        #expect(gap.higher == "b" && abs(gap.difference - 0.15) < 0.05 && gap.interval.low > 0.1)
    }

    @Test func `small levels are named and left out`() throws {
        let found = try gaps(rows: 150, missed: 0.9)
        #expect(found.gaps.isEmpty)
        #expect(found.ignored == ["a", "b"])
    }

    @Test func `calibration in the large is the mean difference`() throws {
        let rows = SimulatedRows(count: 3_000, seed: 8)
        let found = try CalibrationInTheLarge(
            labels: rows.labels,
            probabilities: rows.probabilities
        )
        #expect(found.interval.low < 0 && found.interval.high > 0)
        let high = try CalibrationInTheLarge(
            labels: rows.labels,
            probabilities: rows.probabilities.map { min(1, $0 + 0.1) }
        )
        #expect(high.value > 0.08 && high.interval.low > 0.05)
    }

    @Test(
        arguments: [
            ([1, 2, 3, 4, 5], [5, 6, 7, 8, 7], 0.8207826816681233),
            ([1, 2, 2, 3], [1, 1, 2, 2], 0.7071067811865476),
            ([1, 2, 3], [3, 2, 1], -1.0),
        ] as [([Double], [Double], Double)]
    )
    func `rank correlation is SciPy's spearmanr`(
        one: [Double],
        other: [Double],
        expected: Double
    ) throws {
        let found = try #require(rankCorrelation(one, other))
        #expect(abs(found - expected) < 1e-12)
    }

    @Test func `equal numbers have no rank correlation`() {
        #expect(rankCorrelation([1, 1], [1, 2]) == nil)
        #expect(rankCorrelation([], []) == nil)
    }
}
