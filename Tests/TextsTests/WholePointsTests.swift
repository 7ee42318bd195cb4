import Testing
import Texts

@Suite struct WholePointsTests {
    @Test func `a total that rounding moved is met`() {
        #expect(WholePoints.rounded([1.5, 1.5], total: 3) == [2, 1])
        #expect(WholePoints.rounded([1.5, 1.5], total: 4) == [2, 2])
        #expect(WholePoints.rounded([-0.4, 0.4], total: 0) == [0, 0])
        #expect(WholePoints.rounded([-0.4, 0.4], total: -1) == [-1, 0])
        #expect(WholePoints.rounded([], total: 0) == [])
    }
}
