import NeuralNetwork
import Testing

@Suite struct LabelledRowsTests {
    @Test func `class weights`() {
        let labels = [true, false, false, false]
        #expect(ClassWeights.equal.resolved(for: labels) == .equal)
        let balanced = ClassWeights.balanced.resolved(for: labels)
        #expect(balanced.positive == 2 && balanced.negative == Float(4) / 6)
        #expect(ClassWeights.balanced.resolved(for: [true, true]) == .equal)
    }

    @Test func `rows weigh their class times their own`() {
        let rows = LabelledRows(
            features: [1, 2, 3],
            width: 1,
            labels: [true, false, true],
            classWeights: .init(negative: 2, positive: 3),
            weights: [1, 0.5, 0.25]
        )
        #expect(rows.weights == [3, 1, 0.75])
        #expect(rows.selecting([2, 0]).weights == [0.75, 3])
    }

    @Test func `rows are taken by place`() {
        let rows = LabelledRows(
            features: [1, 2, 3, 4, 5, 6],
            width: 2,
            labels: [true, false, true],
            classWeights: .init(negative: 1, positive: 3)
        )
        let some = rows.selecting([2, 1, 2])
        #expect(some.features == [5, 6, 3, 4, 5, 6])
        #expect(some.labels == [1, 0, 1] && some.weights == [3, 1, 3])
        #expect(rows.selecting([]).count == 0)
    }
}
