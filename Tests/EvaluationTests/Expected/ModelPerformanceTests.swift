import Evaluation
import Kernels
import Testing

@Suite struct ModelPerformanceTests {
    private static let costs = CampaignCosts()

    /// Customers with probabilities between 0 and 1 of whom a share of what these say leaves.
    private static func outcomes(
        _ count: Int,
        truth: (Double) -> Double = { $0 },
        seed: UInt64 = 1
    ) -> [PredictionOutcome] {
        var generator = SeededGenerator(seed: seed, stream: 7)
        return (0 ..< count).map { number in
            let probability = Double(number % 97) / 100 + 0.005
            let draw = Double(generator.next() >> 11) * 0x1p-53
            return PredictionOutcome(
                time: Int64(number) * 3_600_000,
                probability: probability,
                left: draw < truth(probability)
            )
        }
    }

    private static func performance(
        _ outcomes: [PredictionOutcome],
        scores: [Double] = [],
        reference: [Double]? = nil,
        bounds: PerformanceBounds = PerformanceBounds()
    ) throws -> ModelPerformance {
        try ModelPerformance(
            scores: scores,
            reference: reference,
            outcomes: outcomes,
            threshold: costs.breakEvenProbability,
            costs: costs,
            bounds: bounds
        )
    }

    @Test func `what came true as it was said passes`() throws {
        let found = try Self.performance(Self.outcomes(4_000))
        #expect(found.checks.map(\.question) == PerformanceCheck.Question.allCases)
        #expect(
            found.checks.allSatisfy { $0.interval.low <= $0.value && $0.value <= $0.interval.high }
        )
        #expect(!found.isBelow, "\(found.checks)")
    }

    @Test func `probabilities that are too low are below`() throws {
        let found = try Self.performance(Self.outcomes(4_000, truth: { min(1, $0 + 0.2) }))
        let check = try #require(found.checks.first)
        #expect(!check.passed && check.value < -0.1 && found.isBelow)
    }

    @Test func `probabilities that say the opposite fail every question but the first`() throws {
        let found = try Self.performance(Self.outcomes(4_000, truth: { 1 - $0 }))
        #expect(found.checks.map(\.passed) == [true, false, false], "\(found.checks)")
    }

    @Test(arguments: [(199, true), (4_000, false)])
    func `too few outcomes tell nothing`(count: Int, isFew: Bool) throws {
        #expect(try Self.performance(Self.outcomes(count)).checks.isEmpty == isFew)
        let oneSided = try Self.performance(Self.outcomes(count, truth: { _ in 0 }))
        #expect(oneSided.checks.isEmpty && !oneSided.isBelow)
    }

    @Test func `without scores nothing is expected, without a reference no change`() throws {
        let none = try Self.performance([])
        #expect(none.expected == nil && none.money == nil && none.weeks.isEmpty)
        let scores = [0.1, 0.5, 0.9]
        let some = try Self.performance([], scores: scores)
        #expect(some.expected?.rows == 3 && some.money == nil)
        let both = try Self.performance([], scores: scores, reference: scores)
        #expect(both.money?.difference == 0)
    }

    @Test func `the order of outcomes changes no bit`() throws {
        let outcomes = Self.outcomes(1_000)
        #expect(try Self.performance(outcomes) == Self.performance(outcomes.reversed()))
    }

    /// By hand: 100 leavers and 100 stayers at 0.5 and a threshold below; whom it contacts is everybody.
    @Test func `profit is that of a campaign without a model where all are contacted`() throws {
        let outcomes = (0 ..< 200).map {
            PredictionOutcome(time: 0, probability: 0.5, left: $0 < 100)
        }
        let found = try Self.performance(outcomes)
        #expect(found.checks.map(\.value) == [0, 0, 0])
        #expect(!found.isBelow)
    }
}
