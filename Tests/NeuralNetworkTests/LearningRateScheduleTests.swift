import NeuralNetwork
import Testing

@Suite struct LearningRateScheduleTests {
    @Test func `each schedule at its ends and between`() {
        #expect(LearningRateSchedule.constant.factor(epoch: 9, progress: 0.5) == 1)
        #expect(LearningRateSchedule.exponential(ratio: 0.5).factor(epoch: 1, progress: 0) == 1)
        #expect(
            LearningRateSchedule.exponential(ratio: 0.5).factor(epoch: 4, progress: 0.9) == 0.125
        )
        let flat = LearningRateSchedule.flatThenCosine
        #expect([0, 0.2, 0.5].allSatisfy { flat.factor(epoch: 1, progress: $0) == 1 })
        #expect(abs(flat.factor(epoch: 1, progress: 0.75) - 0.5) < 1e-15)
        #expect(abs(flat.factor(epoch: 1, progress: 1)) < 1e-15)
        let cosine = LearningRateSchedule.cosine
        #expect(cosine.factor(epoch: 1, progress: 0) == 1)
        #expect(abs(cosine.factor(epoch: 1, progress: 0.5) - 0.5) < 1e-15)
        #expect(abs(cosine.factor(epoch: 1, progress: 1)) < 1e-15)
    }
}
