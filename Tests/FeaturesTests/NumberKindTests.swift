import Features
import Testing

@Suite struct NumberKindTests {
    private func kind(_ values: [Double]) -> NumberKind { NumberKind(sorted: values.sorted()) }

    /// So many zeros, and numbers that are all different.
    private func amounts(zeros: Int, others: Int) -> [Double] {
        (0 ..< zeros).map { _ in 0 } + (0 ..< others).map { 1_000.5 + Double($0) * 7 }
    }

    @Test func `few whole numbers are levels`() {
        #expect(kind([3, 1, 2, 2, 1, 1]) == .few([1, 2, 3]))
        #expect(kind([0, 0, 0, 0, 1]) == .few([0, 1]))
        #expect(kind([-2, 5, 5]) == .few([-2, 5]))
        #expect(kind([7, 7]) == .few([7]))
        let ten = (0 ..< 100).map { Double($0 % 10) }
        #expect(kind(ten) == .few(Array(ten.prefix(10))))
    }

    @Test func `counts of more values are continuous`() {
        #expect(kind((0 ..< 110).map { Double($0 % 11) }) == .continuous)
        #expect(kind((0 ..< 500).map { Double(18 + $0 % 60) }) == .continuous)
    }

    @Test func `few numbers with decimals are continuous`() {
        #expect(kind([0.5, 1, 1.5, 1.5]) == .continuous)
        #expect(kind([3.5, 3.5]) == .continuous)
    }

    @Test(
        arguments: [
            (360, 640, true), (40, 960, false), (50, 950, true), (49, 951, false), (0, 50, false),
        ]
    )
    func `zero stands out from one row in twenty`(zeros: Int, others: Int, isInflated: Bool) {
        let kind = kind(amounts(zeros: zeros, others: others))
        #expect(kind == (isInflated ? .zeroInflated : .continuous))
    }

    @Test(arguments: [(20, true), (21, false)])
    func `zero stands out where it is five times as frequent as the next`(
        most: Int,
        isInflated: Bool
    ) {
        let rows = amounts(zeros: 100, others: 200) + (0 ..< most).map { _ in 9.5 }
        #expect(kind(rows) == (isInflated ? .zeroInflated : .continuous))
    }

    @Test func `negative amounts beside zeros are amounts`() {
        let rows = amounts(zeros: 100, others: 100).map { -$0 }
        #expect(kind(rows) == .zeroInflated)
    }
}
