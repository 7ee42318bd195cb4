import Kernels
import Testing
import Training

@Suite struct StratifiedSplitTests {
    @Test(arguments: [0, 0.1, 0.3, 0.5], [1, 42])
    func `both parts have the class shares of the whole`(share: Double, seed: UInt64) {
        var generator = SeededGenerator(seed: 9)
        let labels = (0 ..< 1_000).map { _ in generator.uniform() < 0.2 }
        let positives = labels.count { $0 }
        let split = StratifiedSplit(labels: labels, share: share, seed: seed, purpose: .test)
        #expect((split.kept + split.heldOut).sorted() == Array(0 ..< 1_000))
        #expect(split.kept == split.kept.sorted() && split.heldOut == split.heldOut.sorted())
        let held = split.heldOut.count { labels[$0] }
        #expect(held == Int((Double(positives) * share).rounded()))
        #expect(split.heldOut.count - held == Int((Double(1_000 - positives) * share).rounded()))
    }

    @Test func `depends on seed and purpose`() {
        let labels = (0 ..< 200).map { $0 % 5 == 0 }
        func heldOut(_ seed: UInt64, _ purpose: StratifiedSplit.Purpose) -> [Int] {
            StratifiedSplit(labels: labels, share: 0.3, seed: seed, purpose: purpose).heldOut
        }
        #expect(heldOut(1, .test) == heldOut(1, .test))
        #expect(heldOut(1, .test) != heldOut(2, .test))
        #expect(heldOut(1, .test) != heldOut(1, .validation))
    }

    @Test func `of nothing comes nothing`() {
        let split = StratifiedSplit(labels: [], share: 0.3, seed: 1, purpose: .test)
        #expect(split.kept.isEmpty && split.heldOut.isEmpty)
    }
}
