import NeuralNetwork
import Testing

@Suite struct EarlyStoppingTests {
    @Test(
        arguments: zip(
            [[3, 2, 2.5, 2.6, 1], [1, 2, 3], [.nan, 1, 2, 3]] as [[Double]],
            [
                [.improved, .improved, .wait, .stop, .improved], [.improved, .wait, .stop],
                [.wait, .improved, .wait, .stop],
            ] as [[EarlyStopping.Decision]]
        )
    )
    func `decides by the losses so far`(losses: [Double], decisions: [EarlyStopping.Decision]) {
        var stopping = EarlyStopping(patience: 2)
        #expect(losses.map { stopping.decide($0) } == decisions)
    }

    @Test func `without patience it never stops`() {
        var stopping = EarlyStopping(patience: nil)
        #expect(stopping.decide(1) == .improved)
        #expect((0 ..< 100).allSatisfy { _ in stopping.decide(2) == .wait })
    }
}
